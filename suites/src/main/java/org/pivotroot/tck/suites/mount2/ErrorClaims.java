package org.pivotroot.tck.suites.mount2;

import static org.pivotroot.tck.model.call.MountFlag.MS_BIND;
import static org.pivotroot.tck.model.call.MountFlag.MS_MOVE;
import static org.pivotroot.tck.model.call.MountFlag.MS_PRIVATE;
import static org.pivotroot.tck.model.call.MountFlag.MS_RDONLY;
import static org.pivotroot.tck.model.call.MountFlag.MS_REC;
import static org.pivotroot.tck.model.call.MountFlag.MS_REMOUNT;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.View;

/** The errors of mount(2) that concern paths and mounts, each beside a call that works. */
@Page("mount(2)")
class ErrorClaims {
  /** The error, or nothing, of who has a descriptor of /new and goes into namespaces of its own. */
  private static final String SHARE_FROM_WITHIN =
      """
      my ($there, $none, $root, $here, $type) = ("/new", "none", "/", ".", "");
      my $new = syscall(2, $there, 0x200000);           # open O_PATH
      syscall(272, 0x10020000) == 0 or die "$!";        # unshare CLONE_NEWUSER | CLONE_NEWNS
      syscall(81, $new) == 0 or die "$!";               # fchdir
      syscall(165, $none, $root, $type, 1 << 18, 0) == 0 or die "$!"; # its own: MS_PRIVATE
      my $shared = syscall(165, $none, $here, $type, 1 << 20, 0);     # MS_SHARED
      my %errors = (1 => "EPERM", 22 => "EINVAL");
      print $errors{$! + 0} // $! + 0 if $shared != 0;
      """;

  @Claim(
      id = "mount-needs-sys-admin",
      section = "ERRORS",
      says = "Without CAP_SYS_ADMIN every operation is EPERM",
      catches = "a kernel that asks for one operation and forgets the others")
  void needsAdmin(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Task q = s.fork("Q");
    q.drop(Capability.CAP_SYS_ADMIN);
    q.mountTmpfs("/place").fails(Errno.EPERM);
    q.bind("/new", "/place").fails(Errno.EPERM);
    q.move("/new", "/place").fails(Errno.EPERM);
    q.propagation("/new", MS_SHARED).fails(Errno.EPERM);
    q.mount("none", "/new", "", MS_REMOUNT).fails(Errno.EPERM);
    s.bind("/new", "/place").succeeds();
  }

  @Claim(
      id = "mount-target-lookup",
      section = "ERRORS",
      says = "A target that is missing, not below a directory, too long or a loop has its errno",
      catches = "a kernel that makes the directory, or confuses two errors")
  void target(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/file");
    s.symlink("/loop", "/loop");
    s.symlink("/new", "/link");
    FileId lower = s.stat("/new").value();
    s.mountTmpfs("/none").fails(Errno.ENOENT);
    s.mountTmpfs("").fails(Errno.ENOENT);
    s.mountTmpfs("/file/x").fails(Errno.ENOTDIR);
    s.mountTmpfs("/loop").fails(Errno.ELOOP);
    s.mountTmpfs("/" + "n".repeat(256)).fails(Errno.ENAMETOOLONG);
    s.mountTmpfs("/link").succeeds();
    s.mountAt("/new").isOn(stage.mountOf(lower));
  }

  @Claim(
      id = "mount-source-lookup",
      section = "ERRORS",
      says = "A source to bind that is missing is ENOENT, an empty one or none EINVAL",
      catches = "a kernel that binds the working directory instead")
  void source(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/file");
    s.mkdir("/place");
    s.bind("/none", "/place").fails(Errno.ENOENT);
    s.bind("/file/x", "/place").fails(Errno.ENOTDIR);
    s.bind("", "/place").fails(Errno.EINVAL);
    s.bind(Value.nullPointer(), "/place").fails(Errno.EINVAL);
    s.move("", "/place").fails(Errno.EINVAL);
    s.bind("/new", "/place").succeeds();
  }

  @Claim(
      id = "mount-type-errors",
      section = "ERRORS",
      says = "A type that there is none of is ENODEV, no type at all EINVAL",
      catches = "a kernel that mounts something else then")
  void type(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mount("none", "/place", "no-such-type").fails(Errno.ENODEV);
    s.call(
            Syscall.MOUNT,
            Value.text("none"),
            Value.text("/place"),
            Value.nullPointer(),
            Value.flags(),
            Value.nullPointer())
        .fails(Errno.EINVAL);
    s.mountTmpfs("/place").succeeds();
  }

