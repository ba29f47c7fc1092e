package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EBUSY;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.ENOENT;
import static org.pivotroot.tck.model.call.Errno.EPERM;

import java.util.List;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Found;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Rule;
import org.pivotroot.tck.model.specification.rule.Switch;

/** pivot_root(2). */
final class PivotRoot extends Attempt {
  private static final String ERRORS = "pivot_root(2), ERRORS";
  private static final String NOTES = "pivot_root(2), DESCRIPTION, restrictions";
  private static final String KERNEL = "path_pivot_root() in fs/namespace.c";

  private static final Rule PERMISSION =
      Rule.of(
          "pivot_root.permission",
          EPERM,
          "the caller lacks CAP_SYS_ADMIN in the user namespace that owns its mount namespace",
          ERRORS + ", EPERM");
  private static final Branch ROOT_MOVED =
      new Branch(
          "pivot_root.root-moved",
          "whose root was the old root has the new root as root",
          "pivot_root(2), DESCRIPTION; chroot_fs_refs()");
  private static final Branch CWD_MOVED =
      new Branch(
          "pivot_root.cwd-moved",
          "whose working directory was the old root has the new root as working directory",
          "pivot_root(2), DESCRIPTION; chroot_fs_refs()");
  private static final Branch LOCK_PASSED_ON =
      new Branch(
          "pivot_root.lock-passed-on", "the lock of the old root goes to the new one", KERNEL);

  static final List<Clause> CLAUSES = List.of(ROOT_MOVED, CWD_MOVED, LOCK_PASSED_ON);

  static final Procedure<PivotRoot> PROCEDURE =
      Procedure.<PivotRoot>of("pivot_root")
          .check(PERMISSION.until(Switch.PERMISSION_AFTER_LOOKUP), call -> !call.mayMount())
          .find(
              "new_root is looked up",
              PathArgument.CLAUSES,
              call -> call.newRoot.is(call.path(0).resolve(true, true)))
          .find(
              "put_old is looked up",
              PathArgument.CLAUSES,
              call -> call.putOld.is(call.path(1).resolve(true, true)))
          .check(PERMISSION.since(Switch.PERMISSION_AFTER_LOOKUP), call -> !call.mayMount())
          .part(Lock.PROCEDURE, call -> call.lock)
          .check(
              Rule.of(
                  "pivot_root.other-namespace",
                  EINVAL,
                  "new_root or the root of the caller is in no mount, or one of another mount"
                      + " namespace",
                  KERNEL),
              call -> call.isForeign(call.rootMount()) || call.isForeign(call.newMount()))
          .check(
              Rule.of(
                  "pivot_root.shared",
                  EINVAL,
                  "put_old is on a shared mount, or the parent mount of new_root or of the root of"
                      + " the caller is shared",
                  NOTES),
              call ->
                  call.oldMount().isShared()
                      || parentIsShared(call.newMount())
                      || parentIsShared(call.rootMount()))
          .check(
              Rule.of("pivot_root.new-root-locked", EINVAL, "new_root is a locked mount", KERNEL),
              call -> call.newMount().locked)
          .check(
              Rule.of("pivot_root.new-root-removed", ENOENT, "new_root was removed", KERNEL),
              call -> call.newRoot.get().node().removed)
          .check(
              Rule.of(
                  "pivot_root.busy",
                  EBUSY,
                  "new_root or put_old is on the mount of the root of the caller",
                  ERRORS + ", EBUSY"),
              call -> call.newMount() == call.rootMount() || call.oldMount() == call.rootMount())
          .check(
              Rule.of(
                  "pivot_root.root-not-mount-point",
                  EINVAL,
                  "the root of the caller is not a mount point",
                  ERRORS + ", EINVAL"),
              call -> !call.task.fs.root.isMountRoot())
          .check(
              Rule.of(
                  "pivot_root.root-has-no-parent",
                  EINVAL,
                  "the root of the caller is the first mount of the namespace",
                  ERRORS + ", EINVAL (the initial ramfs)"),
              call -> !call.rootMount().hasParent())
          .check(
              Rule.of(
                  "pivot_root.new-root-not-mount-point",
                  EINVAL,
                  "new_root is not a mount point",
                  ERRORS + ", EINVAL"),
              call -> !call.newRoot.get().isMountRoot())
          .check(
              Rule.of(
                  "pivot_root.new-root-has-no-parent",
                  EINVAL,
                  "new_root is the first mount of the namespace",
                  KERNEL),
              call -> !call.newMount().hasParent())
          .check(
              Rule.of(
                  "pivot_root.put-old-not-under-new-root",
                  EINVAL,
                  "put_old is not at or underneath new_root",
                  ERRORS + ", EINVAL"),
              call -> !call.lock.target().isUnder(call.newRoot.get()))
          .check(
              Rule.of(
                  "pivot_root.new-root-not-under-root",
                  EINVAL,
                  "new_root cannot be reached from the root of the caller",
                  KERNEL),
              call -> !call.newRoot.get().isUnder(call.task.fs.root))
          .effect(
              new Branch(
                  "pivot_root.pivots",
                  "the old root is mounted on put_old and the new one where the old was",
                  "pivot_root(2), DESCRIPTION"),
              PivotRoot::pivot);

  private final Found<Place> newRoot = new Found<>();
  private final Found<Place> putOld = new Found<>();
  private final Lock lock = new Lock(state, false, putOld::get);

  PivotRoot(State state, Task task, Call call) {
    super(state, task, call);
  }

  private Mount newMount() {
    return newRoot.get().mount();
  }

  private Mount oldMount() {
    return lock.target().mount();
  }

  private Mount rootMount() {
    return task.fs.root.mount();
  }

  /** A mount without parent counts as its own. */
  private static boolean parentIsShared(Mount mount) {
    return (mount.hasParent() ? mount.parent : mount).isShared();
  }

  private void pivot() {
    Place oldRoot = task.fs.root;
    Mount root = oldRoot.mount();
    if (root.locked) {
      met(LOCK_PASSED_ON);
      newMount().locked = true;
      root.locked = false;
    }
    Place under = new Place(root.parent, root.point);
    root.cut();
    newMount().attach(under.mount(), under.node());
    root.attach(oldMount(), lock.target().node());
    for (FsStruct fs : state.fsStructs()) {
      if (fs.root.equals(oldRoot)) {
        met(ROOT_MOVED);
        fs.root = newRoot.get();
      }
      if (fs.cwd.equals(oldRoot)) {
        met(CWD_MOVED);
        fs.cwd = newRoot.get();
      }
    }
  }
}
