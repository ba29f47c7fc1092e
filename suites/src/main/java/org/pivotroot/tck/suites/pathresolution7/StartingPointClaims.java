package org.pivotroot.tck.suites.pathresolution7;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.ResolveFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** The working directory as the start of a path, and what mounts do to paths. */
@Page("path_resolution(7)")
class StartingPointClaims {
  @Claim(
      id = "relative-paths-start-at-cwd",
      section = "DESCRIPTION",
      says = "A path without a leading slash starts at the working directory of the caller",
      catches = "a kernel that starts at the root, or at the working directory of another task")
  void relativePathsStartAtCwd(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/new/place");
    Task p = stage.task("P");
    FileId outer = s.stat("/place").value();
    FileId inner = s.stat("/new/place").value();
    stage.check(!stage.areOnePlace(outer, inner), "both places are one");
    s.stat("place").is(outer);
    s.chdir("/new");
    s.stat("place").is(inner);
    s.stat("/place").is(outer);
    s.stat("old/../place").is(inner);
    p.stat("place").is(outer);
    s.chdir("/new/old");
    s.stat("place").fails(Errno.ENOENT);
  }

  @Claim(
      id = "chdir-changes-cwd",
      section = "DESCRIPTION",
      says = "chdir(2) changes the working directory of the caller, and of nobody else",
      catches = "a kernel that changes it for other tasks, or when the call fails")
  void chdirChangesCwd(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/file");
    FileId root = s.stat("/").value();
    FileId newDirectory = s.stat("/new").value();
    FileId old = s.stat("/new/old").value();
    Task p = stage.task("P");
    s.chdir("/new").succeeds();
    s.cwd().is(newDirectory);
    s.root().is(root);
    s.chdir("old").succeeds();
    s.cwd().is(old);
    s.chdir("/missing").fails(Errno.ENOENT);
    s.chdir("/file").fails(Errno.ENOTDIR);
    s.cwd().is(old);
    p.cwd().is(root);
    p.chdir("/new").succeeds();
    s.cwd().is(old);
  }

  @Claim(
      id = "cwd-inherited-by-children",
      section = "DESCRIPTION",
      says = "A child has the working directory of its parent, and execve(2) leaves it alone",
      catches = "a kernel that starts a child or a program in the root directory",
      userland = true)
  void cwdInheritedByChildren(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/old/deeper");
    s.chdir("/new/old");
    FileId old = s.stat("/new/old").value();
    Task thread = s.fork("THREAD");
    Task child = s.process("CHILD", "env");
    thread.cwd().is(old);
    child.cwd().is(old);
    child.stat(".").is(old);
    // env(1) is a second execve in the same process.
    s.run("env", "env", "ls").is(new Ran(0, "deeper", ""));
    child.chdir("deeper").succeeds();
    thread.chdir("/").succeeds();
    s.cwd().is(old);
  }

  @Claim(
      id = "openat-starts-at-descriptor",
      section = "DESCRIPTION",
      says =
          "With openat(2) a relative path starts at the descriptor, or with AT_FDCWD at the working"
              + " directory; an absolute one ignores the descriptor, even a bad one",
      catches = "a kernel that starts at the working directory, or looks at an unused descriptor")
  void openatStartsAtDescriptor(Stage stage) {
    Task s = stage.task("S");
    for (String each : new String[] {"/place", "/new/place", "/a", "/a/place"}) {
      s.mkdir(each);
    }
    s.createFile("/file");
    FileId ofRoot = s.stat("/place").value();
    FileId ofNew = s.stat("/new/place").value();
    FileId ofA = s.stat("/a/place").value();
    Descriptor directory = s.open("/new", OpenFlag.O_DIRECTORY).value();
    Descriptor file = s.open("/file", OpenFlag.O_RDONLY).value();
    Value bad = new Value.BadDescriptor(1_000_000);
    s.chdir("/a");
    s.stat(s.openat(directory, "place", OpenFlag.O_DIRECTORY).value()).is(ofNew);
    s.stat(s.open("place", OpenFlag.O_DIRECTORY).value()).is(ofA);
    s.stat(s.openat(directory, "/place", OpenFlag.O_DIRECTORY).value()).is(ofRoot);
    s.stat(s.openat(bad, "/place", OpenFlag.O_DIRECTORY).value()).is(ofRoot);
    s.openat(bad, "place", OpenFlag.O_DIRECTORY).fails(Errno.EBADF);
    s.openat(file, "place", OpenFlag.O_DIRECTORY).fails(Errno.ENOTDIR);
  }