  @Claim(
      id = "mount-file-and-directory",
      section = "ERRORS",
      says = "A file is not bound on a directory or a directory on a file: ENOTDIR",
      catches = "a kernel that mixes them, which then breaks lookups")
  void fileAndDirectory(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/file");
    s.createFile("/other");
    s.mkdir("/place");
    s.bind("/file", "/place").fails(Errno.ENOTDIR);
    s.bind("/new", "/file").fails(Errno.ENOTDIR);
    s.mountTmpfs("/file").fails(Errno.ENOTDIR);
    s.bind("/file", "/other").succeeds();
    s.mountAt("/other").hasRoot("/file");
  }

  @Claim(
      id = "mount-remount-of-no-mount",
      section = "ERRORS",
      says = "MS_REMOUNT of a directory that is the root of no mount is EINVAL, with MS_BIND too",
      catches = "a kernel that changes the mount that the directory is in")
  void remountOfNoMount(Stage stage) {
    Task s = stage.task("S");
    s.mount("none", "/new/old", "", MS_REMOUNT).fails(Errno.EINVAL);
    s.mount("none", "/new/old", "", MS_REMOUNT, MS_BIND).fails(Errno.EINVAL);
    s.mount("none", "/new", "", MS_REMOUNT).succeeds();
  }

  @Claim(
      id = "mount-move-errors",
      section = "ERRORS",
      says = "Into itself is ELOOP; what is no mount, or is on a shared one, EINVAL",
      catches = "a kernel that makes a circle, or moves what its peers keep")
  void move(Stage stage) {
    Task s = stage.taskOnDeepTree("S");
    s.mkdir("/mid/place");
    s.mkdir("/place");
    s.move("/mid", "/mid/place").fails(Errno.ELOOP);
    s.move("/mid", "/mid/next/old").fails(Errno.ELOOP);
    s.move("/mid/place", "/place").fails(Errno.EINVAL);
    s.propagation("/mid", MS_SHARED);
    s.move("/mid/next", "/place").fails(Errno.EINVAL);
    s.propagation("/mid", MS_PRIVATE);
    s.move("/mid/next", "/place").succeeds();
  }

  @Claim(
      id = "mount-move-of-file-and-directory",
      section = "ERRORS",
      says = "A mount of a directory is not moved on a file nor the other way round",
      catches = "a kernel that mixes them")
  void moveOfFile(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/file");
    s.createFile("/other");
    s.mkdir("/place");
    s.bind("/file", "/file");
    s.move("/new", "/other").fails();
    s.move("/file", "/place").fails();
    stage.fact("errno", s.move("/new", "/other").verdict());
    s.move("/file", "/other").succeeds();
    s.move("/new", "/place").succeeds();
  }

  @Claim(
      id = "mount-in-another-namespace",
      section = "ERRORS",
      says = "Neither does a place of another mount namespace take a mount nor its mount a bind",
      catches = "a kernel in which a descriptor lets one mount in a namespace one is not in",
      userland = true)
  void otherNamespace(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor foreign = q.open("/new", OpenFlag.O_PATH).value();
    Descriptor own = s.open("/new", OpenFlag.O_PATH).value();
    s.fchdir(foreign);
    s.mountTmpfs(".").fails(Errno.EINVAL);
    s.mountTmpfs("old").fails(Errno.EINVAL);
    s.mount("none", ".", "", MS_REMOUNT, MS_BIND).fails(Errno.EINVAL);
    s.bind(".", "/place").fails(Errno.EINVAL);
    s.move(".", "/place").fails(Errno.EINVAL);
    s.fchdir(own);
    s.bind(".", "/place").succeeds();
    s.mountTmpfs("old").succeeds();
  }

  @Claim(
      id = "remount-in-another-namespace",
      section = "ERRORS",
      says = "A file system is not remounted by a mount of another mount namespace: EINVAL",
      catches = "a kernel in which a descriptor makes what others write to read-only")
  void remountInAnotherNamespace(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor foreign = q.open("/new", OpenFlag.O_PATH).value();
    Descriptor own = s.open("/new", OpenFlag.O_PATH).value();
    s.fchdir(foreign);
    s.mount("none", ".", "", MS_REMOUNT, MS_RDONLY).fails(Errno.EINVAL);
    q.mkdir("/new/made").succeeds();
    s.fchdir(own);
    s.mount("none", ".", "", MS_REMOUNT, MS_RDONLY).succeeds();
    q.mkdir("/new/more").fails(Errno.EROFS);
  }

  @Claim(
      id = "remount-needs-admin-of-the-file-system",
      section = "ERRORS",
      editions = "none",
      says =
          "Who has privilege over the mount and not over the file system may change the flags of the"
              + " mount alone: EPERM",
      catches = "a kernel in which a container makes its host's file systems read-only",
      userland = true)
  void remountNeedsAdmin(Stage stage) {
    Task s = stage.task("S");
    Task u = s.lessPrivileged("U");
    u.mount("none", "/new", "", MS_REMOUNT, MS_RDONLY).fails(Errno.EPERM);
    s.mkdir("/new/made").succeeds();
    u.mount("none", "/new", "", MS_REMOUNT, MS_BIND, MS_RDONLY).succeeds();
    u.mkdir("/new/more").fails(Errno.EROFS);
    s.mkdir("/new/more").succeeds();
    u.mountTmpfs("/new/old");
    u.mount("none", "/new/old", "", MS_REMOUNT, MS_RDONLY).succeeds();
    u.mkdir("/new/old/made").fails(Errno.EROFS);
  }

