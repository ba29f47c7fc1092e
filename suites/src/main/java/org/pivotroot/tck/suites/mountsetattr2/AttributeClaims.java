package org.pivotroot.tck.suites.mountsetattr2;

import static org.pivotroot.tck.model.call.AtFlag.AT_EMPTY_PATH;
import static org.pivotroot.tck.model.call.AtFlag.AT_RECURSIVE;
import static org.pivotroot.tck.model.call.AtFlag.AT_SYMLINK_NOFOLLOW;
import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR_NOATIME;
import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR_NODEV;
import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR_NOEXEC;
import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR_NOSUID;
import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR_RDONLY;
import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR_STRICTATIME;
import static org.pivotroot.tck.model.call.MountAttribute.MOUNT_ATTR__ATIME;
import static org.pivotroot.tck.model.call.OpenTreeFlag.OPEN_TREE_CLONE;

import java.util.Locale;
import java.util.Map;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Columns;
import org.pivotroot.tck.harness.claim.NotApplicable;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Attributes;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountAttribute;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.call.Value.Struct;

/** What the attributes of mounts become, and where. */
@Page("mount_setattr(2)")
class AttributeClaims {
  static final String SINCE = "5.12";
  static final String LACKING = "mount_setattr(2) came with Linux 5.12";

  /** The first task, where there is such a call. */
  static Task task(Stage stage) {
    Task s = stage.task("S");
    if (s.mountSetattr("/", Attributes.set()).failedWith(Errno.ENOSYS)) {
      throw stage.notApplicable("mount_setattr(2)");
    }
    return s;
  }

