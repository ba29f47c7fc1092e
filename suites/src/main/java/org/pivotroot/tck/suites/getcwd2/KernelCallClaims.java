package org.pivotroot.tck.suites.getcwd2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Result;

/** The getcwd system call, where the working directory lies below the root. */
@Page("getcwd(2)")
class KernelCallClaims {
  private static final int PATH_MAX = 4096;

  /** A component that makes, with its slash, 255 bytes. */
  private static final String COMPONENT = "d".repeat(254);

  private static final int LEVELS = 16;

  /** What PATH_MAX leaves for a last component below {@link #LEVELS} of the others. */
  private static final int REST =
      PATH_MAX - "\0".length() - LEVELS * ("/" + COMPONENT).length() - "/".length();

  @Claim(
      id = "absolute-path",
      section = "DESCRIPTION",
      says = "The result is an absolute path of the working directory, across mounts",
      catches = "a kernel that stops at the root of the mount that holds the directory")
  void absolutePath(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/a");
    s.mkdir("/a/b");
    s.getcwd().is("/");
    s.chdir("/a/b");
    s.getcwd().is("/a/b");
    s.chdir("/new");
    s.getcwd().is("/new");
    s.chdir("/new/old");
    s.getcwd().is("/new/old");
  }

  @Claim(
      id = "getcwd-without-symlinks",
      section = "DESCRIPTION",
      says = "The path names directories only, whatever symbolic links led there",
      catches = "a kernel that repeats the path given to chdir(2)")
  void getcwdWithoutSymlinks(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/a");
    s.mkdir("/a/b");
    s.symlink("a", "/link");
    s.chdir("/link/b/../b/.");
    s.getcwd().is("/a/b");
  }

  @Claim(
      id = "getcwd-by-the-mount-entered",
      section = "DESCRIPTION",
      says = "Of two mounts that show the directory, the path is by the one it was entered through",
      catches = "a kernel that knows directories by their filesystem and not by their mount",
      editions = "none")
  void getcwdByTheMountEntered(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/a");
    s.mkdir("/a/b");
    s.mkdir("/view");
    s.bind("/a", "/view");
    Task p = stage.task("P");
    s.chdir("/view/b");
    p.chdir("/a/b");
    s.getcwd().is("/view/b");
    p.getcwd().is("/a/b");
  }

