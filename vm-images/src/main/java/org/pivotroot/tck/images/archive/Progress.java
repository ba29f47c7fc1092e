package org.pivotroot.tck.images.archive;

/** Where the reader of the archive says what it is busy with. */
@FunctionalInterface
public interface Progress {
  /** Standard error. */
  Progress STDERR = line -> System.err.println(line);

  /** Says one line. */
  void say(String line);
}
