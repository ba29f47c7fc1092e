package org.pivotroot.tck.model.specification;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/** What is seldom so, and worth to be tried for. */
public enum Situation {
  LOCKED(state -> state.mounts.stream().anyMatch(mount -> mount.locked && mount.hasParent())),
  STACKED_TWICE(
      state ->
          state.mounts.stream()
              .anyMatch(
                  one ->
                      one.fs.type.equals("tmpfs")
                          && one.cover() != null
                          && one.cover().cover() != null)),
  SHARED_AND_SLAVE(
      state -> state.mounts.stream().anyMatch(one -> one.isShared() && one.master() != null)),
  SLAVE_OF_SLAVE(
      state ->
          state.mounts.stream()
              .anyMatch(one -> one.master() != null && one.master().master() != null)),
  UNBINDABLE(state -> state.mounts.stream().anyMatch(mount -> mount.unbindable)),
  ROOT_NO_MOUNT_POINT(state -> state.fsStructs().stream().anyMatch(fs -> !fs.root.isMountRoot())),
  CWD_OUTSIDE_ROOT(state -> state.fsStructs().stream().anyMatch(fs -> !fs.cwd.isUnder(fs.root))),
  CWD_DETACHED(state -> state.fsStructs().stream().anyMatch(fs -> fs.cwd.mount().gone)),
  CWD_REMOVED(state -> state.fsStructs().stream().anyMatch(fs -> fs.cwd.node().removed)),
  ROOT_DETACHED(state -> state.fsStructs().stream().anyMatch(fs -> fs.root.mount().gone)),
  ROOT_COVERED(
      state ->
          state.fsStructs().stream()
              .anyMatch(fs -> fs.root.mount().childAt(fs.root.node()) != null)),
  IN_OTHER_NAMESPACE(
      state ->
          state.tasks.values().stream()
              .anyMatch(task -> task.fs.cwd.mount().namespace != task.namespace)),
  ANONYMOUS(
      state ->
          state.mounts.stream().anyMatch(one -> one.namespace != null && one.namespace.anonymous)),
  PART_OF_FILE_SYSTEM(
      state -> state.mounts.stream().anyMatch(mount -> mount.root != mount.fs.root)),
  SLOT(state -> !state.slots.isEmpty());

  private final Predicate<State> test;

  Situation(Predicate<State> test) {
    this.test = test;
  }

  /** Those that a state is in. */
  public static Set<Situation> of(State state) {
    EnumSet<Situation> all = EnumSet.noneOf(Situation.class);
    for (Situation one : values()) {
      if (one.test.test(state)) {
        all.add(one);
      }
    }
    return all;
  }
}
