package org.pivotroot.tck.suites.getcwd2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** getcwd(3) and its relatives, as the guest's C library has them. */
@Page("getcwd(3)")
class LibraryClaims {
  private static final int PATH_MAX = 4096;

  /** A component that makes, with its slash, 255 bytes. */
  private static final String COMPONENT = "d".repeat(254);

  /** Levels of such components that make a path longer than PATH_MAX. */
  private static final int TOO_DEEP = 20;

  @Claim(
      id = "libc-absolute-path",
      section = "DESCRIPTION",
      says = "The function copies an absolute path of the working directory into the buffer",
      catches = "a kernel whose answer the library takes for an error")
  void libcAbsolutePath(Stage stage) {
    Task s = stage.task("S");
    s.libcGetcwd().is("/");
    s.chdir("/new/old");
    s.libcGetcwd().is("/new/old");
  }

  @Claim(
      id = "libc-returns-its-buffer",
      section = "RETURN VALUE",
      says = "The returned pointer is the buffer that was handed in",
      catches = "a library that returns memory of its own")
  void libcReturnsItsBuffer(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new/old");
    s.libcGetcwdReturnsItsBuffer(64).is(true);
  }

  @Claim(
      id = "libc-erange-small-buffer",
      section = "ERRORS",
      says = "A buffer too small for the path with its null byte is ERANGE",
      catches = "a library or kernel that forgets the null byte")
  void libcErangeSmallBuffer(Stage stage) {
    Task s = stage.task("S");
    s.libcGetcwd(1).fails(Errno.ERANGE);
    s.libcGetcwd(2).is("/");
    s.chdir("/new/old");
    s.libcGetcwd(8).fails(Errno.ERANGE);
    s.libcGetcwd(9).is("/new/old");
  }

  @Claim(
      id = "einval-zero-size",
      section = "ERRORS",
      says = "To the library, a buffer of size zero is EINVAL",
      catches = "a library that hands the size on: the kernel answers ERANGE")
  void einvalZeroSize(Stage stage) {
    Task s = stage.task("S");
    s.libcGetcwd(0).fails(Errno.EINVAL);
    s.libcGetcwdBadBuffer(0).fails(Errno.EINVAL);
    s.getcwd(0).fails(Errno.ERANGE);
  }

  @Claim(
      id = "libc-efault",
      section = "ERRORS",
      says = "A buffer at a bad address is EFAULT",
      catches = "a kernel that kills the process instead")
  void libcEfault(Stage stage) {
    Task s = stage.task("S");
    s.libcGetcwdBadBuffer(64).fails(Errno.EFAULT);
  }

  @Claim(
      id = "libc-enoent-unlinked-cwd",
      section = "ERRORS",
      says = "A working directory that has been removed is ENOENT",
      catches = "a kernel or library that gives the former path")
  void libcEnoentUnlinkedCwd(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/a");
    s.chdir("/a");
    Task p = stage.task("P");
    s.libcGetcwd().is("/a");
    p.rmdir("/a");
    s.libcGetcwd().fails(Errno.ENOENT);
    s.libcGetcwdAllocating(0).fails(Errno.ENOENT);
  }

  @Claim(
      id = "null-buffer-allocates",
      section = "DESCRIPTION",
      says = "Without a buffer and with size zero, one just as large as necessary is allocated",
      catches = "a library that keeps a whole PATH_MAX for a short path")
  void nullBufferAllocates(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new/old");
    Result.Allocated path = s.libcGetcwdAllocating(0).succeeds().value();
    stage.check(path.text().equals("/new/old"), () -> "the allocated path is " + path);
    stage.check(
        path.usable() >= "/new/old".length() + 1 && path.usable() < 64,
        "the allocation is not of the size of the path");
  }

  @Claim(
      id = "null-buffer-of-given-size",
      section = "DESCRIPTION",
      says = "Without a buffer but with a size, one of that size is allocated, and it must suffice",
      catches = "a library that ignores the size when it allocates")
  void nullBufferOfGivenSize(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new/old");
    Result.Allocated path = s.libcGetcwdAllocating(1000).succeeds().value();
    stage.check(path.text().equals("/new/old"), () -> "the allocated path is " + path);
    stage.check(path.usable() >= 1000 && path.usable() < 1064, "the allocation is of another size");
    s.libcGetcwdAllocating(8).fails(Errno.ERANGE);
    s.libcGetcwdAllocating(9).succeeds();
  }