  @Claim(
      id = "dot-and-dotdot",
      section = "DESCRIPTION",
      says = "In every directory . is the directory itself and .. the one that holds it",
      catches = "a kernel that takes .. for the directory itself, or leaves the mount on the way")
  void dotAndDotdot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/old/deeper");
    FileId holder = s.stat("/new").value();
    FileId old = s.stat("/new/old").value();
    FileId deeper = s.stat("/new/old/deeper").value();
    stage.check(
        !stage.areOnePlace(old, holder) && !stage.areOnePlace(old, deeper),
        "the directories are one");
    s.stat("/new/old/.").is(old);
    s.stat("/new/old/..").is(holder);
    s.stat("/new/old/deeper/./..").is(old);
    s.stat("/new/old/deeper/../..").is(holder);
    s.stat("/new/old/../old/deeper").is(deeper);
    s.chdir("/new/old");
    s.stat(".").is(old);
    s.stat("..").is(holder);
    s.stat("missing/..").fails(Errno.ENOENT);
  }

  @Claim(
      id = "mount-covers-directory",
      section = "DESCRIPTION",
      says =
          "After a mount the path names the root of what was mounted, and no longer what was there",
      catches = "a kernel that shows both, or goes on to show the directory beneath")
  void mountCoversDirectory(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/old/before");
    FileId beneath = s.stat("/new/old").value();
    Descriptor opened = s.open("/new/old", OpenFlag.O_DIRECTORY).value();
    s.mountTmpfs("/new/old").succeeds();
    FileId mounted = s.stat("/new/old").value();
    stage.check(!mounted.sameFile(beneath), "the path still names the directory beneath");
    s.mountAt("/new/old").isMount(mounted.mount());
    s.stat("/new/old/before").fails(Errno.ENOENT);
    s.mkdir("/new/old/after").succeeds();
    s.stat(opened).is(beneath);
    s.openat(opened, "after", OpenFlag.O_DIRECTORY).fails(Errno.ENOENT);
    s.umount("/new/old").succeeds();
    s.stat("/new/old").is(beneath);
    s.stat("/new/old/before").succeeds();
  }

  @Claim(
      id = "openat2-no-xdev",
      section = "DESCRIPTION",
      says =
          "RESOLVE_NO_XDEV of openat2(2) refuses to cross mount points in either direction, bind"
              + " mounts of the same file system included: EXDEV",
      catches = "a kernel that compares file systems instead of mounts")
  void openat2NoXdev(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/bound");
    s.bind("/place", "/bound");
    FileId place = s.stat("/place").value();
    FileId bound = s.stat("/bound").value();
    stage.check(bound.sameFile(place), "the bind mount is of another file system");
    Descriptor root = s.open("/", OpenFlag.O_PATH, OpenFlag.O_DIRECTORY).value();
    Descriptor inside = s.open("/bound", OpenFlag.O_PATH, OpenFlag.O_DIRECTORY).value();
    s.openat2(root, "new", ResolveFlag.RESOLVE_NO_XDEV).fails(Errno.EXDEV);
    s.openat2(root, "bound", ResolveFlag.RESOLVE_NO_XDEV).fails(Errno.EXDEV);
    s.openat2(root, "bound/..", ResolveFlag.RESOLVE_NO_XDEV).fails(Errno.EXDEV);
    s.openat2(inside, "..", ResolveFlag.RESOLVE_NO_XDEV).fails(Errno.EXDEV);
    s.stat(s.openat2(root, "place", ResolveFlag.RESOLVE_NO_XDEV).value()).is(place);
    s.stat(s.openat2(inside, ".", ResolveFlag.RESOLVE_NO_XDEV).value()).is(bound);
    s.stat(s.openat2(root, "bound").value()).is(bound);
  }
}
