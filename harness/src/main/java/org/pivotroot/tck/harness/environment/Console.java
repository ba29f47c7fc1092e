package org.pivotroot.tck.harness.environment;

/**
 * What a machine has printed. Of a lot, the first and the last part are kept, with a line between
 * them that says how much is not. One thread adds to it, others read.
 */
final class Console {
  /** A boot with all messages takes 60 000, a panic 5 000. */
  static final int HEAD = 128 << 10;

  static final int TAIL = 128 << 10;

  private final StringBuilder head = new StringBuilder();
  private final StringBuilder tail = new StringBuilder();
  private long left;

  /** A console that has shown something already. */
  Console(String soFar) {
    add(soFar);
  }

  synchronized void add(String more) {
    int room = Math.min(HEAD - head.length(), more.length());
    head.append(more, 0, room);
    tail.append(more, room, more.length());
    if (tail.length() > 2 * TAIL) {
      int surplus = tail.length() - TAIL;
      tail.delete(0, surplus);
      left += surplus;
    }
  }

  synchronized String text() {
    String gap = left == 0 ? "" : "\n(" + left + " characters were left out here)\n";
    return (head + gap + tail).replace("\r", "");
  }
}
