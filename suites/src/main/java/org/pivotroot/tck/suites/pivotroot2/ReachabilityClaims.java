package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.look.FileId;

/** put_old must be at or underneath new_root, whatever the names say. */
@Page("pivot_root(2)")
class ReachabilityClaims {

  @Claim(
      id = "put-old-not-underneath",
      section = "ERRORS",
      says = "A put_old on an unrelated mount is refused with EINVAL",
      catches = "a kernel that loses the old root, as nothing leads to it from the new one")
  void putOldNotUnderneath(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/other");
    s.pivotRoot("/new", "/other").fails(Errno.EINVAL);
    s.rmdir("/new/old");
    s.mkdir("/new/other");
    s.move("/other", "/new/other");
    s.pivotRoot("/new", "/new/other").succeeds();
  }

  @Claim(
      id = "put-old-above-new-root",
      section = "ERRORS",
      says = "A put_old on the mount that new_root is mounted on is refused with EINVAL",
      catches = "a kernel that accepts any two mounts of which one is below the other")
  void putOldAboveNewRoot(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/mid");
    s.newTmpfs("/mid/next");
    s.pivotRoot("/mid/next", "/mid").fails(Errno.EINVAL);
    s.pivotRoot("/mid", "/mid/next").succeeds();
  }

  @Claim(
      id = "put-old-beside-new-root",
      section = "ERRORS",
      says =
          "A put_old beside new_root, on the mount that new_root is mounted on, is refused with"
              + " EINVAL",
      catches = "a kernel that looks for a common parent")
  void putOldBesideNewRoot(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/mid");
    s.mkdir("/mid/old");
    s.newTmpfs("/mid/next");
    s.mkdir("/mid/next/old");
    s.pivotRoot("/mid/next", "/mid/old").fails(Errno.EINVAL);
    s.pivotRoot("/mid/next", "/mid/next/old").succeeds();
  }

  @Claim(
      id = "put-old-name-prefix",
      section = "ERRORS",
      says = "/new2 is not underneath /new, though the name begins with it: EINVAL",
      catches = "a kernel that compares names")
  void putOldNamePrefix(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/new2");
    s.mkdir("/new2/old");
    s.pivotRoot("/new", "/new2").fails(Errno.EINVAL);
    s.pivotRoot("/new", "/new2/old").fails(Errno.EINVAL);
    s.pivotRoot("/new2", "/new2/old").succeeds();
  }

  @Claim(
      id = "put-old-symlink-leads-outside",
      section = "ERRORS",
      says = "What a symbolic link below new_root leads to counts, not where the link is: EINVAL",
      catches = "a kernel that looks at the place of the link")
  void putOldSymlinkLeadsOutside(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/other");
    s.symlink("/other", "/new/link");
    s.pivotRoot("/new", "/new/link").fails(Errno.EINVAL);
    s.unlink("/new/link");
    s.symlink("/new/old", "/new/link");
    s.pivotRoot("/new", "/new/link").succeeds();
  }

  @Claim(
      id = "put-old-through-other-mount",
      section = "ERRORS",
      says =
          "The very directory below new_root, reached through another mount of the same"
              + " filesystem, is not underneath new_root: EINVAL",
      catches = "a kernel that compares directories without their mounts")
  void putOldThroughOtherMount(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/view");
    s.bind("/new", "/view");
    s.pivotRoot("/new", "/view/old").fails(Errno.EINVAL);
    s.pivotRoot("/view", "/view/old").succeeds();
  }

  @Claim(
      id = "put-old-moved-out-of-new-root",
      section = "ERRORS",
      says =
          "A put_old on new_root's own mount that has been moved out of what the mount shows is"
              + " refused with EINVAL",
      catches = "a kernel that asks for the mount but not for the directory")
  void putOldMovedOutOfNewRoot(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/source");
    s.mkdir("/source/part");
    s.mkdir("/source/part/old");
    s.mkdir("/next");
    s.bind("/source/part", "/next");
    Task p = stage.task("P");
    s.chdir("/next/old");
    p.rename("/source/part/old", "/source/old");
    s.pivotRoot("/next", ".").fails(Errno.EINVAL);
    p.rename("/source/old", "/source/part/old");
    s.pivotRoot("/next", ".").succeeds();
  }

  @Claim(
      id = "put-old-via-dotdot",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "A put_old whose name leaves new_root and comes back is underneath it",
      catches = "a kernel that refuses .. in the name")
  void putOldViaDotdot(Stage stage) {
    Task s = stage.task("S");
    FileId root = s.stat("/").value();
    FileId next = s.stat("/new").value();
    s.pivotRoot("/new", "/new/old/../../new/./old").succeeds();
    s.stat("/").is(next);
    s.stat("/old").is(root);
  }

  @Claim(
      id = "put-old-on-submount",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "A put_old on a mount below new_root is underneath it",
      catches = "a kernel that wants put_old on new_root's own mount")
  void putOldOnSubmount(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/new/sub");
    s.newTmpfs("/new/sub/sub");
    s.mkdir("/new/sub/sub/old");
    FileId root = s.stat("/").value();
    FileId next = s.stat("/new").value();
    s.pivotRoot("/new", "/new/sub/sub/old").succeeds();
    s.stat("/").is(next);
    s.stat("/sub/sub/old").is(root);
  }

  @Claim(
      id = "put-old-deep",
      section = "DESCRIPTION",
      editions = "5.03+",
      says = "A put_old several directories below new_root is underneath it",
      catches = "a kernel that wants put_old to be a direct child")
  void putOldDeep(Stage stage) {
    Task s = stage.task("S");
    String deep = "/new";
    for (int i = 0; i < 20; i++) {
      deep += "/d";
      s.mkdir(deep);
    }
    FileId root = s.stat("/").value();
    FileId next = s.stat("/new").value();
    s.pivotRoot("/new", deep).succeeds();
    s.stat("/").is(next);
    s.stat(deep.substring("/new".length())).is(root);
  }

  @Claim(
      id = "put-old-equals-new-root",
      section = "NOTES",
      editions = "5.03+",
      says =
          "new_root and put_old may be the same directory: the old root is then stacked on the"
              + " new one",
      catches = "a kernel that wants put_old to be a proper descendant, as the old page did")
  void putOldEqualsNewRoot(Stage stage) {
    Task s = stage.task("S");
    FileId root = s.stat("/").value();
    FileId next = s.stat("/new").value();
    s.pivotRoot("/new", "/new").succeeds();
    s.root().is(next);
    s.stat("/").is(next);
    s.stat("/..").is(root);
  }
}
