package org.pivotroot.tck.suites.chroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** The ways out of a chroot(2) that the page names, and where they end. */
@Page("chroot(2)")
class EscapeClaims {

  @Claim(
      id = "escape-mkdir-chroot-chdir-up",
      section = "DESCRIPTION",
      says =
          "The superuser gets out by setting a root below the working directory and going up from"
              + " there, as far as the root of the mount namespace and no further",
      catches = "a kernel whose chroot takes the working directory along, or that stops .. earlier")
  void escapeMkdirChrootChdirUp(Stage stage) {
    Task s = stage.task("S");
    FileId root = s.stat("/").value();
    s.mkdir("/new/jail");
    s.mkdir("/new/jail/home");
    FileId jail = s.stat("/new/jail").value();
    FileId above = s.stat("/new").value();
    s.chroot("/new/jail").succeeds();
    s.chdir("/home");
    // Before the recipe the way up ends at the jail.
    s.stat("..").is(jail);
    s.stat("../..").is(jail);
    s.mkdir("foo").succeeds();
    s.chroot("foo").succeeds();
    s.chdir("..").succeeds();
    s.cwd().is(jail);
    s.chdir("..").succeeds();
    s.cwd().is(above);
    s.chdir("..").succeeds();
    s.cwd().is(root);
    s.chdir("..").succeeds();
    s.cwd().is(root);
    s.chroot(".").succeeds();
    s.root().is(root);
    s.stat("/new/jail").is(jail);
  }

  @Claim(
      id = "escape-from-the-jails-own-root",
      section = "DESCRIPTION",
      says = "One step up is enough where the working directory is the root of the jail itself",
      catches = "a kernel that remembers former roots as barriers for ..")
  void escapeFromTheJailsOwnRoot(Stage stage) {
    Task s = stage.task("S");
    FileId root = s.stat("/").value();
    s.mkdir("/jail");
    s.chroot("/jail").succeeds();
    s.chdir("/");
    s.stat("..").isNot(root);
    s.mkdir("foo").succeeds();
    s.chroot("foo").succeeds();
    s.chdir("..").succeeds();
    s.cwd().is(root);
  }

  @Claim(
      id = "escape-stops-at-the-namespace-root",
      section = "DESCRIPTION",
      says =
          "The recipe ends at the topmost mount on the root of the mount namespace: what that mount"
              + " covers stays out of reach",
      catches = "a kernel whose .. falls through the root mount to the initramfs beneath it",
      editions = "none",
      in = Placement.ROOT)
  void escapeStopsAtTheNamespaceRoot(Stage stage) {
    Task s = stage.task("S");
    FileId root = s.stat("/").value();
    s.mkdir("/mnt/jail");
    s.chroot("/mnt/jail").succeeds();
    s.chdir("/");
    s.mkdir("foo").succeeds();
    s.chroot("foo").succeeds();
    s.chdir("..").succeeds();
    s.chdir("..").succeeds();
    s.cwd().is(root);
    s.chdir("../../..").succeeds();
    s.cwd().is(root);
    s.chroot(".").succeeds();
    s.root().is(root);
  }

  @Claim(
      id = "escape-fails-after-pivot",
      section = "DESCRIPTION",
      says =
          "After pivot_root(2) and the unmount of the old root the same recipe ends at the new"
              + " root: there is nothing deeper to escape to",
      catches = "a kernel that leaves the old root reachable above the new one",
      editions = "none")
  void escapeFailsAfterPivot(Stage stage) {
    Task s = stage.task("S");
    FileId oldRoot = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    s.mkdir("/new/foo");
    // By chroot alone, the recipe leads back to the old root.
    Task p = stage.task("P");
    p.chroot("/new").succeeds();
    p.chdir("/");
    p.chroot("foo").succeeds();
    p.chdir("..").succeeds();
    p.cwd().is(oldRoot);
    p.exit();
    s.pivotRoot("/new", "/new/old").succeeds();
    s.chdir("/");
    s.umount("/old").succeeds();
    s.chroot("foo").succeeds();
    s.chdir("..").succeeds();
    s.cwd().is(newRoot);
    s.chdir("../../..").succeeds();
    s.cwd().is(newRoot);
    s.chroot(".").succeeds();
    s.root().is(newRoot);
  }

