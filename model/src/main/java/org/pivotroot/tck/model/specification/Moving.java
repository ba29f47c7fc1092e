package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.ELOOP;
import static org.pivotroot.tck.model.call.Errno.ENOENT;

import java.util.function.Supplier;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Journal;
import org.pivotroot.tck.model.specification.rule.Kernel;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Rule;
import org.pivotroot.tck.model.specification.rule.Switch;

/** What MS_MOVE and move_mount(2) do (do_move_mount() in fs/namespace.c). */
final class Moving implements Journal {
  private static final String ERRORS = "mount(2), ERRORS";
  private static final String KERNEL = "do_move_mount() in fs/namespace.c";
  private static final String BENEATH =
      "move_mount(2), MOVE_MOUNT_BENEATH; can_move_mount_beneath() in fs/namespace.c";

  /** A mount without directory to go on, because that was removed (get_mountpoint()). */
  static final Rule ROOT_REMOVED =
      Rule.of(
          "attach.root-removed",
          ENOENT,
          "the directory at the root of what is to be mounted was removed",
          "get_mountpoint() in fs/namespace.c");

  private static final Rule NO_MOUNT =
      Rule.of("move.not-mount-point", EINVAL, "the source is no mount point", ERRORS);
  private static final Rule OTHER_KIND =
      Rule.of(
          "move.other-kind",
          EINVAL,
          "one of source and target is a directory and the other is not",
          KERNEL);
  private static final Rule BENEATH_NO_MOUNT =
      Rule.of(
          "move.beneath-not-mount-point",
          EINVAL,
          "what is to be moved beneath is no mount point",
          BENEATH);
  private static final Rule BENEATH_ROOT =
      Rule.of("move.beneath-first", EINVAL, "what is to be moved beneath is on nothing", BENEATH);

  static final Procedure<Moving> PROCEDURE =
      Procedure.<Moving>of("a move of mounts")
          .check(NO_MOUNT.since(Switch.MOVE_SOURCE_FIRST), Moving::isNoMount)
          .check(OTHER_KIND.since(Switch.MOVE_SOURCE_FIRST), Moving::isOtherKind)
          .check(BENEATH_NO_MOUNT.since(Switch.MOVE_SOURCE_FIRST), Moving::isBeneathNoMount)
          .check(
              BENEATH_NO_MOUNT.since(Switch.BENEATH_NOTHING_FIRST),
              moving -> moving.isBeneathNoMount() && !moving.isCovered())
          .check(BENEATH_ROOT.since(Switch.BENEATH_NOTHING_FIRST), Moving::isBeneathFirst)
          .part(Lock.PROCEDURE, moving -> moving.lock)
          .check(
              BENEATH_NO_MOUNT.until(Switch.MOVE_SOURCE_FIRST),
              moving -> moving.isBeneathNoMount() && !moving.isCovered())
          .check(BENEATH_ROOT, Moving::isBeneathFirst)
          .check(NO_MOUNT.until(Switch.MOVE_SOURCE_FIRST), Moving::isNoMount)
          .check(OTHER_KIND.until(Switch.MOVE_SOURCE_FIRST), Moving::isOtherKind)
          .check(
              Rule.of("move.first", EINVAL, "the source is on nothing", KERNEL),
              moving -> moving.isMine() && !moving.old().hasParent())
          .check(
              Rule.of(
                  "move.locked", EINVAL, "the source is locked", ERRORS + "; mount_namespaces(7)"),
              moving -> moving.isMine() && moving.old().locked)
          .check(
              Rule.of(
                  "move.parent-shared",
                  EINVAL,
                  "the source is on a shared mount",
                  ERRORS + ", EINVAL; sharedsubtree.rst, 5c"),
              moving ->
                  moving.isMine() && moving.old().hasParent() && moving.old().parent.isShared())
          .check(
              Rule.of(
                  "move.target-foreign",
                  EINVAL,
                  "the target is not in the mount namespace of the caller, which the source is in",
                  KERNEL),
              moving -> moving.isMine() && moving.target().mount().namespace != moving.mine())
          .check(
              Rule.of(
                  "move.source-foreign",
                  EINVAL,
                  "the source is neither in the mount namespace of the caller nor the root of an"
                      + " anonymous one",
                  KERNEL),
              moving -> !moving.isMine() && !moving.isAnonymousRoot())
          .check(
              Rule.of(
                  "move.same-anonymous",
                  EINVAL,
                  "source and target are in the same anonymous namespace",
                  KERNEL),
              moving ->
                  !moving.isMine() && moving.target().mount().namespace == moving.old().namespace)
          .check(
              Rule.of(
                  "move.target-elsewhere",
                  EINVAL,
                  "the target is neither in the mount namespace of the caller nor in an anonymous"
                      + " one that was made from that",
                  KERNEL),
              moving -> !moving.isMine() && !moving.isTargetUsable())
          .check(
              Rule.of(
                  "move.beneath-covered",
                  EINVAL,
                  "the source is covered by another mount",
                  BENEATH),
              moving -> moving.beneath && moving.old().cover() != null)
          .check(
              Rule.of(
                  "move.beneath-itself",
                  EINVAL,
                  "the source is what it is to go beneath, or is below that",
                  BENEATH),
              moving -> moving.beneath && moving.old().isAtOrBelow(moving.overAsChecked()))
          .check(
              Rule.of(
                  "move.beneath-propagates",
                  EINVAL,
                  "propagation would put it on top of what it is to go beneath",
                  BENEATH),
              moving -> moving.beneath && moving.wouldOvermount(moving.overAsChecked()))
          .check(
              Rule.of(
                  "move.beneath-propagates-to-itself",
                  EINVAL,
                  "propagation would put it on top of itself",
                  BENEATH),
              moving -> moving.beneath && moving.isMine() && moving.wouldOvermount(moving.old()))
          .check(
              Rule.of(
                      "move.beneath-locked",
                      EINVAL,
                      "what is to be moved beneath is locked, the root of the caller, or on the"
                          + " first mount of the namespace",
                      BENEATH)
                  .since(Switch.BENEATH_LOCKED),
              moving -> moving.beneath && moving.isBeneathForbidden())
          .check(
              Rule.of(
                  "move.unbindable-to-shared",
                  EINVAL,
                  "the target is on a shared mount, and one of the mounts to be moved is unbindable",
                  "sharedsubtree.rst, 5c; tree_contains_unbindable()"),
              moving ->
                  moving.target().mount().isShared()
                      && moving.old().tree().stream().anyMatch(mount -> mount.unbindable))
          .check(
              Rule.of("move.below-itself", ELOOP, "the target is below the source", ERRORS),
              moving -> moving.target().mount().isAtOrBelow(moving.old()))
          .check(ROOT_REMOVED, moving -> moving.old().top().root.removed)
          .effect(
              new Branch("move.moves", "the source is taken off and put on the target", "mount(2)"),
              moving -> Attachment.of(moving.state, moving.task, moving.old(), moving.target()));

