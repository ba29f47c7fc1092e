package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.look.FileId;

/** The errors of stat(2) that pivot_root(2) shares, because it looks up two names. */
@Page("pivot_root(2)")
class LookupErrorClaims {
  /** NAME_MAX of tmpfs. */
  private static final int LONGEST_NAME = 255;

  /** PATH_MAX without the NUL. */
  private static final int LONGEST_PATH = 4095;

  /** How many symbolic links one lookup follows. */
  private static final int MOST_LINKS = 40;

  @Claim(
      id = "new-root-missing",
      section = "ERRORS",
      says = "A new_root that does not exist is refused with ENOENT",
      catches = "a kernel that answers EINVAL, as for a directory that is no mount point")
  void newRootMissing(Stage stage) {
    Task s = stage.task("S");
    s.pivotRoot("/next", "/new/old").fails(Errno.ENOENT);
    s.symlink("/new", "/next");
    s.pivotRoot("/next", "/new/old").succeeds();
  }

  @Claim(
      id = "put-old-missing",
      section = "ERRORS",
      says = "A put_old that does not exist is refused with ENOENT and is not created",
      catches = "a kernel that creates put_old")
  void putOldMissing(Stage stage) {
    Task s = stage.task("S");
    s.pivotRoot("/new", "/new/place").fails(Errno.ENOENT);
    s.stat("/new/place").fails(Errno.ENOENT);
    s.mkdir("/new/place");
    s.pivotRoot("/new", "/new/place").succeeds();
  }

  @Claim(
      id = "new-root-prefix-missing",
      section = "ERRORS",
      says = "A new_root below a directory that does not exist is refused with ENOENT",
      catches = "a kernel that resolves .. without looking at what stands before it")
  void newRootPrefixMissing(Stage stage) {
    Task s = stage.task("S");
    s.pivotRoot("/missing/../new", "/new/old").fails(Errno.ENOENT);
    s.mkdir("/missing");
    s.pivotRoot("/missing/../new", "/new/old").succeeds();
  }

  @Claim(
      id = "put-old-prefix-missing",
      section = "ERRORS",
      says = "A put_old below a directory that does not exist is refused with ENOENT",
      catches = "a kernel that resolves .. without looking at what stands before it")
  void putOldPrefixMissing(Stage stage) {
    Task s = stage.task("S");
    s.pivotRoot("/new", "/new/missing/../old").fails(Errno.ENOENT);
    s.mkdir("/new/missing");
    s.pivotRoot("/new", "/new/missing/../old").succeeds();
  }

  @Claim(
      id = "empty-new-root",
      section = "ERRORS",
      says = "An empty new_root is refused with ENOENT and does not mean the working directory",
      catches = "a kernel that takes the empty name for the working directory")
  void emptyNewRoot(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new");
    s.pivotRoot("", "/new/old").fails(Errno.ENOENT);
    s.pivotRoot(".", "/new/old").succeeds();
  }

  @Claim(
      id = "empty-put-old",
      section = "ERRORS",
      says = "An empty put_old is refused with ENOENT and does not mean the working directory",
      catches = "a kernel that takes the empty name for the working directory")
  void emptyPutOld(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new/old");
    s.pivotRoot("/new", "").fails(Errno.ENOENT);
    s.pivotRoot("/new", ".").succeeds();
  }

  @Claim(
      id = "dangling-symlink",
      section = "ERRORS",
      says = "A symbolic link that leads nowhere, as new_root, is refused with ENOENT",
      catches = "a kernel that takes the link itself for the thing named")
  void danglingSymlink(Stage stage) {
    Task s = stage.task("S");
    s.symlink("/nowhere", "/link");
    s.pivotRoot("/link", "/new/old").fails(Errno.ENOENT);
    s.symlink("/new", "/nowhere");
    s.pivotRoot("/link", "/new/old").succeeds();
  }

  @Claim(
      id = "dangling-symlink-put-old",
      section = "ERRORS",
      says = "A symbolic link that leads nowhere, as put_old, is refused with ENOENT",
      catches = "a kernel that takes the link itself for the thing named")
  void danglingSymlinkPutOld(Stage stage) {
    Task s = stage.task("S");
    s.symlink("nowhere", "/new/link");
    s.pivotRoot("/new", "/new/link").fails(Errno.ENOENT);
    s.mkdir("/new/nowhere");
    s.pivotRoot("/new", "/new/link").succeeds();
  }

  @Claim(
      id = "new-root-symlink-followed",
      section = "ERRORS",
      says = "A symbolic link as new_root is followed, as stat(2) does",
      catches = "a kernel that refuses a link with ELOOP or ENOTDIR")
  void newRootSymlinkFollowed(Stage stage) {
    Task s = stage.task("S");
    s.symlink("new", "/link");
    FileId root = s.stat("/").value();
    FileId next = s.stat("/new").value();
    s.pivotRoot("/link", "/new/old").succeeds();
    s.stat("/").is(next);
    s.stat("/old").is(root);
  }

