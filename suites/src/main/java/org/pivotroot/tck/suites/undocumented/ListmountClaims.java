package org.pivotroot.tck.suites.undocumented;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.NotApplicable;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;

/** listmount(2) beside mountinfo: what the one tells of pivot_root(2), the other must too. */
@Page("undocumented")
class ListmountClaims {

  @Claim(
      id = "listmount-lists-what-mountinfo-does",
      section = "listmount(2)",
      says = "From the root of its namespace a task lists the mounts that its mountinfo has",
      catches = "a kernel that lists a mount in one of the two alone after a pivot or an unmount",
      editions = "none")
  @NotApplicable(before = "6.8", because = "listmount(2) came with Linux 6.8")
  @Needs(Feature.LISTMOUNT)
  void listsWhatMountinfoDoes(Stage stage) {
    Task s = stage.task("S");
    long before = s.tree().value().mounts().size();
    s.listmount().is(before);
    s.mountTmpfs("/new/old");
    s.listmount().is(before + 1);
    s.umount("/new/old");
    s.pivotRoot("/new", "/new/old").succeeds();
    s.listmount().is(before);
    s.umount("/old").succeeds();
    s.listmount().is(before - 1);
  }
}
