package org.pivotroot.tck.suites.procpidroot5;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.look.FileId;

/** The links root and cwd of /proc. */
@Page("proc_pid_root(5)")
class ProcRootClaims {

  @Claim(
      id = "proc-pid-root-shows-root",
      section = "DESCRIPTION",
      says = "The link root of a task leads to the root that chroot(2) has set for it",
      catches = "a kernel whose link shows the root of the mount namespace",
      userland = true)
  void procPidRootShowsRoot(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    FileId root = s.stat("/").value();
    FileId jail = s.stat("/jail").value();
    Task p = stage.task("P");
    p.readlinkOf(s, "root").is("/");
    s.root().is(root);
    s.chroot("/jail");
    p.readlinkOf(s, "root").is("/jail");
    s.root().is(jail);
    p.readlinkOf(p, "root").is("/");
  }

  @Claim(
      id = "proc-pid-root-text-is-the-readers",
      section = "DESCRIPTION",
      says = "The text of the link is by the root of whoever reads it: of one's own root, a slash",
      catches = "a kernel that writes every root from the root of the mount namespace",
      editions = "none",
      userland = true)
  void procPidRootTextIsTheReaders(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/proc");
    s.mkdir("/jail/inner");
    s.bind("/proc", "/jail/proc", MountFlag.MS_REC);
    Task p = stage.task("P");
    Task r = stage.task("R");
    s.chroot("/jail");
    r.chroot("/jail/inner");
    s.readlinkOf(s, "root").is("/");
    s.readlinkOf(r, "root").is("/inner");
    p.readlinkOf(r, "root").is("/jail/inner");
  }

  @Claim(
      id = "proc-pid-root-gives-the-same-view",
      section = "DESCRIPTION",
      says =
          "Through the link one sees the files as that task does: its mount namespace and the"
              + " mounts in it",
      catches = "a kernel that resolves the link's text in the namespace of the reader",
      userland = true)
  void procPidRootGivesTheSameView(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    q.mountTmpfs("/new");
    q.mkdir("/new/only-in-q");
    FileId inQ = q.stat("/new/only-in-q").value();
    s.stat("/new/only-in-q").fails(Errno.ENOENT);
    s.statThroughRootOf(q, "/new/only-in-q").is(inQ);
    q.chroot("/new");
    s.statThroughRootOf(q, "/only-in-q").is(inQ);
    s.statThroughRootOf(q, "/new/only-in-q").fails(Errno.ENOENT);
  }

  @Claim(
      id = "proc-pid-root-needs-ptrace-access",
      section = "DESCRIPTION",
      says = "Reading the link of a task one may not trace is EACCES",
      catches = "a kernel that shows roots to everybody",
      userland = true)
  void procPidRootNeedsPtraceAccess(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Task other = s.process("OTHER", "env");
    p.readlinkOf(other, "root").is("/");
    p.readlinkOf(other, "cwd").is("/");
    p.setresuid(1000);
    p.readlinkOf(other, "root").fails(Errno.EACCES);
    p.readlinkOf(other, "cwd").fails(Errno.EACCES);
    s.readlinkOf(other, "root").is("/");
    // Threads of one process may always look at each other.
    p.readlinkOf(s, "root").is("/");
  }
}
