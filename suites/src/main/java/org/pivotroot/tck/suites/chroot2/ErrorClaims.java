package org.pivotroot.tck.suites.chroot2;

import static org.pivotroot.tck.model.call.Value.badAddress;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.look.FileId;

/** The errors of chroot(2); each beside the same call with just that one fault repaired. */
@Page("chroot(2)")
class ErrorClaims {
  private static final int NAME_MAX = 255;
  private static final int PATH_MAX = 4096;

  /** Symbolic links that path_resolution(7) allows in one lookup. */
  private static final int MOST_LINKS = 40;

  @Claim(
      id = "chroot-missing",
      section = "ERRORS",
      says = "A path that does not exist is ENOENT",
      catches = "a kernel that answers EINVAL, or that makes the directory")
  void chrootMissing(Stage stage) {
    Task s = stage.task("S");
    s.chroot("/jail").fails(Errno.ENOENT);
    s.chroot("/jail/below").fails(Errno.ENOENT);
    s.mkdir("/jail");
    s.chroot("/jail").succeeds();
  }

  @Claim(
      id = "chroot-dangling-symlink",
      section = "ERRORS",
      says = "A symbolic link to nothing is ENOENT",
      catches = "a kernel that takes the link itself as the root")
  void chrootDanglingSymlink(Stage stage) {
    Task s = stage.task("S");
    s.symlink("/jail", "/link");
    s.chroot("/link").fails(Errno.ENOENT);
    s.mkdir("/jail");
    s.chroot("/link").succeeds();
  }

  @Claim(
      id = "chroot-empty-path",
      section = "ERRORS",
      says = "The empty path names nothing: ENOENT",
      catches = "a kernel that takes the empty path as the working directory")
  void chrootEmptyPath(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new");
    s.chroot("").fails(Errno.ENOENT);
    s.chroot(".").succeeds();
  }

  @Claim(
      id = "chroot-not-directory",
      section = "ERRORS",
      says = "A path to a file, fifo or device is ENOTDIR, be it through a symbolic link",
      catches = "a kernel that takes any file as a root")
  void chrootNotDirectory(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/file");
    s.createFifo("/fifo");
    s.createDevice("/device");
    s.symlink("file", "/link");
    s.chroot("/file").fails(Errno.ENOTDIR);
    s.chroot("/fifo").fails(Errno.ENOTDIR);
    s.chroot("/device").fails(Errno.ENOTDIR);
    s.chroot("/link").fails(Errno.ENOTDIR);
    s.unlink("/file");
    s.mkdir("/file");
    s.chroot("/link").succeeds();
  }

  @Claim(
      id = "chroot-prefix-not-directory",
      section = "ERRORS",
      says = "A path that leads through something other than a directory is ENOTDIR",
      catches = "a kernel that answers ENOENT for what cannot exist")
  void chrootPrefixNotDirectory(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/file");
    s.chroot("/file/jail").fails(Errno.ENOTDIR);
    s.chroot("/file/.").fails(Errno.ENOTDIR);
    s.chroot("/file/..").fails(Errno.ENOTDIR);
    s.unlink("/file");
    s.mkdir("/file");
    s.mkdir("/file/jail");
    s.chroot("/file/jail").succeeds();
  }

  @Claim(
      id = "chroot-search-denied",
      section = "ERRORS",
      says = "A path through a directory that the caller may not search is EACCES",
      catches = "a kernel that lets CAP_SYS_CHROOT override the permissions of directories")
  void chrootSearchDenied(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/closed", 0600);
    s.mkdir("/closed/jail");
    FileId jail = s.stat("/closed/jail").value();
    Task p = stage.task("P");
    p.drop(Capability.CAP_DAC_OVERRIDE, Capability.CAP_DAC_READ_SEARCH);
    p.chroot("/closed/jail").fails(Errno.EACCES);
    s.chroot("/closed/jail").succeeds();
    s.root().is(jail);
  }

  @Claim(
      id = "chroot-bad-pointer",
      section = "ERRORS",
      says = "A path outside the caller's address space is EFAULT",
      catches = "a kernel that trusts the address")
  void chrootBadPointer(Stage stage) {
    Task s = stage.task("S");
    s.call(Syscall.CHROOT, badAddress()).fails(Errno.EFAULT);
    s.chroot("/new").succeeds();
  }

  @Claim(
      id = "chroot-symlink-loop",
      section = "ERRORS",
      says = "A path with too many symbolic links is ELOOP: more than 40, or a ring of them",
      catches = "a kernel with another limit, or with none")
  void chrootSymlinkLoop(Stage stage) {
    Task s = stage.task("S");
    s.symlink("/ring-2", "/ring-1");
    s.symlink("/ring-1", "/ring-2");
    s.chroot("/ring-1").fails(Errno.ELOOP);
    s.mkdir("/link-0");
    FileId end = s.stat("/link-0").value();
    for (int i = 1; i <= MOST_LINKS + 1; i++) {
      s.symlink("link-" + (i - 1), "/link-" + i);
    }
    s.chroot("/link-" + (MOST_LINKS + 1)).fails(Errno.ELOOP);
    s.chroot("/link-" + MOST_LINKS).succeeds();
    s.root().is(end);
  }

  @Claim(
      id = "chroot-name-too-long",
      section = "ERRORS",
      says = "A component longer than the filesystem allows is ENAMETOOLONG",
      catches = "a kernel that cuts names off, or that answers ENOENT")
  void chrootNameTooLong(Stage stage) {
    Task s = stage.task("S");
    String longest = "n".repeat(NAME_MAX);
    s.mkdir("/" + longest);
    s.chroot("/" + longest + "n").fails(Errno.ENAMETOOLONG);
    s.chroot("/" + longest).succeeds();
  }

  @Claim(
      id = "chroot-path-too-long",
      section = "ERRORS",
      says = "A path of more than PATH_MAX bytes with its null byte is ENAMETOOLONG",
      catches = "a kernel whose limit is one byte off, or that cuts paths off")
  void chrootPathTooLong(Stage stage) {
    Task s = stage.task("S");
    FileId newRoot = s.stat("/new").value();
    String longest = "/".repeat(PATH_MAX - 1 - "new".length()) + "new";
    s.chroot("/" + longest).fails(Errno.ENAMETOOLONG);
    s.chroot(longest).succeeds();
    s.root().is(newRoot);
  }
}
