package org.pivotroot.tck.model.call;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be called: a system call, or a function of the C library. */
public sealed interface Callee permits Syscall, LibraryFunction {

  /** All there are, by {@link #title}. */
  Map<String, Callee> BY_TITLE =
      Stream.<Callee>concat(Stream.of(Syscall.values()), Stream.of(LibraryFunction.values()))
          .collect(Collectors.toUnmodifiableMap(Callee::title, callee -> callee));

  /** What a call returns when it succeeds. */
  enum Returns {
    /** Nothing of interest, which is 0; what is of interest is in its buffer, if it has one. */
    NOTHING,
    NUMBER,
    DESCRIPTOR,
    /** The address of a mapping. */
    MAPPING,
    /** A child, which ends at once and is waited for. */
    CHILD,
    /** A mask of permission bits. */
    MODE,
    /** How many structures have a result in them. */
    STRUCTURES,
    /** The buffer that it was given, or a null pointer for failure. */
    ITS_BUFFER,
    /** A text that it has allocated and that is freed for it, or a null pointer for failure. */
    ALLOCATED_TEXT,
    /** A pointer, of which only matters whether it is null. */
    PRESENCE
  }

  /** Its name in C. */
  String symbol();

  List<Parameter> parameters();

  Returns returns();

  /**
   * Its name in transcripts and in the record: that of its page, without the section if it is 2.
   */
  @JsonValue
  String title();

  /**
   * The one with this title.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  static Callee titled(String title) {
    Callee callee = BY_TITLE.get(title);
    if (callee == null) {
      throw new IllegalArgumentException("nothing that can be called is " + title);
    }
    return callee;
  }
}
