package org.pivotroot.tck.suites.opentree2;

import static org.pivotroot.tck.model.call.AtFlag.AT_RECURSIVE;
import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR_IDMAP;
import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR_NOATIME;
import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR_NODEV;
import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR_RDONLY;
import static org.pivotroot.tck.model.call.OpenTreeFlag.OPEN_TREE_CLONE;
import static org.pivotroot.tck.model.call.Value.nullPointer;
import static org.pivotroot.tck.model.call.Value.workingDirectory;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.NotApplicable;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Attributes;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.MountTable;

/** open_tree_attr(2): a tree that has its attributes before anybody can see it. */
@Page("open_tree(2)")
class AttributeClaims {
  private static final String SINCE = "6.15";
  private static final String LACKING = "open_tree_attr(2) came with Linux 6.15";
  private static final int SIZE = StructType.MOUNT_ATTR.size();

  /** The first task, where there is such a call, and a mount on the second of the stage. */
  private static Task task(Stage stage) {
    Task s = stage.task("S");
    if (s.openTreeAttr("/", Attributes.set()).failedWith(Errno.ENOSYS)) {
      throw stage.notApplicable("open_tree_attr(2)");
    }
    s.mountTmpfs("/new/old");
    s.mkdir("/place");
    return s;
  }

  @Claim(
      id = "open-tree-attr-of-a-clone",
      section = "DESCRIPTION",
      editions = "none",
      says = "A clone has the attributes from the start, the original is as it was",
      catches = "a kernel that sets them on the original, or on none of the two")
  @NotApplicable(before = SINCE, because = LACKING)
  void clone(Stage stage) {
    Task s = task(stage);
    MountTable before = s.tree().value();
    Descriptor tree =
        s.openTreeAttr("/new", Attributes.set(MOUNT_ATTR_RDONLY), OPEN_TREE_CLONE)
            .succeeds()
            .value();
    s.tree().is(before);
    s.moveMount(tree, "/place").succeeds();
    s.mountAt("/place").hasOptions("ro,relatime");
    s.mkdir("/place/made").fails(Errno.EROFS);
    s.mountAt("/new").hasOptions("rw,relatime");
    s.mkdir("/new/made").succeeds();
  }

  @Claim(
      id = "open-tree-attr-of-a-tree",
      section = "DESCRIPTION",
      editions = "none",
      says = "With AT_RECURSIVE the whole clone has them",
      catches = "a kernel that clones the tree and sets them at its top")
  @NotApplicable(before = SINCE, because = LACKING)
  void tree(Stage stage) {
    Task s = task(stage);
    Descriptor tree =
        s.openTreeAttr("/new", Attributes.set(MOUNT_ATTR_RDONLY), OPEN_TREE_CLONE, AT_RECURSIVE)
            .succeeds()
            .value();
    s.moveMount(tree, "/place").succeeds();
    s.mountAt("/place").hasOptions("ro,relatime");
    s.mountAt("/place/old").hasOptions("ro,relatime");
    s.mkdir("/place/old/made").fails(Errno.EROFS);
    s.mountAt("/new/old").hasOptions("rw,relatime");
    s.mkdir("/new/old/made").succeeds();
  }

  @Claim(
      id = "open-tree-attr-without-a-clone",
      section = "DESCRIPTION",
      editions = "none",
      says = "Without OPEN_TREE_CLONE they are set on the mount that is there",
      catches = "a kernel that forgets them, or sets them on a copy")
  @NotApplicable(before = SINCE, because = LACKING)
  void noClone(Stage stage) {
    Task s = task(stage);
    Descriptor tree = s.openTreeAttr("/new", Attributes.set(MOUNT_ATTR_NODEV)).succeeds().value();
    s.stat(tree).is(s.stat("/new").value());
    s.mountAt("/new").hasOptions("rw,nodev,relatime");
    s.mountAt("/new/old").hasOptions("rw,relatime");
  }

  @Claim(
      id = "open-tree-attr-errors",
      section = "ERRORS",
      editions = "none",
      says =
          "What mount_setattr(2) refuses is refused, of a clone as well, and nothing has changed; a size"
              + " without attributes is EINVAL",
      catches = "a kernel that opens the tree though its attributes cannot be had")
  @NotApplicable(before = SINCE, because = LACKING)
  void errors(Stage stage) {
    Task s = task(stage);
    s.createFile("/new/file");
    Descriptor writer = s.open("/new/file", OpenFlag.O_WRONLY).value();
    s.openTreeAttr("/new", Attributes.set(MOUNT_ATTR_RDONLY)).fails(Errno.EBUSY);
    s.openTreeAttr("/new", Attributes.set(MOUNT_ATTR_NOATIME), OPEN_TREE_CLONE).fails(Errno.EINVAL);
    s.openTreeAttr("/new", Attributes.set(MOUNT_ATTR_NODEV), OPEN_TREE_CLONE).succeeds();
    s.close(writer);
    s.openTreeAttr("/new/none", Attributes.set(MOUNT_ATTR_RDONLY)).fails(Errno.ENOENT);
    s.openTreeAttr(workingDirectory(), "/new", nullPointer(), SIZE).fails(Errno.EINVAL);
    s.openTreeAttr(workingDirectory(), "/new", Attributes.set(MOUNT_ATTR_NODEV), SIZE - 1)
        .fails(Errno.EINVAL);
    Task q = s.fork("Q");
    q.drop(Capability.CAP_SYS_ADMIN);
    q.openTreeAttr("/new", Attributes.set(MOUNT_ATTR_NODEV)).fails(Errno.EPERM);
    q.openTree("/new").succeeds();
    s.openTreeAttr("/new", Attributes.set(MOUNT_ATTR_RDONLY)).succeeds();
    s.mkdir("/new/made").fails(Errno.EROFS);
  }

  @Claim(
      id = "open-tree-attr-maps-anew",
      section = "DESCRIPTION",
      editions = "none",
      says =
          "The clone of an ID-mapped mount can be mapped otherwise or not at all, as nobody has seen it"
              + " yet",
      catches = "a kernel that takes the clone for what it was cloned from, or changes that",
      userland = true)
  @Needs(Feature.IDMAPPED_MOUNTS)
  @NotApplicable(before = SINCE, because = LACKING)
  void mapsAnew(Stage stage) {
    Task s = task(stage);
    Descriptor seven = s.userNamespace("U", "0 7 1");
    Descriptor same = s.userNamespace("V", "0 0 1");
    Descriptor mapped =
        s.openTreeAttr("/new", Attributes.idmap(seven), OPEN_TREE_CLONE).succeeds().value();
    s.moveMount(mapped, "/place").succeeds();
    s.mkdir("/place/made").fails(Errno.EOVERFLOW);
    s.mkdir("/other");
    Descriptor other =
        s.openTreeAttr("/place", Attributes.idmap(same), OPEN_TREE_CLONE).succeeds().value();
    s.moveMount(other, "/other").succeeds();
    s.mountAt("/other").hasOptions("rw,relatime,idmapped");
    s.mkdir("/other/made").succeeds();
    s.mkdir("/plain");
    Descriptor plain =
        s.openTreeAttr("/place", Attributes.clear(MOUNT_ATTR_IDMAP), OPEN_TREE_CLONE)
            .succeeds()
            .value();
    s.moveMount(plain, "/plain").succeeds();
    s.mountAt("/plain").hasOptions("rw,relatime");
    s.mkdir("/plain/more").succeeds();
    s.mountAt("/place").hasOptions("rw,relatime,idmapped");
    s.mkdir("/place/last").fails(Errno.EOVERFLOW);
  }
}