  @Claim(
      id = "bind-onto-another-namespace",
      section = "ERRORS",
      says = "Nor does a place of another mount namespace take a bind mount: EINVAL",
      catches = "a kernel that says success, and mounts nothing or in the other namespace")
  @Contradicted(
      from = "6.17",
      before = "6.18",
      because =
          "do_loopback() of 6.17 says success and mounts nothing; 6.17.8 and 6.17.13 do so, 6.16.12"
              + " and 6.18.15 do not")
  void bindOntoOtherNamespace(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor foreign = q.open("/new", OpenFlag.O_PATH).value();
    View before = q.view().value();
    s.fchdir(foreign);
    s.bind("/", ".").fails(Errno.EINVAL);
    q.view().is(before);
    q.fchdir(foreign);
    q.bind("/", ".").succeeds();
  }

  @Claim(
      id = "propagation-type-in-another-namespace",
      section = "NOTES",
      editions = "none",
      says = "Whether the type of a mount of another namespace can be changed; its copy here stays",
      catches = "a kernel that changes who may, or changes the mount of the caller's namespace")
  void typeInOtherNamespace(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor foreign = q.open("/new", OpenFlag.O_PATH).value();
    s.fchdir(foreign);
    stage.fact("by its administrator", s.propagation(".", MS_SHARED).verdict());
    stage.fact("type there", q.mountAt("/new").value().propagation().type());
    s.mountAt("/new").isPrivate();
  }

  @Claim(
      id = "propagation-type-of-a-more-privileged-namespace",
      section = "NOTES",
      editions = "none",
      says =
          "Who administers a mount namespace of less privilege cannot change the type of a mount of"
              + " a more privileged one: EPERM",
      catches = "a kernel that asks for privilege over the caller's namespace only",
      userland = true)
  void typeInMorePrivilegedNamespace(Stage stage) {
    Task s = stage.task("S");
    Ran ran = s.run("perl", "-e", SHARE_FROM_WITHIN).value();
    stage.check(ran.equals(new Ran(0, "EPERM", "")), () -> "it ended with " + ran);
    s.mountAt("/new").isPrivate();
  }

  @Claim(
      id = "mount-bad-addresses",
      section = "ERRORS",
      says = "A pointer that leads nowhere is EFAULT, as target, source or type",
      catches = "a kernel that reads what is not the caller's")
  void addresses(Stage stage) {
    Task s = stage.task("S");
    Value bad = Value.badAddress();
    Value none = Value.nullPointer();
    s.call(Syscall.MOUNT, Value.text("x"), bad, Value.text("tmpfs"), Value.flags(), none)
        .fails(Errno.EFAULT);
    s.call(Syscall.MOUNT, bad, Value.text("/new"), Value.text("tmpfs"), Value.flags(), none)
        .fails(Errno.EFAULT);
    s.call(Syscall.MOUNT, Value.text("x"), Value.text("/new"), bad, Value.flags(), none)
        .fails(Errno.EFAULT);
    s.mount("x", "/new", "tmpfs").succeeds();
  }

  @Claim(
      id = "mount-of-the-same-tree-in-itself",
      section = "NOTES",
      says = "A recursive bind of a tree in itself ends: what is made is not copied again",
      catches = "a kernel that does not end, or copies the copy")
  void inItself(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.mkdir("/new/in");
    s.bind("/new", "/new/in", MS_REC).succeeds();
    s.drawing()
        .is(
            """
            /
              /new
                /new/in
                  /new/in/old
                /new/old""");
    s.mount("/new", "/new/in", "", MS_MOVE).fails(Errno.ELOOP);
    s.mount("/new/in", "/new/in", "", MS_BIND).succeeds();
  }

  @Claim(
      id = "mount-same-twice",
      section = "ERRORS",
      says = "A file system is not mounted on its own root, where it is in sight already: EBUSY",
      catches = "a kernel that stacks the same sysfs on itself again and again")
  void sameTwice(Stage stage) {
    Task s = stage.task("S");
    s.mount("sysfs", "/new/old", "sysfs").succeeds();
    s.mount("sysfs", "/new/old", "sysfs").fails(Errno.EBUSY);
    s.mountTmpfs("/new/old").succeeds();
    s.mount("sysfs", "/new/old", "sysfs").succeeds();
  }
}