  /** What each attribute makes of the options of a mount in mountinfo. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "rdonly", "ro,relatime",
          "nosuid", "rw,nosuid,relatime",
          "nodev", "rw,nodev,relatime",
          "noexec", "rw,noexec,relatime",
          "nodiratime", "rw,nodiratime,relatime");

  @Claim(
      id = "setattr-attributes",
      section = "DESCRIPTION",
      says = "An attribute is set on this mount, shown by mountinfo, and cleared again",
      catches = "a kernel that confuses two attributes, or sets them on the file system")
  @NotApplicable(before = SINCE, because = LACKING)
  @Columns(
      of = "options of a mount with an attribute",
      row = "set",
      value = {"rdonly", "nosuid", "nodev", "noexec", "nodiratime"})
  void attributes(Stage stage, String name) {
    Task s = task(stage);
    MountAttribute attribute =
        MountAttribute.valueOf("MOUNT_ATTR_" + name.toUpperCase(Locale.ROOT));
    s.mkdir("/copy");
    s.bind("/new", "/copy");
    s.mountSetattr("/new", Attributes.set(attribute)).succeeds();
    s.mountAt("/new").hasOptions(OPTIONS.get(name));
    s.mountAt("/copy").hasOptions("rw,relatime");
    s.mountAt("/").hasOptions("rw,relatime");
    s.mountSetattr("/new", Attributes.clear(attribute)).succeeds();
    s.mountAt("/new").hasOptions("rw,relatime");
  }

  @Claim(
      id = "setattr-access-times",
      section = "DESCRIPTION",
      says = "The access time settings replace each other, given with MOUNT_ATTR__ATIME to clear",
      catches = "a kernel in which two settings are on at once")
  @NotApplicable(before = SINCE, because = LACKING)
  void accessTimes(Stage stage) {
    Task s = task(stage);
    s.mountSetattr("/new", Attributes.change(MOUNT_ATTR_NOATIME, MOUNT_ATTR__ATIME)).succeeds();
    s.mountAt("/new").hasOptions("rw,noatime");
    s.mountSetattr("/new", Attributes.change(MOUNT_ATTR_STRICTATIME, MOUNT_ATTR__ATIME)).succeeds();
    s.mountAt("/new").hasOptions("rw");
    s.mountSetattr("/new", Attributes.clear(MOUNT_ATTR__ATIME)).succeeds();
    s.mountAt("/new").hasOptions("rw,relatime");
  }

  @Claim(
      id = "setattr-access-time-without-clearing",
      section = "ERRORS",
      says = "An access time setting without clearing MOUNT_ATTR__ATIME, or part of it, is EINVAL",
      catches = "a kernel that takes the settings for independent bits")
  @NotApplicable(before = SINCE, because = LACKING)
  void atimeAlone(Stage stage) {
    Task s = task(stage);
    s.mountSetattr("/new", Attributes.set(MOUNT_ATTR_NOATIME)).fails(Errno.EINVAL);
    s.mountSetattr("/new", Attributes.clear(MOUNT_ATTR_NOATIME)).fails(Errno.EINVAL);
    s.mountSetattr("/new", Attributes.change(MOUNT_ATTR_NOATIME, MOUNT_ATTR_STRICTATIME))
        .fails(Errno.EINVAL);
    s.mountSetattr("/new", Attributes.change(MOUNT_ATTR__ATIME, MOUNT_ATTR__ATIME))
        .fails(Errno.EINVAL);
    s.mountSetattr("/new", Attributes.change(MOUNT_ATTR_NOATIME, MOUNT_ATTR__ATIME)).succeeds();
  }

  @Claim(
      id = "setattr-read-only-is-of-the-mount",
      section = "DESCRIPTION",
      says = "Read-only means through this mount; through another of the file system one can write",
      catches = "a kernel that makes the file system read-only")
  @NotApplicable(before = SINCE, because = LACKING)
  void readOnly(Stage stage) {
    Task s = task(stage);
    s.mkdir("/copy");
    s.bind("/new", "/copy");
    s.mountSetattr("/new", Attributes.set(MOUNT_ATTR_RDONLY)).succeeds();
    s.mkdir("/new/a").fails(Errno.EROFS);
    s.mkdir("/copy/a").succeeds();
    s.rmdir("/new/a").fails(Errno.EROFS);
    s.mountSetattr("/new", Attributes.clear(MOUNT_ATTR_RDONLY)).succeeds();
    s.rmdir("/new/a").succeeds();
  }

  @Claim(
      id = "setattr-recursive",
      section = "DESCRIPTION",
      says = "With AT_RECURSIVE the whole tree below changes, without it the one mount",
      catches = "a kernel that always, or never, goes down the tree")
  @NotApplicable(before = SINCE, because = LACKING)
  void recursive(Stage stage) {
    Task s = task(stage);
    s.mountTmpfs("/new/old");
    s.newTmpfs("/beside");
    s.mkdir("/new/old/deep");
    s.mountTmpfs("/new/old/deep");
    s.mountSetattr("/new", Attributes.set(MOUNT_ATTR_NODEV)).succeeds();
    s.mountAt("/new").hasOptions("rw,nodev,relatime");
    s.mountAt("/new/old").hasOptions("rw,relatime");
    s.mountSetattr("/new", Attributes.set(MOUNT_ATTR_NOEXEC), AT_RECURSIVE).succeeds();
    s.mountAt("/new").hasOptions("rw,nodev,noexec,relatime");
    s.mountAt("/new/old").hasOptions("rw,noexec,relatime");
    s.mountAt("/new/old/deep").hasOptions("rw,noexec,relatime");
    s.mountAt("/").hasOptions("rw,relatime");
    s.mountAt("/beside").hasOptions("rw,relatime");
  }

  @Claim(
      id = "setattr-on-a-detached-tree",
      section = "DESCRIPTION",
      says = "A tree that is nowhere yet can be changed by its descriptor, and is so when attached",
      catches = "a kernel that refuses it, or forgets the attributes on the way")
  @NotApplicable(before = SINCE, because = LACKING)
  void detached(Stage stage) {
    Task s = task(stage);
    s.mkdir("/place");
    s.mountTmpfs("/new/old");
    Descriptor tree = s.openTree("/new", OPEN_TREE_CLONE, AT_RECURSIVE).value();
    Struct attributes = Attributes.set(MOUNT_ATTR_NOSUID);
    s.mountSetattr(tree, "", attributes, StructType.MOUNT_ATTR.size(), AT_EMPTY_PATH, AT_RECURSIVE)
        .succeeds();
    s.moveMount(tree, "/place").succeeds();
    s.mountAt("/place").hasOptions("rw,nosuid,relatime");
    s.mountAt("/place/old").hasOptions("rw,nosuid,relatime");
    s.mountAt("/new").hasOptions("rw,relatime");
    s.mountAt("/new/old").hasOptions("rw,relatime");
  }

  @Claim(
      id = "setattr-follows-links",
      section = "DESCRIPTION",
      says = "A symbolic link at the end is followed, but with AT_SYMLINK_NOFOLLOW: EINVAL",
      catches = "a kernel that never follows, or ignores the flag")
  @NotApplicable(before = SINCE, because = LACKING)
  void links(Stage stage) {
    Task s = task(stage);
    s.symlink("/new", "/link");
    s.mountSetattr("/link", Attributes.set(MOUNT_ATTR_NODEV), AT_SYMLINK_NOFOLLOW)
        .fails(Errno.EINVAL);
    s.mountSetattr("/link", Attributes.set(MOUNT_ATTR_NODEV)).succeeds();
    s.mountAt("/new").hasOptions("rw,nodev,relatime");
  }

  @Claim(
      id = "setattr-needs-an-empty-path-flag",
      section = "ERRORS",
      says = "An empty path is ENOENT without AT_EMPTY_PATH",
      catches = "a kernel that takes it for the descriptor always")
  @NotApplicable(before = SINCE, because = LACKING)
  void emptyPath(Stage stage) {
    Task s = task(stage);
    Descriptor mount = s.open("/new", OpenFlag.O_PATH).value();
    Value attributes = Attributes.set(MOUNT_ATTR_NODEV);
    int size = StructType.MOUNT_ATTR.size();
    s.mountSetattr(mount, "", attributes, size).fails(Errno.ENOENT);
    s.mountSetattr(mount, "", attributes, size, AT_EMPTY_PATH).succeeds();
    s.mountAt("/new").hasOptions("rw,nodev,relatime");
  }

  @Claim(
      id = "bind-keeps-attributes",
      section = "NOTES",
      says = "A bind mount and the copy of a namespace have the attributes of the original",
      catches = "a kernel whose copies lose read-only, nosuid, nodev or noexec")
  @NotApplicable(before = SINCE, because = LACKING)
  void copies(Stage stage) {
    Task s = task(stage);
    s.mkdir("/copy");
    s.mountSetattr(
        "/new",
        Attributes.set(MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID, MOUNT_ATTR_NODEV, MOUNT_ATTR_NOEXEC));
    s.bind("/new", "/copy");
    Task q = stage.taskInOtherNamespace("Q");
    String all = "ro,nosuid,nodev,noexec,relatime";
    s.mountAt("/copy").hasOptions(all);
    q.mountAt("/new").hasOptions(all);
    s.mountSetattr("/new", Attributes.clear(MOUNT_ATTR_RDONLY));
    q.mountAt("/new").hasOptions(all);
    s.mountAt("/copy").hasOptions(all);
  }
}