  @Claim(
      id = "getcwd-starts-at-the-callers-root",
      section = "DESCRIPTION",
      says = "The path is absolute in the caller's sense: it starts at the caller's root",
      catches = "a kernel that starts at the root of the mount namespace")
  void getcwdStartsAtTheCallersRoot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/inside");
    s.chdir("/new/inside");
    Task p = stage.task("P");
    Task r = stage.task("R");
    s.chroot("/new");
    s.getcwd().is("/inside");
    r.chroot("/new/inside");
    r.getcwd().is("/");
    p.getcwd().is("/new/inside");
  }

  @Claim(
      id = "getcwd-follows-rename",
      section = "DESCRIPTION",
      says = "The path is the present one: a directory on the way that is renamed shows at once",
      catches = "a kernel that remembers the path of the last chdir(2)")
  void getcwdFollowsRename(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/a");
    s.mkdir("/a/b");
    s.mkdir("/c");
    s.chdir("/a/b");
    Task p = stage.task("P");
    p.rename("/a", "/c/renamed");
    s.getcwd().is("/c/renamed/b");
    p.rename("/c/renamed/b", "/new-name");
    s.getcwd().is("/new-name");
  }

  @Claim(
      id = "getcwd-follows-moved-mount",
      section = "DESCRIPTION",
      says = "A mount on the way that is moved shows at once as well",
      catches = "a kernel that remembers where a mount was when the directory was entered",
      editions = "none")
  void getcwdFollowsMovedMount(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/elsewhere");
    s.chdir("/new/old");
    Task p = stage.task("P");
    p.chdir("/");
    p.move("/new", "/elsewhere");
    s.getcwd().is("/elsewhere/old");
  }

  @Claim(
      id = "kernel-returns-length-with-nul",
      section = "C library/kernel differences",
      says =
          "The system call returns the number of bytes it put into the buffer, the null byte"
              + " included, and writes no more than those",
      catches = "a kernel that returns the length without the null byte, or pads the buffer",
      editions = "none")
  void kernelReturnsLengthWithNul(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/directory");
    s.getcwd(64).is(new Result.Touched(2, "/", 2));
    s.chdir("/directory");
    s.getcwd(64).is(new Result.Touched(11, "/directory", 11));
  }

  @Claim(
      id = "erange-small-buffer",
      section = "ERRORS",
      says =
          "A buffer too small for the path and its null byte is ERANGE; one just large enough is"
              + " not",
      catches = "a kernel that forgets the null byte, or that cuts the path off")
  void erangeSmallBuffer(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/directory");
    s.getcwd(1).fails(Errno.ERANGE);
    s.getcwd(2).is(new Result.Touched(2, "/", 2));
    s.chdir("/directory");
    s.getcwd(10).fails(Errno.ERANGE);
    s.getcwd(11).is(new Result.Touched(11, "/directory", 11));
  }

  @Claim(
      id = "erange-zero-size-kernel",
      section = "C library/kernel differences",
      says = "To the system call, a size of zero is one that is too small: ERANGE",
      catches = "a kernel that takes zero for any size, or answers EINVAL as the library does",
      editions = "none")
  void erangeZeroSizeKernel(Stage stage) {
    Task s = stage.task("S");
    s.getcwd(0).fails(Errno.ERANGE);
    s.getcwdBadBuffer(0).fails(Errno.ERANGE);
  }

  @Claim(
      id = "efault",
      section = "ERRORS",
      says = "A buffer at a bad address is EFAULT",
      catches = "a kernel that trusts the address")
  void efault(Stage stage) {
    Task s = stage.task("S");
    s.getcwdBadBuffer(64).fails(Errno.EFAULT);
    s.getcwd(64).is(new Result.Touched(2, "/", 2));
  }

  @Claim(
      id = "enoent-unlinked-cwd",
      section = "ERRORS",
      says = "A working directory that has been removed is ENOENT, also where its name is back",
      catches = "a kernel that still gives the former path, or the path of a namesake")
  void enoentUnlinkedCwd(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/a");
    s.mkdir("/a/b");
    s.chdir("/a/b");
    Task p = stage.task("P");
    s.getcwd().is("/a/b");
    p.rmdir("/a/b");
    s.getcwd().fails(Errno.ENOENT);
    p.mkdir("/a/b");
    s.getcwd().fails(Errno.ENOENT);
    s.chdir("/a/b");
    s.getcwd().is("/a/b");
  }

  @Claim(
      id = "enametoolong-past-path-max",
      section = "C library/kernel differences",
      says =
          "A path of exactly PATH_MAX bytes with its null byte is returned; one byte more is"
              + " ENAMETOOLONG, however large the buffer",
      catches = "a kernel whose limit is one byte off, or that returns a cut path")
  void enametoolongPastPathMax(Stage stage) {
    Task s = stage.task("S");
    s.enterNewDirectories(COMPONENT, LEVELS);
    Task p = stage.task("P");
    s.enterNewDirectories("e".repeat(REST), 1);
    p.enterNewDirectories("f".repeat(REST + 1), 1);
    String path = ("/" + COMPONENT).repeat(LEVELS) + "/" + "e".repeat(REST);
    s.getcwd(2 * PATH_MAX).is(new Result.Touched(PATH_MAX, path, PATH_MAX));
    s.getcwd(PATH_MAX).is(new Result.Touched(PATH_MAX, path, PATH_MAX));
    p.getcwd(2 * PATH_MAX).fails(Errno.ENAMETOOLONG);
  }

  @Claim(
      id = "path-max-counts-from-the-callers-root",
      section = "C library/kernel differences",
      says = "What must fit PATH_MAX is the path from the caller's root, not the whole of it",
      catches = "a kernel that measures from the root of the mount namespace",
      editions = "none")
  void pathMaxCountsFromTheCallersRoot(Stage stage) {
    Task s = stage.task("S");
    s.enterNewDirectories(COMPONENT, 4);
    Task p = stage.task("P");
    p.chroot(".");
    s.enterNewDirectories(COMPONENT, LEVELS);
    p.chdir(("/" + COMPONENT).repeat(LEVELS));
    s.getcwd().fails(Errno.ENAMETOOLONG);
    p.getcwd().is(("/" + COMPONENT).repeat(LEVELS));
  }
}
