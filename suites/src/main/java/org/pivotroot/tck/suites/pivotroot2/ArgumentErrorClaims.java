package org.pivotroot.tck.suites.pivotroot2;

import static org.pivotroot.tck.model.call.Value.badAddress;
import static org.pivotroot.tck.model.call.Value.text;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.look.FileId;

/** new_root and put_old must be addresses of names of directories. */
@Page("pivot_root(2)")
class ArgumentErrorClaims {

  @Claim(
      id = "new-root-not-directory",
      section = "ERRORS",
      says = "A regular file as new_root is refused with ENOTDIR, even if it is a mount point",
      catches = "a kernel that lets a file become the root, or answers EINVAL")
  void newRootNotDirectory(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/new/file");
    s.createFile("/file");
    s.bind("/new/file", "/file");
    s.pivotRoot("/file", "/new/old").fails(Errno.ENOTDIR);
    s.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "new-root-fifo",
      section = "ERRORS",
      says = "A fifo as new_root is refused with ENOTDIR",
      catches = "a kernel that waits for a writer, or that refuses regular files only")
  void newRootFifo(Stage stage) {
    Task s = stage.task("S");
    s.createFifo("/new/fifo");
    s.createFifo("/fifo");
    s.bind("/new/fifo", "/fifo");
    s.pivotRoot("/fifo", "/new/old").fails(Errno.ENOTDIR);
    s.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "new-root-device",
      section = "ERRORS",
      says = "A device node as new_root is refused with ENOTDIR",
      catches = "a kernel that opens the device, or answers ENOTBLK or EINVAL")
  void newRootDevice(Stage stage) {
    Task s = stage.task("S");
    s.createDevice("/new/null");
    s.createFile("/null");
    s.bind("/new/null", "/null");
    s.pivotRoot("/null", "/new/old").fails(Errno.ENOTDIR);
    s.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "new-root-symlink-to-file",
      section = "ERRORS",
      says = "A symbolic link to a regular file as new_root is refused with ENOTDIR",
      catches = "a kernel that looks at the link, or follows it without asking what it leads to")
  void newRootSymlinkToFile(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/new/file");
    s.symlink("/new/file", "/link");
    s.pivotRoot("/link", "/new/old").fails(Errno.ENOTDIR);
    s.unlink("/link");
    s.symlink("/new", "/link");
    s.pivotRoot("/link", "/new/old").succeeds();
  }

  @Claim(
      id = "put-old-not-directory",
      section = "ERRORS",
      says = "A regular file as put_old is refused with ENOTDIR",
      catches = "a kernel that mounts the old root over a file, or answers EINVAL")
  void putOldNotDirectory(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/new/place");
    s.pivotRoot("/new", "/new/place").fails(Errno.ENOTDIR);
    s.unlink("/new/place");
    s.mkdir("/new/place");
    s.pivotRoot("/new", "/new/place").succeeds();
  }

  @Claim(
      id = "put-old-fifo",
      section = "ERRORS",
      says = "A fifo as put_old is refused with ENOTDIR",
      catches = "a kernel that refuses regular files only")
  void putOldFifo(Stage stage) {
    Task s = stage.task("S");
    s.createFifo("/new/place");
    s.pivotRoot("/new", "/new/place").fails(Errno.ENOTDIR);
    s.unlink("/new/place");
    s.mkdir("/new/place");
    s.pivotRoot("/new", "/new/place").succeeds();
  }

  @Claim(
      id = "put-old-device",
      section = "ERRORS",
      says = "A device node as put_old is refused with ENOTDIR",
      catches = "a kernel that refuses regular files only")
  void putOldDevice(Stage stage) {
    Task s = stage.task("S");
    s.createDevice("/new/place");
    s.pivotRoot("/new", "/new/place").fails(Errno.ENOTDIR);
    s.unlink("/new/place");
    s.mkdir("/new/place");
    s.pivotRoot("/new", "/new/place").succeeds();
  }

  @Claim(
      id = "put-old-symlink-to-file",
      section = "ERRORS",
      says = "A symbolic link to a regular file as put_old is refused with ENOTDIR",
      catches = "a kernel that mounts the old root on what a link leads to, whatever it is")
  void putOldSymlinkToFile(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/new/file");
    s.symlink("file", "/new/link");
    s.pivotRoot("/new", "/new/link").fails(Errno.ENOTDIR);
    s.unlink("/new/file");
    s.mkdir("/new/file");
    s.pivotRoot("/new", "/new/link").succeeds();
  }

  @Claim(
      id = "neither-directory",
      section = "ERRORS",
      says = "With files as new_root and as put_old the call is refused with ENOTDIR",
      catches = "a kernel that accepts files as long as both are files")
  void neitherDirectory(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/new/file");
    s.createFile("/file");
    s.bind("/new/file", "/file");
    s.pivotRoot("/file", "/file").fails(Errno.ENOTDIR);
    s.pivotRoot("/new", "/new").succeeds();
  }

  @Claim(
      id = "new-root-bad-pointer",
      section = "ERRORS",
      says = "A new_root that is no address of the caller's is refused with EFAULT",
      catches = "a kernel that crashes on the address, or answers EINVAL")
  void newRootBadPointer(Stage stage) {
    Task s = stage.task("S");
    s.pivotRoot(badAddress(), text("/new/old")).fails(Errno.EFAULT);
    s.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "put-old-bad-pointer",
      section = "ERRORS",
      says = "A put_old that is no address of the caller's is refused with EFAULT",
      catches = "a kernel that moves new_root before it reads put_old")
  void putOldBadPointer(Stage stage) {
    Task s = stage.task("S");
    s.pivotRoot(text("/new"), badAddress()).fails(Errno.EFAULT);
    s.pivotRoot("/new", "/new/old").succeeds();
  }

  @Claim(
      id = "trailing-slashes-accepted",
      section = "DESCRIPTION",
      says = "Slashes behind or within the names of directories make no difference",
      catches = "a kernel that compares names instead of directories")
  void trailingSlashesAccepted(Stage stage) {
    Task s = stage.task("S");
    FileId root = s.stat("/").value();
    FileId next = s.stat("/new").value();
    s.pivotRoot("//new//", "/new///old/").succeeds();
    s.stat("/").is(next);
    s.stat("/old").is(root);
  }

  @Claim(
      id = "relative-names-accepted",
      section = "DESCRIPTION",
      says = "Both names may be relative to the working directory",
      catches = "a kernel that resolves the names from the root")
  void relativeNamesAccepted(Stage stage) {
    Task s = stage.task("S");
    FileId root = s.stat("/").value();
    FileId next = s.stat("/new").value();
    s.chdir("/new/old");
    s.pivotRoot("..", ".").succeeds();
    s.stat("/").is(next);
    s.stat("/old").is(root);
  }
}
