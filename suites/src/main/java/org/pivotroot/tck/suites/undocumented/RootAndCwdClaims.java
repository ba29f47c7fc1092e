package org.pivotroot.tck.suites.undocumented;

import static org.pivotroot.tck.model.call.Value.badAddress;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** What chroot(2), getcwd(2) and the links of /proc do without any page saying so. */
@Page("undocumented")
class RootAndCwdClaims {
  private static final int PATH_MAX = 4096;

  /** A component that makes, with its slash, 255 bytes. */
  private static final String COMPONENT = "d".repeat(254);

  @Claim(
      id = "chroot-own-search-permission",
      section = "chroot(2)",
      says = "Search permission is asked for on the new root itself, not only on the way to it",
      catches = "a kernel that lets a task into a root whose entries it may not look up",
      editions = "none")
  void chrootOwnSearchPermission(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/closed", 0600);
    Task p = stage.task("P");
    p.drop(Capability.CAP_DAC_OVERRIDE, Capability.CAP_DAC_READ_SEARCH);
    p.chroot("/closed").fails(Errno.EACCES);
    s.chroot("/closed").succeeds();
  }

  @Claim(
      id = "chroot-lookup-before-privilege",
      section = "chroot(2)",
      says = "The path is looked up first: its errors hide that the caller lacks the privilege",
      catches = "a kernel that checks the capability before the path",
      editions = "none")
  void chrootLookupBeforePrivilege(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/file");
    s.mkdir("/closed", 0600);
    s.mkdir("/closed/jail");
    s.mkdir("/jail");
    Task p = stage.task("P");
    p.drop(Capability.CAP_SYS_CHROOT, Capability.CAP_DAC_OVERRIDE, Capability.CAP_DAC_READ_SEARCH);
    p.chroot("/missing").fails(Errno.ENOENT);
    p.chroot("/file").fails(Errno.ENOTDIR);
    p.chroot("/closed/jail").fails(Errno.EACCES);
    p.chroot("/closed").fails(Errno.EACCES);
    p.call(Syscall.CHROOT, badAddress()).fails(Errno.EFAULT);
    p.chroot("/jail").fails(Errno.EPERM);
  }

  @Claim(
      id = "chroot-to-removed-directory",
      section = "chroot(2)",
      says = "A removed directory can become the root, and then holds nothing at all",
      catches = "a kernel that refuses directories without a name",
      editions = "none")
  void chrootToRemovedDirectory(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    FileId jail = s.stat("/jail").value();
    s.chdir("/jail");
    s.rmdir("/jail");
    s.chroot(".").succeeds();
    s.root().is(jail);
    s.stat("/..").is(jail);
    s.stat("/jail").fails(Errno.ENOENT);
    s.mkdir("/made").fails(Errno.ENOENT);
    s.getcwd().fails(Errno.ENOENT);
  }

