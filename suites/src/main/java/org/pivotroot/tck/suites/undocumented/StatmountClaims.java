package org.pivotroot.tck.suites.undocumented;

import static org.pivotroot.tck.model.call.OpenTreeFlag.OPEN_TREE_CLONE;
import static org.pivotroot.tck.model.call.Value.Identified.MOUNT;
import static org.pivotroot.tck.model.call.Value.Identified.NAMESPACE;
import static org.pivotroot.tck.model.call.Value.nullPointer;
import static org.pivotroot.tck.model.call.Value.number;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.NotApplicable;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.ListmountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.call.Value.IdOf;
import org.pivotroot.tck.model.call.Value.Struct;

/**
 * Which mounts statmount(2) and listmount(2) tell of, and whom. What they tell is held against
 * mountinfo at each look at a task, in every claim.
 */
@Page("undocumented")
@Needs(Feature.LISTMOUNT)
class StatmountClaims {
  private static final String SINCE = "6.8";
  private static final String LACKING = "statmount(2) and listmount(2) came with Linux 6.8";
  private static final int MANY = 512;

  /** Room for what is told of a mount namespace. */
  private static final Struct INFORMATION = Value.struct(StructType.MNT_NS_INFO);

  private static IdOf mountAt(Task s, String path) {
    return new IdOf(MOUNT, s.open(path, OpenFlag.O_PATH).value());
  }

  private static Struct of(Value mount) {
    return Value.struct(StructType.MNT_ID_REQ, "size", number(24), "mnt_id", mount);
  }

  private static Struct of(Value mount, Value after) {
    return Value.struct(StructType.MNT_ID_REQ, "size", number(24), "mnt_id", mount, "param", after);
  }

  private static Struct of(Value mount, Value after, Value namespace) {
    return Value.struct(
        StructType.MNT_ID_REQ,
        "size",
        number(32),
        "mnt_id",
        mount,
        "param",
        after,
        "mnt_ns_id",
        namespace);
  }

  @Claim(
      id = "statmount-of-what-is-gone",
      section = "statmount(2)",
      says = "A mount that was unmounted, or is attached nowhere yet, is no mount: ENOENT",
      catches = "a kernel that tells of a mount that happens to have the next ID, or is in none",
      editions = "none")
  @NotApplicable(before = SINCE, because = LACKING)
  void gone(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    IdOf first = mountAt(s, "/new/old");
    s.mkdir("/place");
    s.mountTmpfs("/place");
    s.statmount(first).succeeds();
    s.umount("/new/old", UmountFlag.MNT_DETACH).succeeds();
    s.statmount(first).fails(Errno.ENOENT);
    s.listmount(of(first), MANY).fails(Errno.ENOENT);
    Descriptor clone = s.openTree("/new", OPEN_TREE_CLONE).value();
    s.statmount(new IdOf(MOUNT, clone)).fails(Errno.ENOENT);
    s.moveMount(clone, "/new/old").succeeds();
    s.statmount(new IdOf(MOUNT, clone)).succeeds();
  }

  @Claim(
      id = "statmount-out-of-reach",
      section = "statmount(2)",
      says =
          "Of mounts that its root directory does not lead to, statmount(2) and listmount(2) tell a"
              + " task nothing without CAP_SYS_ADMIN: EPERM",
      catches = "a kernel in which a chrooted task learns of mounts outside",
      editions = "none")
  @NotApplicable(before = SINCE, because = LACKING)
  void outOfReach(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/outside");
    s.mountTmpfs("/new/old");
    IdOf outside = mountAt(s, "/outside");
    IdOf inside = mountAt(s, "/new/old");
    Task p = stage.task("P");
    p.chroot("/new").succeeds();
    p.statmount(outside).succeeds();
    p.drop(Capability.CAP_SYS_ADMIN);
    p.statmount(outside).fails(Errno.EPERM);
    p.listmount(of(outside), MANY).fails(Errno.EPERM);
    p.statmount(inside).succeeds();
    p.listmount(of(inside), MANY).is(0L);
    s.statmount(outside).succeeds();
  }

  @Claim(
      id = "listmount-of-a-part",
      section = "listmount(2)",
      says = "Of a mount those on it are listed, at any depth, and not itself nor any beside it",
      catches = "a kernel that lists the mount itself, its children alone, or its namespace",
      editions = "none")
  @NotApplicable(before = SINCE, because = LACKING)
  void part(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.newTmpfs("/new/old/in", "/beside");
    s.listmount(of(mountAt(s, "/new")), MANY).is(2L);
    s.listmount(of(mountAt(s, "/new/old")), MANY).is(1L);
    s.listmount(of(mountAt(s, "/new/old/in")), MANY).is(0L);
    s.listmount(of(mountAt(s, "/")), MANY).is((long) s.tree().value().mounts().size() - 1);
    s.umount("/new/old", UmountFlag.MNT_DETACH);
    s.listmount(of(mountAt(s, "/new")), MANY).is(0L);
  }

