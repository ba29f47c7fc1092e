package org.pivotroot.tck.suites.pathresolution7;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.ResolveFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** Where a path starts, and where .. ends. */
@Page("path_resolution(7)")
class RootAndDotDotClaims {

  @Claim(
      id = "dotdot-stops-at-root",
      section = "DESCRIPTION",
      says = "One cannot walk up past the root: there, .. is the root itself",
      catches = "a kernel that stops .. at roots of mounts or of the namespace only")
  void dotdotStopsAtRoot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/a");
    FileId root = s.stat("/").value();
    FileId jail = s.stat("/jail").value();
    s.stat("/..").is(root);
    s.stat("/../../..").is(root);
    s.chroot("/jail");
    s.stat("/..").is(jail);
    s.stat("/a/../..").is(jail);
    s.stat("/../jail").fails(Errno.ENOENT);
    s.chdir("/a");
    s.stat("../..").is(jail);
    s.stat("../../../..").is(jail);
    s.chdir("../../..").succeeds();
    s.cwd().is(jail);
  }

  @Claim(
      id = "dotdot-leaves-a-mount",
      section = "DESCRIPTION",
      says = "One can walk out of a mount: .. of its root is the parent of the mount point",
      catches = "a kernel that stops .. at every root of a mount")
  void dotdotLeavesAMount(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/a");
    s.newTmpfs("/a/point");
    s.mountTmpfs("/a/point");
    FileId above = s.stat("/a").value();
    s.stat("/a/point/..").is(above);
    s.chdir("/a/point");
    s.stat("..").is(above);
    s.chdir("..").succeeds();
    s.cwd().is(above);
  }

  @Claim(
      id = "dotdot-from-outside-the-root",
      section = "DESCRIPTION",
      says =
          "The root is no limit for whoever does not meet it on the way: from a directory outside,"
              + " .. goes on to the root of the mount namespace",
      catches = "a kernel that ends .. in directories that are not below the root",
      editions = "none")
  void dotdotFromOutsideTheRoot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/outside");
    s.mkdir("/outside/deeper");
    FileId root = s.stat("/").value();
    FileId jail = s.stat("/jail").value();
    s.chdir("/outside/deeper");
    s.chroot("/jail");
    s.stat("../..").is(root);
    s.stat("../../..").is(root);
    s.stat("../../jail").is(jail);
    // On the way through the root, the root is the limit again.
    s.stat("../../jail/..").is(jail);
  }

  @Claim(
      id = "dotdot-in-root-of-one-lookup",
      section = "DESCRIPTION",
      says = "RESOLVE_IN_ROOT makes a directory the root of one lookup: for /, .. and links",
      catches = "a kernel that lets an absolute link or .. lead to the task's own root")
  void dotdotInRootOfOneLookup(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/jail");
    s.mkdir("/jail/place");
    s.symlink("/place", "/jail/absolute");
    s.symlink("../../place", "/jail/upwards");
    FileId root = s.stat("/").value();
    FileId jail = s.stat("/jail").value();
    FileId outer = s.stat("/place").value();
    FileId inner = s.stat("/jail/place").value();
    s.stat("/jail/absolute").is(outer);
    Descriptor directory = s.open("/jail", OpenFlag.O_PATH, OpenFlag.O_DIRECTORY).value();
    s.stat(s.openat2(directory, "/", ResolveFlag.RESOLVE_IN_ROOT).value()).is(jail);
    s.stat(s.openat2(directory, "..", ResolveFlag.RESOLVE_IN_ROOT).value()).is(jail);
    s.stat(s.openat2(directory, "/place", ResolveFlag.RESOLVE_IN_ROOT).value()).is(inner);
    s.stat(s.openat2(directory, "absolute", ResolveFlag.RESOLVE_IN_ROOT).value()).is(inner);
    s.stat(s.openat2(directory, "upwards", ResolveFlag.RESOLVE_IN_ROOT).value()).is(inner);
    s.root().is(root);
    s.stat(s.openat2(directory, "absolute").value()).is(outer);
  }

  @Claim(
      id = "resolve-beneath-refuses-to-leave",
      section = "openat2(2)",
      says = "RESOLVE_BENEATH refuses whatever leads out of the directory, with EXDEV",
      catches = "a kernel that answers with the directory itself as RESOLVE_IN_ROOT does")
  void resolveBeneathRefusesToLeave(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/place");
    s.symlink("/jail/place", "/jail/absolute");
    s.symlink("place/../place", "/jail/beneath");
    FileId inner = s.stat("/jail/place").value();
    Descriptor directory = s.open("/jail", OpenFlag.O_PATH, OpenFlag.O_DIRECTORY).value();
    s.openat2(directory, "..", ResolveFlag.RESOLVE_BENEATH).fails(Errno.EXDEV);
    s.openat2(directory, "place/../../jail/place", ResolveFlag.RESOLVE_BENEATH).fails(Errno.EXDEV);
    s.openat2(directory, "/jail/place", ResolveFlag.RESOLVE_BENEATH).fails(Errno.EXDEV);
    s.openat2(directory, "absolute", ResolveFlag.RESOLVE_BENEATH).fails(Errno.EXDEV);
    s.stat(s.openat2(directory, "beneath", ResolveFlag.RESOLVE_BENEATH).value()).is(inner);
    s.stat(s.openat2(directory, "place", ResolveFlag.RESOLVE_BENEATH).value()).is(inner);
  }
}
