package org.pivotroot.tck.model.call;

import java.util.List;

/**
 * What a call is declared to take.
 *
 * @param name as its manual page calls it
 * @param kind what it is
 * @param flags the enumerations that its flags are of; empty for what is no flags
 */
public record Parameter(String name, Kind kind, List<Class<? extends Flag>> flags) {

  /** What a parameter is, by what is written for it. */
  public enum Kind {
    /** A path, relative to root or working directory of the caller or to a descriptor before it. */
    PATH,
    /** A text that is no path. */
    TEXT,
    /** A number, written in decimal. */
    NUMBER,
    /** Permission bits, written in octal. */
    MODE,
    /** A device number, written as makedev(3). */
    DEVICE,
    FLAGS,
    DESCRIPTOR,
    /** The descriptor of a directory, or AT_FDCWD. */
    DIRECTORY,
    PROCESS,
    /** Memory that the call fills. */
    BUFFER,
    /** A structure, or memory of another shape that the call reads. */
    STRUCTURE,
    /** An address that is passed on as it is. */
    ADDRESS
  }

  static Parameter path(String name) {
    return new Parameter(name, Kind.PATH, List.of());
  }

  static Parameter text(String name) {
    return new Parameter(name, Kind.TEXT, List.of());
  }

  static Parameter integer(String name) {
    return new Parameter(name, Kind.NUMBER, List.of());
  }

  static Parameter mode(String name) {
    return new Parameter(name, Kind.MODE, List.of());
  }

  static Parameter device(String name) {
    return new Parameter(name, Kind.DEVICE, List.of());
  }

  static Parameter flags(String name, Class<? extends Flag> flags) {
    return new Parameter(name, Kind.FLAGS, List.of(flags));
  }

  static Parameter flags(
      String name, Class<? extends Flag> flags, Class<? extends Flag> moreFlags) {
    return new Parameter(name, Kind.FLAGS, List.of(flags, moreFlags));
  }

  static Parameter fd(String name) {
    return new Parameter(name, Kind.DESCRIPTOR, List.of());
  }

  static Parameter dirfd(String name) {
    return new Parameter(name, Kind.DIRECTORY, List.of());
  }

  static Parameter pid(String name) {
    return new Parameter(name, Kind.PROCESS, List.of());
  }

  static Parameter buffer(String name) {
    return new Parameter(name, Kind.BUFFER, List.of());
  }

  static Parameter struct(String name) {
    return new Parameter(name, Kind.STRUCTURE, List.of());
  }

  static Parameter address(String name) {
    return new Parameter(name, Kind.ADDRESS, List.of());
  }
}
