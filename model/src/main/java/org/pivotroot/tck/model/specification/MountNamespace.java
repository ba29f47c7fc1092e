package org.pivotroot.tck.model.specification;

/** A mount namespace. */
final class MountNamespace {
  final int number;

  /** Whether it is that of open_tree(2), in which no task can be. */
  final boolean anonymous;

  UserNamespace owner;

  /** The mount without parent. */
  Mount root;

  /** For an anonymous one: the namespace that it was copied from. */
  MountNamespace origin;

  MountNamespace(int number, boolean anonymous) {
    this.number = number;
    this.anonymous = anonymous;
  }

  /** Where setns(2) puts a task: at the top of what is mounted on the root. */
  Place entrance() {
    return root.top().place();
  }
}
