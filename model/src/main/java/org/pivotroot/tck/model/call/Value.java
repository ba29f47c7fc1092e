package org.pivotroot.tck.model.call;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonSerialize;

/**
 * An argument of a call. Nothing in it varies from boot to boot: descriptors, tasks and mappings
 * have names, which whoever makes the call exchanges for numbers.
 *
 * <p>As JSON, a text is a string, a number a number, flags an array of names, the null pointer
 * null, and every other kind an object whose one property names the kind.
 */
@JsonSerialize(using = ValueJson.Writer.class)
@JsonDeserialize(using = ValueJson.Reader.class)
public sealed interface Value {

  /** Takes this argument to the visitor's method for its kind. */
  <R> R accept(Visitor<R> visitor);

  /** A pointer to a text with a null byte behind it: a path, a name, a file system type. */
  record Text(String text) implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.text(this);
    }
  }

  /**
   * A text that is there for its length.
   *
   * @param unit what it repeats
   * @param length bytes of the whole, not a multiple of the unit's if it is cut there
   * @param end what stands behind that
   */
  record LongText(String unit, int length, String end) implements Value {
    /** The whole of it. */
    public String text() {
      return unit.repeat(length / unit.length() + 1).substring(0, length) + end;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.longText(this);
    }
  }

  /** The null pointer. */
  record Null() implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.nullPointer();
    }
  }

  /** An address that is not the task's. */
  record BadAddress(long address) implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.badAddress(this);
    }
  }

  /** A number. */
  record Int(long number) implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.number(this);
    }
  }

  /**
   * Flags.
   *
   * @param flags those that have names
   * @param rest bits that have none
   */
  record Flags(List<Flag> flags, long rest) implements Value {
    public Flags {
      flags = List.copyOf(flags);
    }

    /** All bits. */
    public long bits() {
      return Flag.bits(flags) | rest;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.flags(this);
    }
  }

  /** AT_FDCWD, where a descriptor of a directory is asked for. */
  record WorkingDirectory() implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.workingDirectory();
    }
  }

  /** A number that is no descriptor. */
  record BadDescriptor(int number) implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.badDescriptor(this);
    }
  }

  /**
   * A path through a descriptor: below /proc/thread-self/fd.
   *
   * @param rest empty, or a slash and what follows
   */
  record Through(Descriptor descriptor, String rest) implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.through(this);
    }
  }

  /** A path of a file about a task: /proc/PID/task/TID/FILE. */
  record OfTask(String task, String file) implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.ofTask(this);
    }
  }

  /** The process ID of a task. */
  record ProcessOf(String task) implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.processOf(this);
    }
  }

  /** The ID by which calls know what a descriptor refers to, which no other has had since boot. */
  record IdOf(Identified what, Descriptor descriptor) implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.idOf(this);
    }
  }

  /** The address of memory that mmap(2) made: the so-many-th mapping of the trial, from 1. */
  record Mapping(int mapping) implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.mapping(this);
    }
  }

  /** A pointer to memory that the call fills. */
  record Buffer(int size, Holds holds) implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.buffer(this);
    }
  }

  /** A pointer to a structure; what is not among the fields is 0. */
  record Struct(StructType struct, Map<String, Value> fields) implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.struct(this);
    }
  }

  /** The caller's capability sets as they are, but for a change. */
  record Capabilities(CapabilityChange change, List<Capability> capabilities) implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.capabilities(this);
    }
  }

  /** A set of processors, for sched_setaffinity(2). */
  record Processors(List<Integer> processors) implements Value {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.processors(this);
    }
  }

  /** An open file description of the trial: its so-many-th, from 1. */
  record Descriptor(int descriptor) implements Value {
    /** A name by which a call that takes a path can use it, through /proc. */
    public Through path() {
      return new Through(this, "");
    }

    /** The name of a file below it, through /proc. */
    public Through path(String rest) {
      return new Through(this, rest);
    }

    /** Its name in transcripts. */
    @Override
    public String toString() {
      return "fd#" + descriptor;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.descriptor(this);
    }
  }

  /** What has such an ID. */
  enum Identified {
    /** The mount that it is on: STATX_MNT_ID_UNIQUE of statx(2). */
    MOUNT,
    /** The mount namespace whose file it is: NS_GET_MNTNS_ID of ioctl_nsfs(2). */
    NAMESPACE
  }

  /** What a call fills a buffer with, which tells what of it is shown. */
  enum Holds {
    /** A text up to a null byte. */
    TEXT,
    /** As many bytes of a text as the call returned. */
    BYTES,
    /** As TEXT; besides, how much of the buffer the call has touched, and what it returned. */
    TOUCHED,
    /** Lines of a text, of which only the number is stable. */
    LINES,
    /** A struct statx. */
    STATX,
    /** The events of inotify(7). */
    INOTIFY_EVENTS,
    /** The events of fanotify(7) that tell of mounts. */
    MOUNT_EVENTS,
    /** The bytes of a call whose other results matter. */
    NOTHING
  }

  /** How capset(2) changes the sets of its caller. */
  enum CapabilityChange {
    /** Neither effective nor permitted any more. */
    WITHOUT,
    /** Not effective any more. */
    WITHOUT_EFFECTIVE,
    /** Effective again. */
    WITH_EFFECTIVE,
    /** No others are effective or permitted. */
    ONLY
  }

  /** Something that is done with an argument of each kind. */
  interface Visitor<R> {
    R text(Text text);

    R longText(LongText text);

    R nullPointer();

    R badAddress(BadAddress bad);

    R number(Int number);

    R flags(Flags flags);

    R workingDirectory();

    R badDescriptor(BadDescriptor bad);

    R descriptor(Descriptor descriptor);

    R through(Through path);

    R ofTask(OfTask path);

    R processOf(ProcessOf task);

    R idOf(IdOf id);

    R mapping(Mapping mapping);

    R buffer(Buffer buffer);

    R struct(Struct struct);

    R capabilities(Capabilities capabilities);

    R processors(Processors processors);
  }

  /** A text; one that repeats itself over more than 64 bytes is there for its length. */
  static Value text(String text) {
    if (text.length() <= 64) {
      return new Text(text);
    }
    // The unit is found from the start: a component of a path, or one character.
    for (int unit : new int[] {1, text.indexOf('/', 1), text.indexOf('/') + 1}) {
      if (unit > 0) {
        int same = unit;
        while (same < text.length() && text.charAt(same) == text.charAt(same - unit)) {
          same++;
        }
        if (same >= 2 * unit && text.length() - same <= 64) {
          return new LongText(text.substring(0, unit), same, text.substring(same));
        }
      }
    }
    return new Text(text);
  }

  /** Flags that have names. */
  static Flags flags(Flag... flags) {
    return new Flags(List.of(flags), 0);
  }

  /** Flags that have no names. */
  static Flags bits(long bits) {
    return new Flags(List.of(), bits);
  }

  /** A number. */
  static Int number(long number) {
    return new Int(number);
  }

  /** The null pointer. */
  static Null nullPointer() {
    return new Null();
  }

  /** An address that is nobody's. */
  static BadAddress badAddress() {
    return new BadAddress(1);
  }

  /** AT_FDCWD. */
  static WorkingDirectory workingDirectory() {
    return new WorkingDirectory();
  }

  /** A buffer. */
  static Buffer buffer(int size, Holds holds) {
    return new Buffer(size, holds);
  }

  /** A structure with these fields, names and values in turn. */
  static Struct struct(StructType type, Object... namesAndValues) {
    return type.with(namesAndValues);
  }
}
