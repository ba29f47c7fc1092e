package org.pivotroot.tck.suites.mountsetattr2;

import static org.pivotroot.tck.model.call.AtFlag.AT_RECURSIVE;
import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR_NODEV;
import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR_RDONLY;
import static org.pivotroot.tck.model.call.MountFlag.MS_PRIVATE;
import static org.pivotroot.tck.model.call.MountFlag.MS_REC;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MountFlag.MS_SLAVE;
import static org.pivotroot.tck.model.call.MountFlag.MS_UNBINDABLE;
import static org.pivotroot.tck.suites.mountsetattr2.AttributeClaims.LACKING;
import static org.pivotroot.tck.suites.mountsetattr2.AttributeClaims.SINCE;
import static org.pivotroot.tck.suites.mountsetattr2.AttributeClaims.task;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.NotApplicable;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Attributes;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.AtFlag;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.OpenTreeFlag;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.call.Value.Struct;

/** What mount_setattr(2) refuses, all or nothing, and propagation by it. */
@Page("mount_setattr(2)")
class ErrorClaims {
  private static final Struct NODEV = Attributes.set(MOUNT_ATTR_NODEV);
  private static final int SIZE = StructType.MOUNT_ATTR.size();

  @Claim(
      id = "setattr-needs-sys-admin",
      section = "ERRORS",
      says = "Without CAP_SYS_ADMIN it is EPERM, even where nothing is to be changed",
      catches = "a kernel that lets everybody change mounts")
  @NotApplicable(before = SINCE, because = LACKING)
  void needsAdmin(Stage stage) {
    Task s = task(stage);
    Task q = s.fork("Q");
    q.drop(Capability.CAP_SYS_ADMIN);
    q.mountSetattr("/new", NODEV).fails(Errno.EPERM);
    q.mountSetattr("/new", Attributes.set()).fails(Errno.EPERM);
    q.mountSetattr("/none", NODEV).fails(Errno.EPERM);
    s.mountSetattr("/new", NODEV).succeeds();
  }

  @Claim(
      id = "setattr-of-nothing-asks-nothing",
      section = "NOTES",
      editions = "none",
      says = "Where nothing is to be changed it succeeds before the path is looked up",
      catches = "a kernel that looks the path up first")
  @NotApplicable(before = SINCE, because = LACKING)
  void nothing(Stage stage) {
    Task s = task(stage);
    s.mountSetattr("/none", Attributes.set()).succeeds();
    s.mountSetattr("/none", NODEV).fails(Errno.ENOENT);
  }

  @Claim(
      id = "setattr-size",
      section = "ERRORS",
      says = "A structure of too few bytes is EINVAL, of more than a page E2BIG",
      catches = "a kernel that reads what it was not given")
  @NotApplicable(before = SINCE, because = LACKING)
  void size(Stage stage) {
    Task s = task(stage);
    Value here = Value.workingDirectory();
    s.mountSetattr(here, "/new", NODEV, SIZE - 1).fails(Errno.EINVAL);
    s.mountSetattr(here, "/new", NODEV, 0).fails(Errno.EINVAL);
    s.mountSetattr(here, "/new", NODEV, 65536).fails(Errno.E2BIG);
    s.mountSetattr(here, "/new", NODEV, SIZE).succeeds();
  }

  @Claim(
      id = "setattr-of-no-mount",
      section = "ERRORS",
      says = "A directory that is the root of no mount is EINVAL",
      catches = "a kernel that changes the mount that the directory is in")
  @NotApplicable(before = SINCE, because = LACKING)
  void noMount(Stage stage) {
    Task s = task(stage);
    s.mountSetattr("/new/old", NODEV).fails(Errno.EINVAL);
    s.mountSetattr("/new/old", Attributes.type(MS_SHARED)).fails(Errno.EINVAL);
    s.bind("/new/old", "/new/old");
    s.mountSetattr("/new/old", NODEV).succeeds();
    s.mountAt("/new").hasOptions("rw,relatime");
  }