  @Claim(
      id = "unreachable-is-enoent-in-libc",
      section = "BUGS",
      says = "Where the kernel marks the path as unreachable, glibc since 2.27 fails with ENOENT",
      catches = "a kernel that does not mark the path, or a library that hands it on")
  void unreachableIsEnoentInLibc(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/outside");
    Task atOldRoot = stage.task("AT-OLD-ROOT");
    Task onDetached = stage.task("ON-DETACHED");
    onDetached.chdir("/new/old");
    s.chdir("/outside");
    s.chroot("/jail");
    s.getcwd().is("(unreachable)/outside");
    s.libcGetcwd().fails(Errno.ENOENT);
    s.libcGetcwdAllocating(0).fails(Errno.ENOENT);
    atOldRoot.chroot("/jail");
    atOldRoot.getcwd().is("(unreachable)/");
    atOldRoot.libcGetcwd().fails(Errno.ENOENT);
    onDetached.umount("/new", UmountFlag.MNT_DETACH);
    onDetached.getcwd().is("(unreachable)/old");
    onDetached.libcGetcwd().fails(Errno.ENOENT);
  }

  @Claim(
      id = "unreachable-in-other-namespace-is-enoent-in-libc",
      section = "BUGS",
      says =
          "The library fails with ENOENT as well where the directory is unreachable because it lies"
              + " in another mount namespace",
      catches = "a library that has learned to tell a copied mount from the original")
  @Contradicted(
      because =
          "When the system call's answer is no absolute path, glibc walks up by .. until it meets a"
              + " directory with the device and inode of its root. In a copy of the caller's mount"
              + " namespace the copied root has both, so it ends there and returns a path as if the"
              + " directory were in the caller's namespace, where that path leads elsewhere or"
              + " nowhere. It has no part in this which kernel it is")
  void unreachableInOtherNamespaceIsEnoentInLibc(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor descriptor = q.open("/new/old", OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY).value();
    // In the namespace of S the path is gone altogether.
    s.umount("/new");
    s.stat("/new/old").fails(Errno.ENOENT);
    s.fchdir(descriptor);
    s.getcwd().is("(unreachable)/new/old");
    s.libcGetcwd().fails(Errno.ENOENT);
  }

  @Claim(
      id = "unreachable-beside-bound-root-is-enoent-in-libc",
      section = "BUGS",
      says =
          "The library fails with ENOENT as well where the directory is unreachable because it was"
              + " entered through another mount of the root directory",
      catches = "a library that has learned to tell a bind mount from what it shows")
  @Contradicted(
      because =
          "glibc's own way up ends at the first directory with the device and inode of the root,"
              + " and the bind mount has both: it returns a path that starts there. No kernel has"
              + " a part in it")
  void unreachableBesideBoundRootIsEnoentInLibc(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/inside");
    s.mkdir("/view");
    s.bind("/jail", "/view");
    s.chdir("/view/inside");
    s.chroot("/jail");
    s.getcwd().is("(unreachable)/view/inside");
    s.libcGetcwd().fails(Errno.ENOENT);
  }

  @Claim(
      id = "unreachable-in-busybox",
      section = "BUGS",
      says = "A statically linked program, busybox, does not print the marked path either",
      catches = "a kernel that does not mark the path",
      editions = "none",
      userland = true)
  void unreachableInBusybox(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/usr");
    s.bind("/usr", "/jail/usr");
    s.mkdir("/outside");
    s.chdir("/outside");
    s.chroot("/jail");
    s.getcwd().is("(unreachable)/outside");
    Ran ran = s.run("/usr/bin/busybox", "pwd").value();
    stage.fact("busybox pwd", ran);
    stage.check(ran.status() == 1 && ran.output().isEmpty(), "busybox pwd did not fail");
    s.chdir("/usr");
    Ran inside = s.run("/usr/bin/busybox", "pwd").value();
    stage.check(inside.output().equals("/usr"), "busybox pwd fails inside the root");
  }

  @Claim(
      id = "libc-fallback-returns-longer-path",
      section = "C library/kernel differences",
      says = "Where the system call says ENAMETOOLONG, the library finds the whole path by itself",
      catches = "a kernel whose .. and directory entries do not lead to the same path")
  void libcFallbackReturnsLongerPath(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new");
    s.enterNewDirectories(COMPONENT, TOO_DEEP);
    String path = "/new" + ("/" + COMPONENT).repeat(TOO_DEEP);
    s.getcwd(2 * PATH_MAX).given(Errno.ENAMETOOLONG);
    s.libcGetcwd(2 * PATH_MAX).is(path);
    s.libcGetcwd(path.length()).fails(Errno.ERANGE);
    s.libcGetcwd(path.length() + 1).is(path);
  }

  @Claim(
      id = "no-eacces-by-system-call",
      section = "NOTES",
      says = "The system call needs no permission to read or search the directories above",
      catches = "a kernel that checks permissions on the way to the root")
  void noEaccesBySystemCall(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/closed", 0);
    s.mkdir("/closed/a");
    s.chdir("/closed/a");
    s.setresuid(1000);
    s.stat("..").succeeds();
    s.stat("../a").fails(Errno.EACCES);
    s.getcwd().is("/closed/a");
    s.libcGetcwd().is("/closed/a");
  }

