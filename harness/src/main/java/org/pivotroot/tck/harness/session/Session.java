package org.pivotroot.tck.harness.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.pivotroot.tck.harness.environment.Target;
import org.pivotroot.tck.harness.task.Outcome;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.transcript.SyntaxException;

/** Steps that somebody asks for one by one, in a guest. */
public final class Session implements AutoCloseable {
  private final Ground ground;
  private final List<Played> steps = new ArrayList<>();
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private Stage stage;
  private Foretelling foretelling;
  private String beginning = "";

  /** A session that has begun: the first task is there. */
  public Session(Ground ground) {
    this.ground = ground;
    begin();
  }

  private void begin() {
    tasks.clear();
    stage = ground.fresh();
    foretelling = Foretelling.of(release(), ground.setting());
    tasks.put(Setting.FIRST, stage.task(Setting.FIRST));
    beginning = tree(Setting.FIRST);
  }

  private Optional<String> release() {
    ResultDocument.Target target = ground.target().description();
    return target.isLinux() ? Optional.of(target.kernel().release()) : Optional.empty();
  }

  /** Where it plays. */
  public Target target() {
    return ground.target();
  }

  /** What the first task found. */
  public Setting setting() {
    return ground.setting();
  }

  /** The tasks that there are, the first one first. */
  public List<String> tasks() {
    return List.copyOf(tasks.keySet());
  }

  /** The steps so far. */
  public List<Played> steps() {
    return List.copyOf(steps);
  }

  /** The mounts around the first task, drawn, before anything happened. */
  String beginning() {
    return beginning;
  }

  /**
   * Reads a line and does what it says.
   *
   * @return empty for a comment
   * @throws SyntaxException if it means nothing
   * @throws RuntimeException if the guest or its agent failed; all is as it was before then
   */
  public Optional<Played> play(String line) {
    return new ActReader(tasks()).read(line).map(this::play);
  }

  private Played play(Act act) {
    if (act instanceof Act.Ends && act.task().equals(Setting.FIRST)) {
      throw new SyntaxException("task S stays, as what it sees is what is shown");
    }
    checkDescriptors(act);
    int before = stage.events().size();
    try {
      perform(act);
    } catch (RuntimeException e) {
      restore(steps.stream().map(Played::act).toList());
      throw e;
    }
    List<Event> events = stage.events();
    Event event = events.get(Math.min(before, events.size() - 1));
    Played played =
        new Played(
            act,
            event,
            tasks.containsKey(act.task()) ? tree(act.task()) : "",
            foretelling.of(event));
    steps.add(played);
    return played;
  }

  /** A name of a descriptor or mapping that the session does not have yet is a mistake. */
  private void checkDescriptors(Act act) {
    if (!(act instanceof Act.Calls calls)) {
      return;
    }
    Stream<Value> all =
        calls.call().arguments().stream()
            .flatMap(
                value ->
                    value instanceof Value.Struct struct
                        ? struct.fields().values().stream()
                        : value instanceof Value.Through through
                            ? Stream.of(through.descriptor())
                            : Stream.of(value));
    all.forEach(
        value -> {
          if (value instanceof Value.Descriptor descriptor) {
            check(descriptor.descriptor() <= count(Result.Opened.class), descriptor);
          } else if (value instanceof Value.Mapping mapping) {
            check(mapping.mapping() <= count(Result.Mapped.class), mapping);
          }
        });
  }

  private static void check(boolean isThere, Value value) {
    if (!isThere) {
      throw new SyntaxException("nothing has opened " + value + " yet");
    }
  }

  private long count(Class<? extends Result> type) {
    return steps.stream()
        .filter(
            step -> step.event() instanceof Event.Called called && type.isInstance(called.result()))
        .count();
  }

  private void perform(Act act) {
    Task task = tasks.get(act.task());
    if (act instanceof Act.Calls calls) {
      Outcome<Result> outcome =
          task.call(
              result -> result,
              calls.call().callee(),
              calls.call().arguments().toArray(Value[]::new));
      outcome.verdict();
    } else if (act instanceof Act.Starts starts) {
      tasks.put(starts.other(), started(task, starts));
    } else if (act instanceof Act.Runs runs) {
      Outcome<Ran> ran = task.run(runs.command().toArray(String[]::new));
      ran.verdict();
    } else if (act instanceof Act.Ends) {
      task.exit();
      tasks.remove(act.task());
    } else {
      task.tree().verdict();
    }
    stage.finish();
  }

  private static Task started(Task task, Act.Starts starts) {
    return switch (starts.how()) {
      case THREAD -> task.fork(starts.other());
      case THREAD_SHARING_FS -> task.forkSharingFs(starts.other());
      case PROCESS -> task.process(starts.other(), starts.command().toArray(String[]::new));
    };
  }

  private String tree(String task) {
    return tasks.get(task).drawing().value();
  }

  /**
   * Takes the last step back, by doing all others again where nothing has happened yet.
   *
   * @return what was taken back; empty if there was nothing
   */
  public Optional<Played> undo() {
    if (steps.isEmpty()) {
      return Optional.empty();
    }
    Played last = steps.get(steps.size() - 1);
    restore(steps.subList(0, steps.size() - 1).stream().map(Played::act).toList());
    return Optional.of(last);
  }

  private void restore(List<Act> acts) {
    ground.leave(stage);
    steps.clear();
    begin();
    acts.forEach(this::play);
  }

  /** What a reproducer is made of. */
  public Observation observation() {
    ClaimText text =
        new ClaimText(
            "session",
            "calls by hand",
            ground.target().name(),
            "",
            "What was seen on " + ground.target().name(),
            ground.setting().placement().word(),
            ground.setting().userland(),
            List.of());
    return new Observation(
        text,
        Verdict.UPHELD,
        null,
        new TreeMap<>(),
        stage.before(),
        null,
        List.of(),
        steps.stream().map(Played::event).toList());
  }

  @Override
  public void close() {
    ground.close();
  }
}