  @Claim(
      id = "listmount-goes-on-behind-one",
      section = "listmount(2)",
      says =
          "listmount(2) lists as many as there is room for, and goes on behind the one that it is told,"
              + " in the order in which they were made",
      catches = "a kernel that lists the one again that it is told, or begins behind the next",
      editions = "none")
  @NotApplicable(before = SINCE, because = LACKING)
  void goesOn(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.newTmpfs("/new/old/a", "/new/old/b", "/new/old/c");
    IdOf top = mountAt(s, "/new/old");
    s.listmount(of(top), MANY).is(3L);
    s.listmount(of(top), 2).is(2L);
    s.listmount(of(top), 0).is(0L);
    s.listmount(of(top, mountAt(s, "/new/old/a")), MANY).is(2L);
    s.listmount(of(top, mountAt(s, "/new/old/b")), MANY).is(1L);
    s.listmount(of(top, mountAt(s, "/new/old/c")), MANY).is(0L);
    // The one behind which it goes on need not be one that is listed.
    s.listmount(of(top, top), MANY).is(3L);
  }

  @Claim(
      id = "listmount-backwards",
      section = "listmount(2)",
      says = "With LISTMOUNT_REVERSE listmount(2) goes on before the one that it is told",
      catches = "a kernel that ignores the flag, or lists the one again that it is told",
      editions = "none")
  @NotApplicable(before = "6.11", because = "LISTMOUNT_REVERSE came with Linux 6.11")
  void backwards(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.newTmpfs("/new/old/a", "/new/old/b", "/new/old/c");
    IdOf top = mountAt(s, "/new/old");
    if (s.listmount(of(top), MANY, ListmountFlag.LISTMOUNT_REVERSE).failedWith(Errno.EINVAL)) {
      throw stage.notApplicable("LISTMOUNT_REVERSE");
    }
    s.listmount(of(top), MANY, ListmountFlag.LISTMOUNT_REVERSE).is(3L);
    s.listmount(of(top, mountAt(s, "/new/old/a")), MANY, ListmountFlag.LISTMOUNT_REVERSE).is(0L);
    s.listmount(of(top, mountAt(s, "/new/old/b")), MANY, ListmountFlag.LISTMOUNT_REVERSE).is(1L);
    s.listmount(of(top, mountAt(s, "/new/old/c")), MANY, ListmountFlag.LISTMOUNT_REVERSE).is(2L);
    s.listmount(of(top, mountAt(s, "/new/old/c")), 1, ListmountFlag.LISTMOUNT_REVERSE).is(1L);
  }

  @Claim(
      id = "statmount-in-another-namespace",
      section = "statmount(2)",
      says =
          "Of the mounts of another namespace statmount(2) tells who names it and has CAP_SYS_ADMIN over"
              + " it, else EPERM, and so does listmount(2), else ENOENT",
      catches = "a kernel that tells everybody, or finds a mount in the wrong namespace",
      editions = "none",
      userland = true)
  @NotApplicable(
      before = "6.12",
      because = "NS_MNT_GET_PREV, by which it is found out, came with Linux 6.12")
  @Contradicted(
      from = "6.16",
      before = "6.18.44",
      because =
          "statmount() says ENOENT there, as listmount() does, of a namespace that the caller may not"
              + " look into")
  void otherNamespace(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    q.mountTmpfs("/new/old");
    Descriptor file = s.openOf(q, "ns/mnt", OpenFlag.O_RDONLY).value();
    if (s.previousMountNamespace(file, INFORMATION).failedWith(Errno.ENOTTY)) {
      throw stage.notApplicable("IDs of mount namespaces");
    }
    IdOf namespace = new IdOf(NAMESPACE, file);
    IdOf theirs = mountAt(q, "/new/old");
    IdOf above = mountAt(q, "/new");
    s.statmount(theirs).fails(Errno.ENOENT);
    s.statmount(theirs, namespace).succeeds();
    s.listmount(of(above, number(0), namespace), MANY).is(1L);
    s.statmount(mountAt(s, "/new"), namespace).fails(Errno.ENOENT);
    Task p = stage.task("P");
    p.drop(Capability.CAP_SYS_ADMIN);
    p.statmount(theirs, namespace).fails(Errno.EPERM);
    p.listmount(of(above, number(0), namespace), MANY).fails(Errno.ENOENT);
    q.drop(Capability.CAP_SYS_ADMIN);
    q.statmount(theirs, namespace).succeeds();
  }