  @Claim(
      id = "mountinfo-ends-at-the-root",
      section = "proc_pid_mountinfo(5)",
      says =
          "mountinfo shows a chrooted task the mounts below its root only, with paths from there;"
              + " a root that is no mount point does not appear itself",
      catches = "a kernel that shows the mounts of the whole namespace to whoever is chrooted",
      editions = "none")
  void mountinfoEndsAtTheRoot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.newTmpfs("/jail/sub");
    Task p = stage.task("P");
    s.chroot("/jail");
    p.chroot("/jail/sub");
    stage.check(s.mounts().value().mounts().size() == 1, "S sees other mounts than /sub");
    stage.check(p.mounts().value().mounts().size() == 1, "P sees other mounts than /");
    p.mountAt("/").isMount(s.mountAt("/sub").value().id());
  }

  @Claim(
      id = "bind-mount-holds-moved-directory",
      section = "path_resolution(7)",
      says =
          "A directory moved out of what its mount shows has no parent any more: .. is ENOENT, and"
              + " so that way out of a chroot is closed where the root is a bind mount",
      catches = "a kernel before 4.3, whose .. walked out of bind mounts in this way",
      editions = "none")
  void bindMountHoldsMovedDirectory(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/tree");
    s.mkdir("/tree/folder");
    s.mkdir("/jail");
    s.mkdir("/secret");
    s.bind("/tree", "/jail");
    FileId jail = s.stat("/jail").value();
    FileId folder = s.stat("/jail/folder").value();
    Task p = stage.task("P");
    s.chroot("/jail");
    s.chdir("/folder");
    s.stat("..").is(jail);
    p.rename("/tree/folder", "/folder");
    s.cwd().is(folder);
    s.stat(".").is(folder);
    s.stat("..").fails(Errno.ENOENT);
    s.stat("../secret").fails(Errno.ENOENT);
    s.chdir("..").fails(Errno.ENOENT);
    p.rename("/folder", "/tree/folder");
    s.stat("..").is(jail);
  }

  @Claim(
      id = "getcwd-of-moved-directory-in-bind-mount",
      section = "getcwd(2)",
      says =
          "A working directory moved out of what its mount shows is marked as unreachable and has"
              + " no path but a slash",
      catches = "a kernel that gives its path in the filesystem, which the mount does not show",
      editions = "none")
  void getcwdOfMovedDirectoryInBindMount(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/tree");
    s.mkdir("/tree/folder");
    s.mkdir("/tree/folder/deeper");
    s.mkdir("/view");
    s.bind("/tree", "/view");
    s.chdir("/view/folder/deeper");
    s.getcwd().is("/view/folder/deeper");
    s.rename("/tree/folder", "/folder");
    s.getcwd().is("(unreachable)/");
    s.libcGetcwd().fails(Errno.ENOENT);
  }

  @Claim(
      id = "getcwd-enoent-first",
      section = "getcwd(2)",
      says = "Of the errors of getcwd, that the directory was removed comes before all others",
      catches = "a kernel that checks the buffer before the directory",
      editions = "none")
  void getcwdEnoentFirst(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/a");
    s.chdir("/a");
    s.getcwd(0).fails(Errno.ERANGE);
    s.rmdir("/a");
    s.getcwd(0).fails(Errno.ENOENT);
    s.getcwdBadBuffer(64).fails(Errno.ENOENT);
    s.getcwdBadBuffer(0).fails(Errno.ENOENT);
  }

  @Claim(
      id = "getcwd-enametoolong-before-buffer",
      section = "getcwd(2)",
      says = "Of the errors of getcwd, a path past PATH_MAX comes before a buffer too small or bad",
      catches = "a kernel that compares the path with the buffer before it has the whole path",
      editions = "none")
  void getcwdEnametoolongBeforeBuffer(Stage stage) {
    Task s = stage.task("S");
    s.enterNewDirectories(COMPONENT, 16);
    s.getcwd(0).fails(Errno.ERANGE);
    s.enterNewDirectories(COMPONENT, 1);
    s.getcwd(2 * PATH_MAX).given(Errno.ENAMETOOLONG);
    s.getcwd(0).fails(Errno.ENAMETOOLONG);
    s.getcwd(64).fails(Errno.ENAMETOOLONG);
    s.getcwdBadBuffer(PATH_MAX).fails(Errno.ENAMETOOLONG);
  }

  @Claim(
      id = "getcwd-erange-before-efault",
      section = "getcwd(2)",
      says = "Of the errors of getcwd, a size too small comes before a bad address",
      catches = "a kernel that writes to the buffer before it has compared the size",
      editions = "none")
  void getcwdErangeBeforeEfault(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new");
    s.getcwdBadBuffer(4).fails(Errno.ERANGE);
    s.getcwdBadBuffer(5).fails(Errno.EFAULT);
  }

  @Claim(
      id = "unreachable-mark-counts-to-path-max",
      section = "getcwd(2)",
      says = "The mark of an unreachable directory has to fit PATH_MAX along with the path",
      catches = "a kernel that drops or cuts the mark where space runs out",
      editions = "none")
  void unreachableMarkCountsToPathMax(Stage stage) {
    Task s = stage.task("S");
    // 16 components of 254 bytes with their slashes, one more, the mark, the null byte.
    String component = "d".repeat(253);
    int rest = PATH_MAX - 1 - "(unreachable)".length() - 16 * 254 - 1;
    s.mkdir("/jail");
    s.enterNewDirectories(component, 16);
    Task p = stage.task("P");
    s.enterNewDirectories("e".repeat(rest), 1);
    p.enterNewDirectories("f".repeat(rest + 1), 1);
    String path = ("/" + component).repeat(16);
    p.getcwd().is(path + "/" + "f".repeat(rest + 1));
    s.chroot("/jail");
    p.chroot("/jail");
    s.getcwd().is("(unreachable)" + path + "/" + "e".repeat(rest));
    p.getcwd().fails(Errno.ENAMETOOLONG);
  }

  @Claim(
      id = "proc-cwd-shows-slash",
      section = "proc_pid_cwd(5)",
      says =
          "The link cwd in /proc bears no mark: of an unreachable directory it shows the path from"
              + " the outermost root as if that were the reader's",
      catches = "a kernel that marks the link as getcwd(2) marks its path",
      editions = "none",
      userland = true)
  void procCwdShowsSlash(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/proc");
    s.bind("/proc", "/jail/proc", MountFlag.MS_REC);
    s.mkdir("/outside");
    FileId root = s.stat("/").value();
    FileId outside = s.stat("/outside").value();
    Task p = stage.task("P");
    s.chroot("/jail");
    s.getcwd().is("(unreachable)/");
    s.readlink("/proc/thread-self/cwd").is("/");
    s.stat("/proc/thread-self/cwd").is(root);
    s.stat("/").isNot(root);
    p.chdir("/outside");
    p.chroot("/jail");
    p.getcwd().is("(unreachable)/outside");
    p.readlink("/proc/thread-self/cwd").is("/outside");
    p.stat("/proc/thread-self/cwd").is(outside);
    p.stat("/outside").fails(Errno.ENOENT);
  }

  @Claim(
      id = "deleted-suffix-in-proc-cwd",
      section = "proc_pid_cwd(5)",
      says =
          "The link cwd in /proc of a removed directory is its last path with (deleted) behind, and"
              + " still leads there",
      catches = "a kernel whose link fails as getcwd(2) does, or shows the bare path",
      editions = "none",
      userland = true)
  void deletedSuffixInProcCwd(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/a");
    s.mkdir("/a/b");
    FileId removed = s.stat("/a/b").value();
    s.chdir("/a/b");
    s.readlink("/proc/thread-self/cwd").is("/a/b");
    s.rmdir("/a/b");
    s.readlink("/proc/thread-self/cwd").is("/a/b (deleted)");
    s.stat("/proc/thread-self/cwd").is(removed);
    s.mkdir("/a/b");
    s.readlink("/proc/thread-self/cwd").is("/a/b (deleted)");
    s.stat("/a/b").isNot(removed);
  }

  /**
   * From Linux 6.8 on the position in the file was counted from 0 where it is a mount's number, and
   * a lone mount was found again at each of the next two thousand million positions. "namespace:
   * fix proc mount iteration" came to some series and not to others, hence a fact.
   */
  @Claim(
      id = "mountinfo-of-one-mount-ends",
      section = "proc_pid_mountinfo(5)",
      editions = "none",
      says = "In a namespace with one mount mountinfo has one line; whether it ends is recorded",
      catches = "a kernel whose table of one mount is empty, or a change of where it is endless",
      userland = true)
  void mountinfoOfOneMount(Stage stage) {
    Task s = stage.task("S");
    Descriptor proc = s.open("/proc", OpenFlag.O_DIRECTORY).value();
    Descriptor namespace = s.mountNamespace().value();
    s.umount("/", UmountFlag.MNT_DETACH).succeeds();
    s.setns(namespace, CloneFlag.CLONE_NEWNS).succeeds();
    Descriptor mounts = s.openat(proc, "thread-self/mountinfo", OpenFlag.O_RDONLY).value();
    s.readLines(mounts).is(1);
    int more = s.readLines(mounts).value();
    stage.check(more <= 1, () -> more + " lines came after the only one");
    stage.fact("the next read", more == 0 ? "is the end" : "brings a line again");
  }

  @Claim(
      id = "proc-cwd-past-path-max",
      section = "proc_pid_cwd(5)",
      says = "The link cwd in /proc of a directory past PATH_MAX leads there but cannot be read",
      catches = "a kernel that cuts the text of the link off",
      editions = "none",
      userland = true)
  void procCwdPastPathMax(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new");
    s.enterNewDirectories(COMPONENT, 17);
    FileId deep = s.stat(".").value();
    s.readlink("/proc/thread-self/cwd").fails(Errno.ENAMETOOLONG);
    s.stat("/proc/thread-self/cwd").is(deep);
  }
}