  @Claim(
      id = "put-old-symlink-followed",
      section = "ERRORS",
      says = "A symbolic link as put_old is followed, wherever the link itself is",
      catches = "a kernel that wants the link to be underneath new_root, or refuses links")
  void putOldSymlinkFollowed(Stage stage) {
    Task s = stage.task("S");
    s.symlink("/new/old", "/link");
    FileId root = s.stat("/").value();
    FileId next = s.stat("/new").value();
    s.pivotRoot("/new", "/link").succeeds();
    s.stat("/").is(next);
    s.stat("/old").is(root);
  }

  @Claim(
      id = "new-root-prefix-not-directory",
      section = "ERRORS",
      says = "A new_root whose path goes through a file is refused with ENOTDIR",
      catches = "a kernel that resolves .. from a file")
  void newRootPrefixNotDirectory(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/thing");
    s.pivotRoot("/thing/../new", "/new/old").fails(Errno.ENOTDIR);
    s.unlink("/thing");
    s.mkdir("/thing");
    s.pivotRoot("/thing/../new", "/new/old").succeeds();
  }

  @Claim(
      id = "put-old-prefix-not-directory",
      section = "ERRORS",
      says = "A put_old whose path goes through a file is refused with ENOTDIR",
      catches = "a kernel that resolves .. from a file")
  void putOldPrefixNotDirectory(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/new/thing");
    s.pivotRoot("/new", "/new/thing/../old").fails(Errno.ENOTDIR);
    s.unlink("/new/thing");
    s.mkdir("/new/thing");
    s.pivotRoot("/new", "/new/thing/../old").succeeds();
  }

  @Claim(
      id = "name-too-long",
      section = "ERRORS",
      says = "A component of 256 bytes in new_root is refused with ENAMETOOLONG; 255 are accepted",
      catches = "a kernel that cuts a long name short, or that is off by one")
  void nameTooLong(Stage stage) {
    Task s = stage.task("S");
    String longest = "n".repeat(LONGEST_NAME);
    s.symlink("/new", "/" + longest);
    s.pivotRoot("/" + longest + "n", "/new/old").fails(Errno.ENAMETOOLONG);
    s.pivotRoot("/" + longest, "/new/old").succeeds();
  }

  @Claim(
      id = "put-old-name-too-long",
      section = "ERRORS",
      says = "A component of 256 bytes in put_old is refused with ENAMETOOLONG; 255 are accepted",
      catches = "a kernel that cuts a long name short, or that is off by one")
  void putOldNameTooLong(Stage stage) {
    Task s = stage.task("S");
    String longest = "n".repeat(LONGEST_NAME);
    s.mkdir("/new/" + longest);
    s.pivotRoot("/new", "/new/" + longest + "n").fails(Errno.ENAMETOOLONG);
    s.pivotRoot("/new", "/new/" + longest).succeeds();
  }

  @Claim(
      id = "path-too-long",
      section = "ERRORS",
      says = "A new_root of 4096 bytes is refused with ENAMETOOLONG; 4095 are accepted",
      catches = "a kernel that cuts a long path short, or that is off by one")
  void pathTooLong(Stage stage) {
    Task s = stage.task("S");
    s.pivotRoot(padded("new", LONGEST_PATH + 1), "/new/old").fails(Errno.ENAMETOOLONG);
    s.pivotRoot(padded("new", LONGEST_PATH), "/new/old").succeeds();
  }

  @Claim(
      id = "put-old-path-too-long",
      section = "ERRORS",
      says = "A put_old of 4096 bytes is refused with ENAMETOOLONG; 4095 are accepted",
      catches = "a kernel that cuts a long path short, or that is off by one")
  void putOldPathTooLong(Stage stage) {
    Task s = stage.task("S");
    s.pivotRoot("/new", padded("new/old", LONGEST_PATH + 1)).fails(Errno.ENAMETOOLONG);
    s.pivotRoot("/new", padded("new/old", LONGEST_PATH)).succeeds();
  }

  private static String padded(String path, int length) {
    return "/".repeat(length - path.length()) + path;
  }

  @Claim(
      id = "symlink-loop",
      section = "ERRORS",
      says = "A symbolic link to itself as new_root is refused with ELOOP",
      catches = "a kernel that follows links without end, or answers ENOENT")
  void symlinkLoop(Stage stage) {
    Task s = stage.task("S");
    s.symlink("link", "/link");
    s.pivotRoot("/link", "/new/old").fails(Errno.ELOOP);
    s.unlink("/link");
    s.symlink("new", "/link");
    s.pivotRoot("/link", "/new/old").succeeds();
  }

