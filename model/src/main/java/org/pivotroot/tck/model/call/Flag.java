package org.pivotroot.tck.model.call;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A flag of a call, by the name that the kernel's headers give it. Each call has an enumeration of
 * its own, and no name stands in two of them.
 */
public sealed interface Flag
    permits AtFlag,
        CloneFlag,
        FanotifyEvent,
        FanotifyFlag,
        FanotifyMark,
        FileType,
        FsmountFlag,
        FsopenFlag,
        FspickFlag,
        InotifyEvent,
        InotifyFlag,
        ListmountFlag,
        MapFlag,
        MapProtection,
        MountAttribute,
        MountFlag,
        MoveMountFlag,
        OpenFlag,
        OpenTreeFlag,
        PollEvent,
        ResolveFlag,
        StatmountFlag,
        StatmountMask,
        StatxMask,
        UmountFlag,
        WaitFlag {

  /** As the headers write it. */
  @JsonValue
  String name();

  /** Its bits. */
  long bit();

  /** All there are, by name. */
  Map<String, Flag> BY_NAME =
      Stream.of(Flag.class.getPermittedSubclasses())
          .flatMap(type -> Stream.of((Flag[]) type.getEnumConstants()))
          .collect(Collectors.toUnmodifiableMap(Flag::name, flag -> flag));

  /**
   * The flag of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  @JsonCreator
  static Flag named(String name) {
    Flag flag = BY_NAME.get(name);
    if (flag == null) {
      throw new IllegalArgumentException("no flag has the name " + name);
    }
    return flag;
  }

  /** The bits of several. */
  static long bits(List<? extends Flag> flags) {
    return flags.stream().mapToLong(Flag::bit).reduce(0, (a, b) -> a | b);
  }
}