  @Claim(
      id = "escape-through-open-fd",
      section = "DESCRIPTION",
      says = "A descriptor of a directory outside, opened before, leads out",
      catches = "a kernel that refuses fchdir(2) to a directory outside the root")
  void escapeThroughOpenFd(Stage stage) {
    Task s = stage.task("S");
    FileId root = s.stat("/").value();
    s.mkdir("/outside");
    s.mkdir("/jail");
    FileId outside = s.stat("/outside").value();
    Descriptor descriptor = s.open("/outside", OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY).value();
    s.chroot("/jail").succeeds();
    s.chdir("/");
    s.fchdir(descriptor).succeeds();
    s.cwd().is(outside);
    s.chdir("..").succeeds();
    s.cwd().is(root);
    s.chroot(".").succeeds();
    s.root().is(root);
  }

  @Claim(
      id = "escape-through-moved-directory",
      section = "DESCRIPTION",
      says =
          "A task whose working directory is moved out of its root by somebody else gets out by"
              + " going up, without any privilege",
      catches = "a kernel that stops .. in directories that are not below the root")
  void escapeThroughMovedDirectory(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/folder");
    s.mkdir("/secret");
    FileId root = s.stat("/").value();
    FileId jail = s.stat("/jail").value();
    FileId secret = s.stat("/secret").value();
    FileId folder = s.stat("/jail/folder").value();
    Task p = stage.task("P");
    s.chroot("/jail").succeeds();
    s.chdir("/folder");
    s.setresuid(1000);
    s.stat("..").is(jail);
    s.stat("../secret").fails(Errno.ENOENT);
    p.rename("/jail/folder", "/folder");
    s.cwd().is(folder);
    Descriptor opened = s.open("../secret", OpenFlag.O_RDONLY).succeeds().value();
    s.stat(opened).is(secret);
    s.chdir("../../..").succeeds();
    s.cwd().is(root);
    s.root().is(jail);
  }

  @Claim(
      id = "moved-root-stays-root",
      section = "DESCRIPTION",
      says =
          "Where the root directory itself is moved, it stays the root, and the way up still ends"
              + " there",
      catches = "a kernel that keeps the root as a path and not as a directory",
      editions = "none")
  void movedRootStaysRoot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/folder");
    s.mkdir("/elsewhere");
    FileId jail = s.stat("/jail").value();
    FileId folder = s.stat("/jail/folder").value();
    Task p = stage.task("P");
    s.chroot("/jail").succeeds();
    s.chdir("/folder");
    p.rename("/jail", "/elsewhere/jail");
    s.root().is(jail);
    s.stat("/").is(jail);
    s.stat("/folder").is(folder);
    s.stat("../../..").is(jail);
    s.getcwd().is("/folder");
  }

  @Claim(
      id = "escape-through-proc-root",
      section = "NOTES",
      says = "The link root of another task in /proc leads a superuser out as well",
      catches = "a kernel that takes the link's text as a path within the caller's own root",
      userland = true)
  void escapeThroughProcRoot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/proc");
    s.bind("/proc", "/jail/proc", MountFlag.MS_REC);
    FileId jail = s.stat("/jail").value();
    FileId rootOfFirst = stage.rootOf(1).value();
    s.chroot("/jail").succeeds();
    s.chdir("/");
    s.stat("/").is(jail);
    s.chroot("/proc/1/root").succeeds();
    s.root().is(rootOfFirst);
    s.root().isNot(jail);
  }

  @Claim(
      id = "no-escape-without-cap-sys-chroot",
      section = "DESCRIPTION",
      says = "The recipe is the superuser's: without CAP_SYS_CHROOT its second step is refused",
      catches = "a kernel that lets whoever is chrooted already call chroot again")
  void noEscapeWithoutCapSysChroot(Stage stage) {
    Task s = stage.task("S");
    FileId root = s.stat("/").value();
    s.mkdir("/jail");
    FileId jail = s.stat("/jail").value();
    s.chroot("/jail").succeeds();
    s.chdir("/");
    s.mkdir("foo").succeeds();
    Task p = stage.task("P");
    p.drop(Capability.CAP_SYS_CHROOT);
    p.chroot("foo").fails(Errno.EPERM);
    p.chdir("..").succeeds();
    p.cwd().is(jail);
    p.root().is(jail);
    // The same steps with the capability.
    s.chroot("foo").succeeds();
    s.chdir("..").succeeds();
    s.cwd().is(root);
  }
}
