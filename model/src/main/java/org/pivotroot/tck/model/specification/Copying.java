package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EINVAL;

import java.util.List;
import java.util.function.Supplier;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Found;
import org.pivotroot.tck.model.specification.rule.Journal;
import org.pivotroot.tck.model.specification.rule.Kernel;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Rule;
import org.pivotroot.tck.model.specification.rule.Switch;

/** What a bind mount or open_tree(2) makes of what is mounted somewhere (__do_loopback()). */
final class Copying implements Journal {
  private static final String CITES = "mount(2), ERRORS; __do_loopback() in fs/namespace.c";

  static final Procedure<Copying> PROCEDURE =
      Procedure.<Copying>of("a copy of mounts")
          .check(
              Rule.of("copy.unbindable", EINVAL, "the source is on an unbindable mount", CITES),
              copying -> copying.source().mount().unbindable)
          .check(
              Rule.of(
                  "copy.other-namespace",
                  EINVAL,
                  "the source is neither in the mount namespace of the caller nor in an anonymous"
                      + " one that was made from that",
                  "may_copy_tree() in fs/namespace.c"),
              copying -> !copying.isCopyable())
          .check(
              Rule.of(
                  "copy.locked-below",
                  EINVAL,
                  "the copy is not recursive, and a locked mount hides something below the source",
                  CITES + "; has_locked_children()"),
              Copying::showsHidden)
          .find(
              "the copy is made",
              List.of(Copies.UNBINDABLE_AND_LOCKED, Copies.WITHOUT_UNBINDABLE),
              copying ->
                  copying.copy.is(
                      Copies.ofTree(copying.state, copying.source(), copying.recursive)));

  private final State state;
  private final Task task;
  private final boolean recursive;
  private final Supplier<Place> source;
  private final Found<Mount> copy = new Found<>();

  Copying(State state, Task task, boolean recursive, Supplier<Place> source) {
    this.state = state;
    this.task = task;
    this.recursive = recursive;
    this.source = source;
  }

  private Place source() {
    return source.get();
  }

  Mount copy() {
    return copy.get();
  }

  private boolean isCopyable() {
    MountNamespace namespace = source().mount().namespace;
    return namespace == task.namespace
        || (state.kernel().has(Switch.ANONYMOUS_SOURCE)
            && namespace != null
            && namespace.anonymous
            && namespace.origin == task.namespace);
  }

  private boolean showsHidden() {
    return !recursive && hasLockedChild(source().mount(), source().node());
  }

  static boolean hasLockedChild(Mount mount, Node node) {
    return mount.children.stream().anyMatch(child -> child.locked && child.point.isAtOrBelow(node));
  }

  @Override
  public Kernel kernel() {
    return state.kernel();
  }

  @Override
  public void met(Clause clause) {
    state.met(clause);
  }
}
