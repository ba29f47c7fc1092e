package org.pivotroot.tck.images.archive;

import java.util.concurrent.atomic.AtomicReference;

/** Where the reader of the archive says what it is busy with. */
@FunctionalInterface
public interface Progress {
  /** Standard error, unless who shows a run shows this too. */
  Progress HOST = line -> Shown.BY.get().say(line);

  /** Says one line. */
  void say(String line);

  /** From now on what concerns the host is said so; it may be by several threads. */
  static void show(Progress other) {
    Shown.BY.set(other);
  }

  /** Who shows it. */
  final class Shown {
    private static final AtomicReference<Progress> BY =
        new AtomicReference<>(line -> System.err.println(line));

    private Shown() {}
  }
}
