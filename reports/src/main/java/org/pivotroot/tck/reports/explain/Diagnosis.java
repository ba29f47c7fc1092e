package org.pivotroot.tck.reports.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pivotroot.tck.reports.explain.Finding.State;

/** Judges a pivot_root call that a process would make, by what /proc tells. */
final class Diagnosis {
  private final Subject subject;
  private final String newRoot;
  private final String putOld;
  private final Optional<Boolean> rootfsCanBePivoted;
  private final MountInfo mounts;
  private final List<Finding> findings = new ArrayList<>();

  private Diagnosis(
      Subject subject, String newRoot, String putOld, Optional<Boolean> rootfsCanBePivoted) {
    this.subject = subject;
    this.newRoot = newRoot;
    this.putOld = putOld;
    this.rootfsCanBePivoted = rootfsCanBePivoted;
    this.mounts = subject.mounts();
  }

  /**
   * Judges every cause.
   *
   * @param subject the process
   * @param newRoot absolute path, as the process sees it
   * @param putOld likewise
   * @param rootfsCanBePivoted whether this kernel can replace the initramfs; empty if nothing is on
   *     record
   */
  static List<Finding> of(
      Subject subject, String newRoot, String putOld, Optional<Boolean> rootfsCanBePivoted) {
    Diagnosis diagnosis = new Diagnosis(subject, newRoot, putOld, rootfsCanBePivoted);
    diagnosis.judge();
    return diagnosis.findings.stream()
        .sorted(Comparator.comparingInt(finding -> Causes.all().indexOf(finding.cause())))
        .toList();
  }

  private void judge() {
    Optional<Boolean> privileged = subject.privileged();
    add(
        Causes.PRIVILEGE,
        privileged.map(has -> has ? State.FINE : State.FAILS).orElse(State.UNSEEN),
        privileged.map(has -> "CapEff " + (has ? "has" : "lacks") + " CAP_SYS_ADMIN").orElse(""));
    Optional<String> newPath = path("new_root", newRoot);
    Optional<String> oldPath = path("put_old", putOld);
    root();
    newPath.ifPresent(this::newRoot);
    oldPath.ifPresent(this::putOld);
    if (newPath.isPresent() && oldPath.isPresent()) {
      boolean within = MountInfo.isWithin(oldPath.get(), newPath.get());
      add(
          Causes.NOT_UNDERNEATH,
          within ? State.FINE : State.FAILS,
          oldPath.get() + " is " + (within ? "" : "not ") + "within " + newPath.get());
    }
    add(Causes.LOCKED, State.UNSEEN, "");
  }

  private Optional<String> path(String what, String given) {
    Subject.Resolved resolved = subject.resolve(given);
    String detail =
        what + " " + given + (resolved.path().equals(given) ? "" : " is " + resolved.path());
    switch (resolved.kind()) {
      case MISSING ->
          add(Causes.MISSING, State.FAILS, detail + ": " + resolved.path() + " is missing");
      case OTHER -> add(Causes.NOT_DIRECTORY, State.FAILS, detail);
      case UNSEEN -> add(Causes.MISSING, State.UNSEEN, detail);
      case DIRECTORY -> add(Causes.MISSING, State.FINE, detail);
    }
    return resolved.kind() == Subject.Kind.MISSING || resolved.kind() == Subject.Kind.OTHER
        ? Optional.empty()
        : Optional.of(resolved.path());
  }

  private void root() {
    Optional<MountInfo.Line> root = mounts.at("/");
    if (root.isEmpty()) {
      add(Causes.ROOT_NO_MOUNT_POINT, State.FAILS, "no mount point /");
      return;
    }
    add(Causes.ROOT_NO_MOUNT_POINT, State.FINE, "mount " + root.get().id());
    boolean rootfs =
        root.get().type().equals("rootfs") || root.get().id().equals(root.get().parent());
    if (!rootfs) {
      add(Causes.ROOTFS, State.FINE, "type " + root.get().type());
    } else {
      add(
          Causes.ROOTFS,
          rootfsCanBePivoted.map(can -> can ? State.FINE : State.FAILS).orElse(State.UNSEEN),
          "the root is the initramfs; kernel "
              + subject.release()
              + rootfsCanBePivoted
                  .map(can -> can ? " can" : " cannot")
                  .orElse(" is not on record"));
    }
    shared(Causes.SHARED_ROOT_PARENT, root.get());
  }

  private void newRoot(String path) {
    onRootMount("new_root", path);
    Optional<MountInfo.Line> mount = mounts.at(path);
    add(
        Causes.NEW_ROOT_NO_MOUNT_POINT,
        mount.isPresent() ? State.FINE : State.FAILS,
        path + (mount.isPresent() ? " is a mount point" : " is not a mount point"));
    mount.ifPresent(line -> shared(Causes.SHARED_NEW_ROOT_PARENT, line));
  }

  private void putOld(String path) {
    onRootMount("put_old", path);
    mounts
        .of(path)
        .ifPresent(
            line ->
                add(
                    Causes.SHARED_PUT_OLD,
                    line.shared() ? State.FAILS : State.FINE,
                    "mount " + line.id() + " at " + line.point()));
  }

  private void onRootMount(String what, String path) {
    Optional<MountInfo.Line> root = mounts.at("/");
    Optional<MountInfo.Line> mount = mounts.of(path);
    if (root.isPresent() && mount.isPresent()) {
      add(
          Causes.ON_ROOT_MOUNT,
          root.equals(mount) ? State.FAILS : State.FINE,
          what + " is on mount " + mount.get().id() + " at " + mount.get().point());
    }
  }

  private void shared(Cause cause, MountInfo.Line child) {
    Optional<MountInfo.Line> parent = mounts.withId(child.parent());
    add(
        cause,
        parent.map(line -> line.shared() ? State.FAILS : State.FINE).orElse(State.UNSEEN),
        parent
            .map(line -> "mount " + line.id() + " at " + line.point())
            .orElse("mount " + child.parent() + " is outside the process's root"));
  }

  private void add(Cause cause, State state, String detail) {
    findings.add(new Finding(cause, state, detail));
  }
}
