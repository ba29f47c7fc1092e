package org.pivotroot.tck.model.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Result;

/** One step of a trial. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(value = Event.Called.class, name = "called"),
  @JsonSubTypes.Type(value = Event.Deepened.class, name = "deepened"),
  @JsonSubTypes.Type(value = Event.Ran.class, name = "ran"),
  @JsonSubTypes.Type(value = Event.Started.class, name = "started"),
  @JsonSubTypes.Type(value = Event.Ended.class, name = "ended"),
  @JsonSubTypes.Type(value = Event.Looked.class, name = "looked"),
  @JsonSubTypes.Type(value = Event.Noted.class, name = "noted")
})
public sealed interface Event {

  /** Takes this event to the visitor's method for its kind. */
  <R> R accept(Visitor<R> visitor);

  /** A task made a call. */
  record Called(String task, Call call, Result result) implements Event {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.called(this);
    }
  }

  /**
   * A task made a directory and went there, some times over, all with success: mkdir(2) with mode
   * 0755 and chdir(2).
   */
  record Deepened(String task, String directory, int times) implements Event {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.deepened(this);
    }
  }

  /**
   * A task ran a program to its end.
   *
   * @param command the program and its arguments
   * @param input what it could read; empty for nothing
   * @param status exit status; 128 plus the signal if one ended it; null if no answer came
   * @param output its standard output, without the last newline
   * @param error its standard error, without the last newline
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Ran(
      String task, List<String> command, String input, Integer status, String output, String error)
      implements Event {
    public Ran {
      command = List.copyOf(command);
      input = input == null ? "" : input;
      output = output == null ? "" : output;
      error = error == null ? "" : error;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.ran(this);
    }
  }

  /**
   * A task started another.
   *
   * @param how as what
   * @param command what the new process was started through; empty for a thread
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Started(String task, String other, How how, List<String> command) implements Event {
    /**
     * What puts a process into a user namespace and a copy of the mount namespace that belongs to
     * it, with the propagation of all mounts as it is. It can be had without a program, too.
     */
    public static final List<String> UNSHARE =
        List.of("unshare", "--user", "--map-root-user", "--mount", "--propagation", "unchanged");

    public Started {
      command = command == null ? List.of() : List.copyOf(command);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.started(this);
    }
  }

  /** As what a task begins. */
  enum How {
    /** A thread with an fs state of its own. */
    THREAD,
    /** A thread that shares root and working directory with the one that started it (CLONE_FS). */
    THREAD_SHARING_FS,
    /** A child process. */
    PROCESS
  }

  /** A task ended. */
  record Ended(@JsonValue String task) implements Event {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Ended {}

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.ended(this);
    }
  }

  /**
   * A task was looked at from outside.
   *
   * @param task its name, or the number of a process that is none of the trial's
   */
  record Looked(String task, Sight sight) implements Event {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.looked(this);
    }
  }

  /** Something worth knowing, which nothing else is made from. */
  record Noted(@JsonValue String text) implements Event {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Noted {}

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.noted(this);
    }
  }

  /** Something that is done with an event of each kind. */
  interface Visitor<R> {
    R called(Called called);

    R deepened(Deepened deepened);

    R ran(Ran ran);

    R started(Started started);

    R ended(Ended ended);

    R looked(Looked looked);

    R noted(Noted noted);
  }
}