  @Claim(
      id = "put-old-symlink-loop",
      section = "ERRORS",
      says = "A symbolic link to itself as put_old is refused with ELOOP",
      catches = "a kernel that follows links without end, or answers ENOENT")
  void putOldSymlinkLoop(Stage stage) {
    Task s = stage.task("S");
    s.symlink("link", "/new/link");
    s.pivotRoot("/new", "/new/link").fails(Errno.ELOOP);
    s.unlink("/new/link");
    s.symlink("old", "/new/link");
    s.pivotRoot("/new", "/new/link").succeeds();
  }

  @Claim(
      id = "symlink-limit",
      section = "ERRORS",
      says = "A new_root behind 41 symbolic links is refused with ELOOP; 40 are followed",
      catches = "a kernel whose limit for this call differs from that of every other lookup")
  void symlinkLimit(Stage stage) {
    Task s = stage.task("S");
    chain(s, "/new", "/link");
    s.stat("/link" + MOST_LINKS).succeeds();
    s.stat("/link" + (MOST_LINKS + 1)).fails(Errno.ELOOP);
    s.pivotRoot("/link" + (MOST_LINKS + 1), "/new/old").fails(Errno.ELOOP);
    s.pivotRoot("/link" + MOST_LINKS, "/new/old").succeeds();
  }

  @Claim(
      id = "put-old-symlink-limit",
      section = "ERRORS",
      says = "A put_old behind 41 symbolic links is refused with ELOOP; 40 are followed",
      catches = "a kernel that counts the links of both names together")
  void putOldSymlinkLimit(Stage stage) {
    Task s = stage.task("S");
    chain(s, "/new", "/root");
    chain(s, "/new/old", "/link");
    s.pivotRoot("/root" + MOST_LINKS, "/link" + (MOST_LINKS + 1)).fails(Errno.ELOOP);
    s.pivotRoot("/root" + MOST_LINKS, "/link" + MOST_LINKS).succeeds();
  }

  /** Symbolic links NAME1, NAME2 and so on, each to the one before, the first to the end. */
  private static void chain(Task task, String end, String name) {
    String target = end;
    for (int i = 1; i <= MOST_LINKS + 1; i++) {
      task.symlink(target, name + i);
      target = name + i;
    }
  }

  @Claim(
      id = "search-denied",
      section = "ERRORS",
      says =
          "A new_root behind a directory that the caller may not search is refused with EACCES,"
              + " CAP_SYS_ADMIN or not",
      catches = "a kernel for which CAP_SYS_ADMIN overrides permissions")
  void searchDenied(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/closed", 0600);
    Task p = stage.task("P");
    s.drop(Capability.CAP_DAC_OVERRIDE, Capability.CAP_DAC_READ_SEARCH);
    s.pivotRoot("/closed/../new", "/new/old").fails(Errno.EACCES);
    p.rmdir("/closed");
    p.mkdir("/closed", 0100);
    s.pivotRoot("/closed/../new", "/new/old").succeeds();
  }

  @Claim(
      id = "put-old-search-denied",
      section = "ERRORS",
      says =
          "A put_old behind a directory that the caller may not search is refused with EACCES,"
              + " CAP_SYS_ADMIN or not",
      catches = "a kernel that checks the permissions on the way to new_root only")
  void putOldSearchDenied(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/closed", 0600);
    Task p = stage.task("P");
    s.drop(Capability.CAP_DAC_OVERRIDE, Capability.CAP_DAC_READ_SEARCH);
    s.pivotRoot("/new", "/new/closed/../old").fails(Errno.EACCES);
    p.rmdir("/new/closed");
    p.mkdir("/new/closed", 0100);
    s.pivotRoot("/new", "/new/closed/../old").succeeds();
  }

  @Claim(
      id = "no-permission-needed-on-the-directories",
      section = "ERRORS",
      says = "As with stat(2), no permission is needed on the two directories themselves",
      catches = "a kernel that wants to read, write or search new_root or put_old")
  void noPermissionNeededOnTheDirectories(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/source", 0);
    s.mkdir("/next");
    s.bind("/source", "/next");
    FileId root = s.stat("/").value();
    FileId next = s.stat("/next").value();
    Task p = stage.task("P");
    s.drop(Capability.CAP_DAC_OVERRIDE, Capability.CAP_DAC_READ_SEARCH);
    s.stat("/next/x").fails(Errno.EACCES);
    s.pivotRoot("/next", "/next").succeeds();
    s.root().is(next);
    p.root().is(next);
    p.stat("/..").is(root);
  }
}
