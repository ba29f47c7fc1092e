package org.pivotroot.tck.harness.wire;

import java.util.Arrays;

/**
 * A mountinfo file taken apart for {@link Digest}: the numbers that kernels give as they please,
 * sums of the texts, and an order of the lines that does not depend on these numbers.
 */
public final class Rows {
  static final int ID = 0;
  static final int PARENT = 1;
  static final int DEVICE = 2;
  static final int SHARED = 3;
  static final int MASTER = 4;
  static final int FROM = 5;
  private static final int NUMBERS = 6;

  final int count;

  /** Of each line. */
  final long[][] numbers;

  /** Of each line: a sum of all its texts but the mount point. */
  final long[] texts;

  /** Of each line: a sum of the way through the mount tree that leads there. */
  final long[] positions;

  /** The lines in the order of these sums. */
  final int[] order;

  private final byte[] bytes;
  private int at;

  /** The lines of a mountinfo file. */
  public Rows(byte[] mountinfo) {
    bytes = mountinfo;
    int lines = 0;
    for (byte one : bytes) {
      lines += one == '\n' ? 1 : 0;
    }
    count = lines;
    numbers = new long[lines][NUMBERS];
    texts = new long[lines];
    positions = new long[lines];
    order = new int[lines];
    long[] points = new long[lines];
    for (int line = 0; line < lines; line++) {
      points[line] = read(line);
    }
    for (int line = 0; line < lines; line++) {
      position(line, points);
      int place = line;
      while (place > 0 && positions[order[place - 1]] > positions[line]) {
        order[place] = order[place - 1];
        place--;
      }
      order[place] = line;
    }
  }

  /** Whether they are the lines of this file. */
  public boolean isOf(byte[] mountinfo) {
    return Arrays.equals(bytes, mountinfo);
  }

  /** The fields are those of proc_pid_mountinfo(5). */
  private long read(int line) {
    long[] row = numbers[line];
    row[ID] = number();
    row[PARENT] = number();
    row[DEVICE] = (number() << 32) | number();
    long text = word(7);
    final long point = word(11);
    text = word(text);
    while (bytes[at] != '-') {
      switch (bytes[at]) {
        case 's' -> row[SHARED] = group();
        case 'm' -> row[MASTER] = group();
        case 'p' -> row[FROM] = group();
        default -> text = word(text);
      }
    }
    at += 2;
    texts[line] = word(text);
    while (bytes[at++] != '\n') {
      // Source and options of the file system are not of interest.
    }
    return point;
  }

  private long number() {
    long number = 0;
    while (bytes[at] >= '0') {
      if (bytes[at] == ':') {
        break;
      }
      number = 10 * number + bytes[at++] - '0';
    }
    at++;
    return number;
  }

  private long group() {
    while (bytes[at] != ':') {
      at++;
    }
    at++;
    return number();
  }

  private long word(long start) {
    long sum = start;
    while (bytes[at] != ' ') {
      sum = 31 * sum + bytes[at++];
    }
    at++;
    return Digest.mix(sum, 0);
  }

  /** One mount at most is in a place, so the points on the way tell which it is. */
  private long position(int line, long[] points) {
    if (positions[line] == 0) {
      int parent = -1;
      for (int i = 0; i < count && parent < 0; i++) {
        parent = i != line && numbers[i][ID] == numbers[line][PARENT] ? i : -1;
      }
      positions[line] = Digest.mix(parent < 0 ? 1 : position(parent, points), points[line]);
    }
    return positions[line];
  }
}