  private final State state;
  private final Task task;
  private final boolean beneath;
  private final Supplier<Place> source;
  private final Supplier<Place> onto;
  private final Lock lock;

  /**
   * A move.
   *
   * @param onto what was given as target
   * @param beneath whether it goes beneath what is mounted there
   */
  Moving(State state, Task task, boolean beneath, Supplier<Place> source, Supplier<Place> onto) {
    this.state = state;
    this.task = task;
    this.beneath = beneath;
    this.source = source;
    this.onto = onto;
    Supplier<Place> below =
        () -> over().hasParent() ? new Place(over().parent, over().point) : over().place();
    lock = new Lock(state, beneath, beneath ? below : onto);
  }

  private Mount old() {
    return source.get().mount();
  }

  /** What it is to go beneath. */
  private Mount over() {
    Mount there = onto.get().mount().childAt(onto.get().node());
    return there == null ? onto.get().mount() : there.top();
  }

  /**
   * What is looked at in its stead when the target is the first mount of a namespace and one mount
   * is on it: that first mount, which is its own parent, so that do_move_mount() takes it for what
   * is on the parent of the place.
   */
  private Mount overAsChecked() {
    Mount given = onto.get().mount();
    return !given.hasParent() && over().parent == given ? given : over();
  }

  private Place target() {
    return lock.target();
  }

  private MountNamespace mine() {
    return task.namespace;
  }

  private boolean isMine() {
    return old().namespace == mine();
  }

  /** Before 6.18 a place that something is mounted on stood for that here too. */
  private boolean isCovered() {
    return onto.get().mount().childAt(onto.get().node()) != null;
  }

  private boolean isBeneathNoMount() {
    return beneath && !onto.get().isMountRoot();
  }

  private boolean isBeneathFirst() {
    return beneath && !over().hasParent();
  }

  private boolean isNoMount() {
    return !source.get().isMountRoot();
  }

  private boolean isOtherKind() {
    return source.get().node().isDirectory() != onto.get().node().isDirectory();
  }

  private boolean isAnonymousRoot() {
    MountNamespace namespace = old().namespace;
    return namespace != null && namespace.anonymous && namespace.root == old();
  }

  private boolean isTargetUsable() {
    MountNamespace namespace = target().mount().namespace;
    return namespace == mine()
        || (state.kernel().has(Switch.ANONYMOUS_TARGET)
            && namespace != null
            && namespace.anonymous
            && namespace.origin == mine());
  }

  /** propagation_would_overmount() in fs/pnode.c. */
  private boolean wouldOvermount(Mount other) {
    Mount parent = target().mount();
    return parent.isShared()
        && other.root == target().node()
        && (other == parent || Receivers.of(parent).contains(other));
  }

  private boolean isBeneathForbidden() {
    return over().locked || over() == task.fs.root.mount() || !over().parent.hasParent();
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