  @Claim(
      id = "setattr-of-another-namespace",
      section = "ERRORS",
      says = "A mount of another mount namespace is EINVAL",
      catches = "a kernel in which one namespace changes the mounts of another")
  @NotApplicable(before = SINCE, because = LACKING)
  void otherNamespace(Stage stage) {
    Task s = task(stage);
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor foreign = q.open("/new", OpenFlag.O_PATH).value();
    s.mountSetattr(foreign, "", NODEV, SIZE, AtFlag.AT_EMPTY_PATH).fails(Errno.EINVAL);
    s.mountSetattr(foreign, "", Attributes.type(MS_SHARED), SIZE, AtFlag.AT_EMPTY_PATH)
        .fails(Errno.EINVAL);
    Descriptor own = s.open("/new", OpenFlag.O_PATH).value();
    s.mountSetattr(own, "", NODEV, SIZE, AtFlag.AT_EMPTY_PATH).succeeds();
    q.mountAt("/new").hasOptions("rw,relatime");
  }

  @Claim(
      id = "setattr-read-only-with-a-writer",
      section = "ERRORS",
      says = "With a file open for writing, read-only is EBUSY, and of a tree nothing is changed",
      catches = "a kernel that leaves half of the tree read-only, or a writer on a read-only mount")
  @NotApplicable(before = SINCE, because = LACKING)
  void writer(Stage stage) {
    Task s = task(stage);
    s.mountTmpfs("/new/old");
    s.createFile("/new/old/file");
    Descriptor writer = s.open("/new/old/file", OpenFlag.O_WRONLY).value();
    s.mountSetattr("/new/old", Attributes.set(MOUNT_ATTR_RDONLY)).fails(Errno.EBUSY);
    s.mountSetattr("/new", Attributes.set(MOUNT_ATTR_RDONLY), AT_RECURSIVE).fails(Errno.EBUSY);
    s.mkdir("/new/a").succeeds();
    s.mkdir("/new/old/a").succeeds();
    s.close(writer);
    s.mountSetattr("/new", Attributes.set(MOUNT_ATTR_RDONLY), AT_RECURSIVE).succeeds();
    s.mkdir("/new/b").fails(Errno.EROFS);
    s.mkdir("/new/old/b").fails(Errno.EROFS);
  }

  @Claim(
      id = "setattr-locked",
      section = "ERRORS",
      says =
          "A less privileged namespace cannot clear what it inherited set: EPERM, all or nothing",
      catches = "a kernel in which a user namespace makes read-only mounts writable",
      userland = true)
  @NotApplicable(before = SINCE, because = LACKING)
  void locked(Stage stage) {
    Task s = task(stage);
    s.mountTmpfs("/new/old");
    s.mountSetattr("/new/old", Attributes.set(MOUNT_ATTR_RDONLY, MOUNT_ATTR_NODEV));
    Task u = s.lessPrivileged("U");
    u.mountSetattr("/new/old", Attributes.clear(MOUNT_ATTR_RDONLY)).fails(Errno.EPERM);
    u.mountSetattr("/new/old", Attributes.clear(MOUNT_ATTR_NODEV)).fails(Errno.EPERM);
    u.mountSetattr("/new", Attributes.clear(MOUNT_ATTR_RDONLY), AT_RECURSIVE).fails(Errno.EPERM);
    u.mountSetattr("/new", Attributes.set(MOUNT_ATTR_NODEV), AT_RECURSIVE).succeeds();
    u.mountSetattr("/new", Attributes.clear(MOUNT_ATTR_NODEV)).succeeds();
    s.mountAt("/new").hasOptions("rw,relatime");
  }

  @Claim(
      id = "setattr-propagation",
      section = "DESCRIPTION",
      says = "It changes the propagation type, of one mount or with AT_RECURSIVE of the tree",
      catches = "a kernel that mixes up the types, or whose shared mounts send nothing")
  @NotApplicable(before = SINCE, because = LACKING)
  void propagation(Stage stage) {
    Task s = task(stage);
    s.mountTmpfs("/new/old");
    s.mountSetattr("/new", Attributes.type(MS_SHARED)).succeeds();
    s.mountAt("/new").isShared();
    s.mountAt("/new/old").isPrivate();
    s.mountSetattr("/new", Attributes.type(MS_SHARED), AT_RECURSIVE).succeeds();
    s.mountAt("/new/old").isShared().isNoPeerOf(s.mountAt("/new"));
    Task q = stage.taskInOtherNamespace("Q");
    q.mountSetattr("/new", Attributes.type(MS_SLAVE), AT_RECURSIVE).succeeds();
    q.mountAt("/new/old").isSlave().isSlaveOf(s.mountAt("/new/old"));
    s.mkdir("/new/old/x");
    s.mountTmpfs("/new/old/x");
    q.mountAt("/new/old/x").isThere();
    s.mountSetattr("/new", Attributes.type(MS_UNBINDABLE)).succeeds();
    s.mountAt("/new").isUnbindable();
    s.mountSetattr("/new", Attributes.type(MS_PRIVATE)).succeeds();
    s.mountAt("/new").isPrivate();
  }

