package org.pivotroot.tck.model.specification.replay;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.Propagation;
import org.pivotroot.tck.model.look.View;

/**
 * Which recorded number stands for which of the specification. Kernels give numbers that are free
 * again to new things, so that pairs are dropped when their things end.
 *
 * <p>All methods that compare say whether the two can be the same, and if so remember how.
 */
final class Bijection {
  enum Kind {
    DEVICE,
    INODE,
    MOUNT,
    NAMESPACE,
    PEERS
  }

  /** An inode, which is numbered by device. */
  private record Inode(long device, long number) {}

  private final Map<Kind, Map<Object, Object>> predicted = new EnumMap<>(Kind.class);
  private final Map<Kind, Map<Object, Object>> recorded = new EnumMap<>(Kind.class);

  Bijection() {
    for (Kind kind : Kind.values()) {
      predicted.put(kind, new HashMap<>());
      recorded.put(kind, new HashMap<>());
    }
  }

  private Bijection copy() {
    Bijection copy = new Bijection();
    copy.becomes(this);
    return copy;
  }

  private void becomes(Bijection other) {
    for (Kind kind : Kind.values()) {
      predicted.put(kind, new HashMap<>(other.predicted.get(kind)));
      recorded.put(kind, new HashMap<>(other.recorded.get(kind)));
    }
  }

  /** Two things are one from now on, if neither is one with another. */
  private boolean same(Kind kind, Object prediction, Object record) {
    Object before = recorded.get(kind).putIfAbsent(prediction, record);
    Object after = predicted.get(kind).putIfAbsent(record, prediction);
    return (before == null || before.equals(record)) && (after == null || after.equals(prediction));
  }

  /** Drops the pairs of things that have ended. */
  void keep(Kind kind, Predicate<Long> isThere) {
    predicted.get(kind).values().removeIf(one -> !isThere.test((Long) one));
    recorded.get(kind).keySet().removeIf(one -> !isThere.test((Long) one));
  }

  /** Drops the inodes of devices that have ended. */
  void keepInodesOf(Set<Long> devices) {
    predicted.get(Kind.INODE).values().removeIf(one -> !devices.contains(((Inode) one).device()));
    recorded.get(Kind.INODE).keySet().removeIf(one -> !devices.contains(((Inode) one).device()));
  }

  private boolean attempt(Predicate<Bijection> test) {
    Bijection copy = copy();
    if (!test.test(copy)) {
      return false;
    }
    becomes(copy);
    return true;
  }

  boolean matches(FileId prediction, FileId record) {
    return attempt(copy -> copy.matchesIn(prediction, record));
  }

  private boolean matchesIn(FileId prediction, FileId record) {
    return same(Kind.DEVICE, prediction.device(), record.device())
        && same(
            Kind.INODE,
            new Inode(prediction.device(), prediction.inode()),
            new Inode(record.device(), record.inode()))
        // Some targets tell no mount IDs.
        && (record.mount() == 0 || same(Kind.MOUNT, prediction.mount(), record.mount()));
  }

  boolean matches(MountTable prediction, MountTable record) {
    return attempt(copy -> copy.matchesIn(prediction, record));
  }

  private boolean matchesIn(MountTable prediction, MountTable record) {
    return prediction.mounts().size() == record.mounts().size()
        && matchesIn(new ArrayList<>(prediction.mounts()), record.mounts());
  }

  /** Mounts that look alike are told apart by what is on them, so that one may have to try. */
  private boolean matchesIn(List<Mount> predictions, List<Mount> records) {
    if (records.isEmpty()) {
      return true;
    }
    List<Mount> rest = records.subList(1, records.size());
    for (Mount prediction : predictions) {
      if (looksLike(prediction, records.get(0))) {
        List<Mount> others = new ArrayList<>(predictions);
        others.remove(prediction);
        if (attempt(
            copy -> copy.matchesIn(prediction, records.get(0)) && copy.matchesIn(others, rest))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean looksLike(Mount prediction, Mount record) {
    return prediction.point().equals(record.point())
        && prediction.type().equals(record.type())
        && prediction.root().equals(record.root())
        && prediction.options().equals(record.options());
  }

  private boolean matchesIn(Mount prediction, Mount record) {
    return same(Kind.MOUNT, prediction.id(), record.id())
        && same(Kind.MOUNT, prediction.parent(), record.parent())
        && same(Kind.DEVICE, prediction.device(), record.device())
        && matchesIn(prediction.propagation(), record.propagation());
  }

  private boolean matchesIn(Propagation prediction, Propagation record) {
    return prediction.unbindable() == record.unbindable()
        && matchesGroup(prediction.shared(), record.shared())
        && matchesGroup(prediction.master(), record.master())
        && matchesGroup(prediction.from(), record.from());
  }

  private boolean matchesGroup(long prediction, long record) {
    return (prediction == 0 || record == 0)
        ? prediction == record
        : same(Kind.PEERS, prediction, record);
  }

  boolean matches(View prediction, View record) {
    return attempt(
        copy ->
            copy.matchesIn(prediction.root(), record.root())
                && copy.matchesIn(prediction.cwd(), record.cwd())
                && copy.matchesIn(prediction.mounts(), record.mounts())
                && copy.same(Kind.NAMESPACE, prediction.namespace(), record.namespace())
                && copy.matchesIn(prediction.tree(), record.tree()));
  }
}
