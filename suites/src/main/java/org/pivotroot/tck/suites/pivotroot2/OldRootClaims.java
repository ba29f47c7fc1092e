package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;

/** What becomes of the old root mount. */
@Page("pivot_root(2)")
class OldRootClaims {

  @Claim(
      id = "old-root-moves-to-put-old",
      section = "DESCRIPTION",
      says = "The root mount itself ends up at put_old",
      catches = "a kernel that leaves a copy or a bind mount of the old root at put_old")
  void oldRootMovesToPutOld(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/marker");
    FileId oldRoot = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    FileId marker = s.stat("/marker").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    s.stat("/old").is(oldRoot);
    s.stat("/old/marker").is(marker);
    s.mountAt("/old").isMount(oldRoot.mount()).isOn(newRoot.mount());
    s.drawing()
        .is(
            """
            /
              /old""");
  }

  @Claim(
      id = "put-old-content-covered",
      section = "DESCRIPTION",
      says =
          "What the put_old directory held is hidden beneath the old root until that is unmounted",
      editions = "5.03+",
      catches = "a kernel that empties put_old, or that attaches the old root somewhere else")
  void putOldContentCovered(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/new/old/hidden");
    FileId putOld = s.stat("/new/old").value();
    FileId hidden = s.stat("/new/old/hidden").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    s.stat("/old/hidden").fails(Errno.ENOENT);
    s.umount("/old").succeeds();
    s.stat("/old").is(putOld);
    s.stat("/old/hidden").is(hidden);
  }

  @Claim(
      id = "old-root-can-be-unmounted",
      section = "NOTES",
      says = "After the call the old root mount can be unmounted, since no task was left on it",
      catches = "a kernel that leaves the root or working directory of some task on the old root")
  void oldRootCanBeUnmounted(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    FileId oldRoot = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    s.umount("/old").succeeds();
    s.mountOf(oldRoot).isAbsent();
    s.stat("/").is(newRoot);
    p.root().is(newRoot);
    p.cwd().is(newRoot);
  }

  @Claim(
      id = "open-fds-unaffected",
      section = "DESCRIPTION",
      says = "Open descriptors keep referring to their directory on its mount",
      editions = "none",
      catches = "a kernel that redirects open descriptors as it does working directories")
  void openFdsUnaffected(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/marker");
    FileId marker = s.stat("/marker").value();
    FileId oldRoot = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    Descriptor ofOld = s.open("/", OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY).value();
    Descriptor ofNew = s.open("/new", OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY).value();
    s.pivotRoot("/new", "/new/old").succeeds();
    s.stat(ofOld).is(oldRoot);
    s.stat(ofNew).is(newRoot);
    Descriptor found = s.openat(ofOld, "marker", OpenFlag.O_RDONLY).succeeds().value();
    s.stat(found).is(marker);
    s.umount("/old").fails(Errno.EBUSY);
    s.close(found);
    s.close(ofOld);
    s.umount("/old").succeeds();
  }

  @Claim(
      id = "pivot-back",
      section = "DESCRIPTION",
      says = "Pivoting again the other way round restores the tree, the roots and the cwds",
      editions = "none",
      catches = "a kernel that marks, locks, copies or loses a mount when it is pivoted")
  void pivotBack(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    s.newTmpfs("/third");
    MountTable before = s.tree().value();
    FileId oldRoot = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    s.stat("/").is(newRoot);
    s.pivotRoot("/old", "/old/new").succeeds();
    s.stat("/").is(oldRoot);
    s.stat("/new").is(newRoot);
    s.tree().is(before);
    p.root().is(oldRoot);
    p.cwd().is(oldRoot);
    s.root().is(oldRoot);
    s.cwd().is(oldRoot);
  }
}