  @Claim(
      id = "setattr-two-propagation-types",
      section = "ERRORS",
      says = "Two propagation types at once, or MS_REC among them, are EINVAL",
      catches = "a kernel that takes the first that it finds")
  @NotApplicable(before = SINCE, because = LACKING)
  void twoTypes(Stage stage) {
    Task s = task(stage);
    for (MountFlag[] types :
        new MountFlag[][] {{MS_SHARED, MS_SLAVE}, {MS_PRIVATE, MS_UNBINDABLE}, {MS_REC}}) {
      s.mountSetattr("/new", Attributes.type(types)).fails(Errno.EINVAL);
    }
    s.mountSetattr("/new", Attributes.type(MS_SHARED)).succeeds();
  }

  @Claim(
      id = "setattr-unknown",
      section = "ERRORS",
      says = "Attributes and flags that there are none of are EINVAL",
      catches = "a kernel that ignores what it does not know")
  @NotApplicable(before = SINCE, because = LACKING)
  void unknown(Stage stage) {
    Task s = task(stage);
    s.mountSetattr("/new", Value.struct(StructType.MOUNT_ATTR, "attr_set", Value.bits(1L << 40)))
        .fails(Errno.EINVAL);
    s.mountSetattr("/new", Value.struct(StructType.MOUNT_ATTR, "attr_clr", Value.bits(1L << 40)))
        .fails(Errno.EINVAL);
    s.mountSetattr("/new", NODEV).succeeds();
  }

  @Claim(
      id = "setattr-of-a-part-of-a-detached-tree",
      section = "ERRORS",
      editions = "none",
      says =
          "In a tree that is attached nowhere, attributes are set from its top, and not from a mount"
              + " within it: EINVAL",
      catches = "a kernel that looks only whether the tree is in no namespace")
  @NotApplicable(before = SINCE, because = LACKING)
  void partOfDetachedTree(Stage stage) {
    Task s = task(stage);
    s.mountTmpfs("/new/old");
    Descriptor tree = s.openTree("/new", OpenTreeFlag.OPEN_TREE_CLONE, AT_RECURSIVE).value();
    Descriptor part = s.openat(tree, "old", OpenFlag.O_PATH).value();
    s.mountSetattr(part, "", NODEV, SIZE, AtFlag.AT_EMPTY_PATH).fails(Errno.EINVAL);
    s.mountSetattr(tree, "", NODEV, SIZE, AtFlag.AT_EMPTY_PATH, AT_RECURSIVE).succeeds();
    s.mkdir("/place");
    s.moveMount(tree, "/place").value();
    s.mountAt("/place/old").hasOptions("rw,nodev,relatime");
    s.mountSetattr(part, "", Attributes.type(MS_SHARED), SIZE, AtFlag.AT_EMPTY_PATH).succeeds();
    s.mountAt("/place/old").isShared();
  }

  @Claim(
      id = "setattr-failed-type-leaves-no-group",
      section = "ERRORS",
      editions = "none",
      says =
          "Where an attribute cannot be set, a propagation type that comes with it is not either, and"
              + " no peer group has been made",
      catches = "a kernel that gives the mounts a group before it knows whether it may")
  @NotApplicable(before = SINCE, because = LACKING)
  void failedType(Stage stage) {
    Task s = task(stage);
    s.mountTmpfs("/new/old");
    s.createFile("/new/old/file");
    Descriptor writer = s.open("/new/old/file", OpenFlag.O_WRONLY).value();
    Struct both =
        Value.struct(
            StructType.MOUNT_ATTR,
            "attr_set",
            Value.flags(MOUNT_ATTR_RDONLY),
            "propagation",
            Value.flags(MS_SHARED));
    s.mountSetattr("/new", both, AT_RECURSIVE).fails(Errno.EBUSY);
    s.mountAt("/new").isPrivate().hasOptions("rw,relatime");
    s.mountAt("/new/old").isPrivate().hasOptions("rw,relatime");
    s.close(writer);
    s.mountSetattr("/new", both, AT_RECURSIVE).succeeds();
    s.mountAt("/new").isShared().hasOptions("ro,relatime");
    s.mountAt("/new/old").isShared().isNoPeerOf(s.mountAt("/new"));
  }
}
