package org.pivotroot.tck.model.call;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.Names;

/** What a call came to. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
  @JsonSubTypes.Type(value = Result.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = Result.Unanswered.class, name = "unanswered"),
  @JsonSubTypes.Type(value = Result.Returned.class, name = "returned"),
  @JsonSubTypes.Type(value = Result.Opened.class, name = "opened"),
  @JsonSubTypes.Type(value = Result.Mapped.class, name = "mapped"),
  @JsonSubTypes.Type(value = Result.Masked.class, name = "mode"),
  @JsonSubTypes.Type(value = Result.Wrote.class, name = "text"),
  @JsonSubTypes.Type(value = Result.Touched.class, name = "touched"),
  @JsonSubTypes.Type(value = Result.Allocated.class, name = "allocated"),
  @JsonSubTypes.Type(value = Result.Lines.class, name = "lines"),
  @JsonSubTypes.Type(value = Result.Identified.class, name = "file"),
  @JsonSubTypes.Type(value = Result.Happened.class, name = "events"),
  @JsonSubTypes.Type(value = Result.MountsChanged.class, name = "mount_events")
})
public sealed interface Result {

  /** Takes this result to the visitor's method for its kind. */
  <R> R accept(Visitor<R> visitor);

  /** The same with small numbers. */
  default Result named(Names names) {
    return this;
  }

  /** It returned -1, or a null pointer, and set errno to this number. */
  record Failed(int errno) implements Result {
    /** By name, or by number where it has none. */
    @JsonCreator
    static Failed named(String name) {
      return new Failed(
          Character.isDigit(name.charAt(0))
              ? Integer.parseInt(name)
              : Errno.valueOf(name).number());
    }

    /** The error's name, or its number where it has none. */
    @JsonValue
    public String name() {
      return Errno.of(errno).map(Enum::name).orElse(String.valueOf(errno));
    }

    /** What strerror(3) says of it. */
    public String text() {
      return Errno.of(errno).map(Errno::text).orElse("Unknown error " + errno);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.failed(this);
    }
  }

  /** The guest was lost before it could tell. */
  record Unanswered() implements Result {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.unanswered();
    }
  }

  /** It returned this number. */
  record Returned(@JsonValue long number) implements Result {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Returned {}

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.returned(this);
    }
  }

  /** It opened a descriptor. */
  record Opened(@JsonValue int descriptor) implements Result {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Opened {}

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.opened(this);
    }
  }

  /** It made a mapping. */
  record Mapped(@JsonValue int mapping) implements Result {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Mapped {}

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.mapped(this);
    }
  }

  /** It returned permission bits. */
  record Masked(@JsonValue int mode) implements Result {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Masked {}

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.masked(this);
    }
  }

  /** It wrote a text into its buffer. */
  record Wrote(@JsonValue String text) implements Result {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Wrote {}

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.wrote(this);
    }
  }

  /**
   * It wrote a text into a buffer that was full of other bytes.
   *
   * @param returned the number it returned
   * @param text the bytes it wrote up to the first null byte
   * @param written how many bytes of the buffer it wrote, the null byte included
   */
  record Touched(long returned, String text, int written) implements Result {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.touched(this);
    }
  }

  /**
   * It returned a text that the C library has allocated.
   *
   * @param usable bytes that malloc_usable_size(3) says the allocation holds; on record 0, as what
   *     was freed before makes it some bytes more or less
   */
  record Allocated(String text, @JsonInclude(JsonInclude.Include.NON_DEFAULT) long usable)
      implements Result {
    @Override
    public Allocated named(Names names) {
      return new Allocated(text, 0);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.allocated(this);
    }
  }

  /** It brought so many lines of a text. */
  record Lines(@JsonValue int count) implements Result {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Lines {}

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.lines(this);
    }
  }

  /** It told which file something is. */
  record Identified(@JsonValue FileId file) implements Result {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Identified {}

    @Override
    public Identified named(Names names) {
      return new Identified(names.of(file));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.identified(this);
    }
  }

  /** It told of events, each by its flags. */
  record Happened(@JsonValue List<Value.Flags> events) implements Result {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Happened {
      events = List.copyOf(events);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.happened(this);
    }
  }

  /** It told of changes to mounts. */
  record MountsChanged(@JsonValue List<MountEvent> events) implements Result {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public MountsChanged {
      events = List.copyOf(events);
    }

    @Override
    public MountsChanged named(Names names) {
      return new MountsChanged(events.stream().map(event -> event.named(names)).toList());
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.mountsChanged(this);
    }
  }

  /** Something that is done with a result of each kind. */
  interface Visitor<R> {
    R failed(Failed failed);

    R unanswered();

    R returned(Returned returned);

    R opened(Opened opened);

    R mapped(Mapped mapped);

    R masked(Masked masked);

    R wrote(Wrote wrote);

    R touched(Touched touched);

    R allocated(Allocated allocated);

    R lines(Lines lines);

    R identified(Identified identified);

    R happened(Happened happened);

    R mountsChanged(MountsChanged changed);
  }
}
