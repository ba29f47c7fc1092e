package org.pivotroot.tck.harness.wire;

import java.util.List;

/**
 * Sums up in one number what the calls of a scenario come to and what is to be seen after each, so
 * that a guest and the specification can be compared by that number. Kernels number mounts, devices
 * and the like as they please: here each has a name from when it is first seen until it is not seen
 * any more, given in an order that the mount tree itself determines.
 */
public final class Digest {
  private static final long START = 0x70_69_76_6f_74L;

  private final Names devices = new Names();
  private final Names inodes = new Names();
  private final Names mounts = new Names();
  private final Names groups = new Names();
  private final Names namespaces = new Names();
  private long sum = START;

  /** What was seen last, and what it came to: where it is the very same, that need not be done. */
  private List<Seen> lastSeen = List.of();

  private long lastLook;

  /** A place: a file and the mount that it is reached through. */
  public record Place(long device, long inode, long mount) {
    private long file() {
      return mix(mix(START, device), inode);
    }
  }

  /**
   * A task.
   *
   * @param own what is mounted within its root
   * @param namespace the number of its mount namespace
   * @param tree what is mounted in that namespace, seen from its own root
   */
  public record Seen(Place root, Place cwd, Rows own, long namespace, Rows tree) {}

  /** Takes up another number. */
  static long mix(long sum, long number) {
    long mixed = (sum ^ number) * 0x9e3779b97f4a7c15L;
    return mixed ^ (mixed >>> 29);
  }

  /** A call succeeded with this value. */
  public void value(long value) {
    sum = mix(mix(sum, 1), value);
  }

  /** A call failed. */
  public void failure(int errno) {
    sum = mix(mix(sum, 2), errno);
  }

  /** A call brought the text that these bytes hold up to the first null byte. */
  public void text(byte[] bytes) {
    sum = mix(sum, 3);
    for (int i = 0; i < bytes.length && bytes[i] != 0; i++) {
      sum = mix(sum, bytes[i]);
    }
  }

  /** A call told of a place. */
  public void place(Place place) {
    sum = mix(sum, 4);
    sum = mix(sum, devices.known(place.device));
    sum = mix(sum, inodes.known(place.file()));
    sum = mix(sum, mounts.known(place.mount));
  }

  /** So it looks after a step. */
  public void look(List<Seen> tasks) {
    if (!tasks.equals(lastSeen)) {
      long before = sum;
      sum = START;
      addAll(tasks);
      lastLook = sum;
      lastSeen = tasks;
      sum = before;
    }
    sum = mix(sum, lastLook);
  }

  private void addAll(List<Seen> tasks) {
    long[] visited = new long[tasks.size()];
    for (int i = 0; i < visited.length; i++) {
      Seen task = tasks.get(i);
      visited[i] = task.namespace;
      sum = mix(sum, namespaces.of(task.namespace));
      if (isFirst(visited, i)) {
        add(task.tree);
      }
      if (task.own != task.tree) {
        sum = mix(sum, 6);
        add(task.own);
      }
      add(task.root);
      add(task.cwd);
    }
    for (Names names : List.of(devices, inodes, mounts, groups, namespaces)) {
      names.forgetUnseen();
    }
  }

  private static boolean isFirst(long[] numbers, int index) {
    for (int i = 0; i < index; i++) {
      if (numbers[i] == numbers[index]) {
        return false;
      }
    }
    return true;
  }

  private void add(Place place) {
    sum = mix(sum, devices.of(place.device));
    sum = mix(sum, inodes.of(place.file()));
    sum = mix(sum, mounts.of(place.mount));
  }

  private void add(Rows rows) {
    sum = mix(sum, rows.count);
    for (int i = 0; i < rows.count; i++) {
      int row = rows.order[i];
      long[] numbers = rows.numbers[row];
      sum = mix(sum, rows.positions[row]);
      sum = mix(sum, rows.texts[row]);
      sum = mix(sum, mounts.of(numbers[Rows.ID]));
      sum = mix(sum, mounts.of(numbers[Rows.PARENT]));
      sum = mix(sum, devices.of(numbers[Rows.DEVICE]));
      for (int group = Rows.SHARED; group <= Rows.FROM; group++) {
        sum = mix(sum, numbers[group] == 0 ? 0 : groups.of(numbers[group]));
      }
    }
  }

  /** The number that all came to. */
  public long sum() {
    return sum;
  }

  /** Small numbers for what is seen, for as long as each look shows it. */
  private static final class Names {
    private long[] ids = new long[16];
    private int[] names = new int[16];
    private boolean[] seen = new boolean[16];
    private int count;
    private int last;

    /** The name of something that is to be seen. */
    int of(long id) {
      int at = find(id);
      if (at == count) {
        if (count == ids.length) {
          ids = java.util.Arrays.copyOf(ids, 2 * count);
          names = java.util.Arrays.copyOf(names, 2 * count);
          seen = java.util.Arrays.copyOf(seen, 2 * count);
        }
        ids[at] = id;
        names[at] = ++last;
        count++;
      }
      seen[at] = true;
      return names[at];
    }

    /** The name that something has from the last look; 0 for none. */
    int known(long id) {
      int at = find(id);
      return at == count ? 0 : names[at];
    }

    private int find(long id) {
      int at = 0;
      while (at < count && ids[at] != id) {
        at++;
      }
      return at;
    }

    void forgetUnseen() {
      int kept = 0;
      for (int i = 0; i < count; i++) {
        if (seen[i]) {
          ids[kept] = ids[i];
          names[kept] = names[i];
          seen[kept++] = false;
        }
      }
      for (int i = kept; i < count; i++) {
        seen[i] = false;
      }
      count = kept;
    }
  }
}