  @Claim(
      id = "eacces-only-without-system-call",
      section = "NOTES",
      says = "EACCES is possible only where the system has neither the system call nor /proc",
      catches = "a library that has learned to get longer paths without reading directories")
  @Contradicted(
      because =
          "For a path longer than PATH_MAX the system call exists but answers ENAMETOOLONG, and"
              + " glibc then walks up by itself, reading every directory on the way: the case that"
              + " the page describes itself under the differences of library and kernel. One"
              + " directory that may not be read is EACCES there. The kernel has no part in it")
  void eaccesOnlyWithoutSystemCall(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/closed", 0711);
    s.chdir("/closed");
    s.enterNewDirectories(COMPONENT, TOO_DEEP);
    String path = "/closed" + ("/" + COMPONENT).repeat(TOO_DEEP);
    s.libcGetcwd().is(path);
    s.setresuid(1000);
    s.getcwd().given(Errno.ENAMETOOLONG);
    s.libcGetcwd().is(path);
  }

  @Claim(
      id = "getwd-path",
      section = "DESCRIPTION",
      says = "getwd(3) puts the path into a buffer of PATH_MAX bytes; a null pointer is EINVAL",
      catches = "a library that allocates for getwd as it does for getcwd")
  void getwdPath(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new/old");
    s.libcGetwd().is("/new/old");
    s.libcGetwdNull().fails(Errno.EINVAL);
  }

  @Claim(
      id = "getwd-enametoolong",
      section = "ERRORS",
      says =
          "A path that does not fit PATH_MAX with its null byte makes getwd(3) fail with"
              + " ENAMETOOLONG",
      catches = "a library whose getwd takes its error from the system call")
  @Contradicted(
      because =
          "glibc's getwd(3) is getcwd(3) into an array of PATH_MAX bytes. There the system call's"
              + " ENAMETOOLONG starts the library's own search, and that ends with ERANGE, which"
              + " getwd(3) hands on. The kernel has no part in it")
  void getwdEnametoolong(Stage stage) {
    Task s = stage.task("S");
    s.enterNewDirectories(COMPONENT, 16);
    s.libcGetwd().is(("/" + COMPONENT).repeat(16));
    s.enterNewDirectories(COMPONENT, 4);
    s.libcGetwd().fails(Errno.ENAMETOOLONG);
  }

  @Claim(
      id = "get-current-dir-name-trusts-correct-pwd",
      section = "DESCRIPTION",
      says =
          "get_current_dir_name(3) returns the value of PWD if that leads to the working"
              + " directory, and the path without symbolic links otherwise",
      catches = "a library that trusts PWD unseen")
  void getCurrentDirNameTrustsCorrectPwd(Stage stage) {
    Task s = stage.task("S");
    s.symlink("new/old", "/link");
    s.mkdir("/elsewhere");
    s.chdir("/new/old");
    s.unsetenv("PWD");
    s.libcGetCurrentDirName().is(s.libcGetcwdAllocating(0).value());
    s.setenv("PWD", "/link");
    stage.check(s.libcGetCurrentDirName().value().text().equals("/link"), "PWD is not returned");
    s.setenv("PWD", "/elsewhere");
    stage.check(
        s.libcGetCurrentDirName().value().text().equals("/new/old"),
        "a PWD that leads elsewhere is returned");
    s.setenv("PWD", "/missing");
    stage.check(
        s.libcGetCurrentDirName().value().text().equals("/new/old"),
        "a PWD that leads nowhere is returned");
    s.unsetenv("PWD");
  }

  @Claim(
      id = "fchdir-returns-more-reliably",
      section = "NOTES",
      says =
          "A descriptor of the working directory leads back where its path no longer does: past"
              + " PATH_MAX, after a rename, and from inside another root",
      catches = "a kernel whose fchdir(2) goes by the path that was opened")
  void fchdirReturnsMoreReliably(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/a");
    s.chdir("/a");
    s.enterNewDirectories(COMPONENT, TOO_DEEP);
    FileId deep = s.stat(".").value();
    String path = s.libcGetcwd().value();
    Descriptor descriptor = s.open(".", OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY).value();
    s.chdir("/");
    s.chdir(path).fails(Errno.ENAMETOOLONG);
    s.fchdir(descriptor).succeeds();
    s.cwd().is(deep);
    s.chdir("/");
    s.rename("/a", "/b");
    s.fchdir(descriptor).succeeds();
    s.cwd().is(deep);
    s.chroot("/new");
    s.chdir("/");
    s.fchdir(descriptor).succeeds();
    s.cwd().is(deep);
  }
}
