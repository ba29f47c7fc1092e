package org.pivotroot.tck.suites.namespaces7;

import static org.pivotroot.tck.model.call.Errno.EACCES;
import static org.pivotroot.tck.model.call.OpenFlag.O_RDONLY;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;

/** The links that stand for the namespaces of a task, and who may follow them. */
@Page("namespaces(7)")
class NamespaceLinkClaims {
  @Claim(
      id = "namespace-links-of-the-more-privileged",
      section = "The /proc/pid/ns/ directory",
      says =
          "Who may not inspect a task can neither read nor open the links to its namespaces:"
              + " EACCES",
      catches =
          "a kernel that tells which namespaces others share, or opens something in their stead",
      userland = true)
  @Contradicted(
      from = "5.10.262",
      before = "5.11",
      because =
          "proc_ns_get_link() and proc_ns_readlink() of 5.10.262 put what waiting for a lock gave"
              + " in the place of EACCES: readlink(2) gives an empty text, and open(2) the"
              + " directory /proc/PID/ns. 5.10.259 does not")
  void ofTheMorePrivileged(Stage stage) {
    Task s = stage.task("S");
    Task u = s.process("U", "unshare", "--user", "--map-root-user", "--mount");
    s.openOf(u, "ns/mnt", O_RDONLY).succeeds();
    u.openOf(u, "ns/mnt", O_RDONLY).succeeds();
    u.openOf(s, "ns/mnt", O_RDONLY).fails(EACCES);
    u.openOf(s, "ns/user", O_RDONLY).fails(EACCES);
    u.readlinkOf(s, "ns/mnt").fails(EACCES);
  }
}