  @Claim(
      id = "mount-namespaces-in-order",
      section = "ioctl_nsfs(2)",
      says =
          "From the file of a mount namespace NS_MNT_GET_NEXT leads to that which was made next, and"
              + " NS_MNT_GET_PREV back; behind the last it is ENOENT",
      catches = "a kernel that loses a namespace, or leads to another",
      editions = "none",
      in = Placement.ROOT,
      userland = true)
  @NotApplicable(before = "6.12", because = "the requests came with Linux 6.12")
  void inOrder(Stage stage) {
    Task s = stage.task("S");
    s.unshare(CloneFlag.CLONE_NEWNS);
    Descriptor first = s.mountNamespace().value();
    Task q = stage.taskInOtherNamespace("Q");
    Task r = stage.taskInOtherNamespace("R");
    Descriptor second = s.openOf(q, "ns/mnt", OpenFlag.O_RDONLY).value();
    Descriptor third = s.openOf(r, "ns/mnt", OpenFlag.O_RDONLY).value();
    if (s.nextMountNamespace(third, INFORMATION).failedWith(Errno.ENOTTY)) {
      throw stage.notApplicable("NS_MNT_GET_NEXT");
    }
    s.nextMountNamespace(third, INFORMATION).fails(Errno.ENOENT);
    Descriptor next = s.nextMountNamespace(first, INFORMATION).succeeds().value();
    s.stat(next).is(s.stat(second).value());
    Descriptor last = s.nextMountNamespace(next, INFORMATION).succeeds().value();
    s.stat(last).is(s.stat(third).value());
    Descriptor back = s.previousMountNamespace(last, INFORMATION).succeeds().value();
    s.stat(back).is(s.stat(second).value());
    s.setnsMount(back).succeeds();
    s.tree().is(q.tree().value());
    Descriptor other = s.open("/", OpenFlag.O_RDONLY).value();
    s.nextMountNamespace(other, INFORMATION).fails(Errno.ENOTTY);
  }

  @Claim(
      id = "mount-namespaces-in-order-without-information",
      section = "ioctl_nsfs(2)",
      says =
          "Information of the namespace that they lead to is told only where there is room given",
      catches = "a kernel that cannot do without the room",
      editions = "none",
      in = Placement.ROOT,
      userland = true)
  @NotApplicable(before = "6.12", because = "the requests came with Linux 6.12")
  @Contradicted(
      from = "6.19",
      because =
          "copy_ns_info_to_user() is called without a look at the pointer, though the comment above it"
              + " says \"if\": EFAULT")
  void withoutInformation(Stage stage) {
    Task s = stage.task("S");
    s.unshare(CloneFlag.CLONE_NEWNS);
    Descriptor first = s.mountNamespace().value();
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor second = s.openOf(q, "ns/mnt", OpenFlag.O_RDONLY).value();
    if (s.nextMountNamespace(first, INFORMATION).failedWith(Errno.ENOTTY)) {
      throw stage.notApplicable("NS_MNT_GET_NEXT");
    }
    Descriptor next = s.nextMountNamespace(first, nullPointer()).succeeds().value();
    s.stat(next).is(s.stat(second).value());
  }

  @Claim(
      id = "statmount-by-descriptor",
      section = "statmount(2)",
      says =
          "By a descriptor it tells of the mount that this is on, wherever that is, also when it is"
              + " unmounted; a closed one is EBADF, and an ID beside it EINVAL",
      catches = "a kernel that looks for the mount in a namespace after all",
      editions = "none")
  @NotApplicable(before = "7.0", because = "STATMOUNT_BY_FD came with Linux 7.0")
  void byDescriptor(Stage stage) {
    Task s = stage.task("S");
    Descriptor here = s.open("/new", OpenFlag.O_PATH).value();
    if (s.statmountByDescriptor(here, number(0)).failedWith(Errno.EINVAL)) {
      throw stage.notApplicable("STATMOUNT_BY_FD");
    }
    s.statmountByDescriptor(here, number(0)).succeeds();
    s.statmountByDescriptor(here, new IdOf(MOUNT, here)).fails(Errno.EINVAL);
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor theirs = q.open("/new", OpenFlag.O_PATH).value();
    s.statmountByDescriptor(theirs, number(0)).succeeds();
    s.umount("/new", UmountFlag.MNT_DETACH).succeeds();
    s.statmountByDescriptor(here, number(0)).succeeds();
    s.close(here);
    s.statmountByDescriptor(here, number(0)).fails(Errno.EBADF);
  }
}
