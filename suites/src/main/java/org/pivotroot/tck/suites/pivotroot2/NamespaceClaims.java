package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.View;

/** Whom pivot_root(2) concerns: the caller's mount namespace, all of it, and no other. */
@Page("pivot_root(2)")
class NamespaceClaims {

  @Claim(
      id = "caller-namespace-only",
      section = "DESCRIPTION",
      says = "Only the caller's mount namespace is changed",
      editions = "5.03+",
      catches = "a kernel that re-hangs copies of the mounts or moves tasks in other namespaces")
  void callerNamespaceOnly(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    // Entering a copied namespace moved root and cwd to the copies of the mounts.
    View before = q.view().value();
    FileId root = q.stat("/").value();
    FileId newDirectory = q.stat("/new").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    q.view().is(before);
    q.stat("/").is(root);
    q.stat(".").is(root);
    q.stat("/new").is(newDirectory);
    q.stat("/old").fails(Errno.ENOENT);
  }

  @Claim(
      id = "caller-reading-of-415",
      section = "DESCRIPTION",
      says =
          "The root file system of the calling process means that of its whole mount namespace:"
              + " another process there sees the old root at put_old",
      editions = "4.15",
      catches = "a kernel that puts the caller into an altered mount namespace of its own")
  void callerReadingOf415(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/marker");
    Task p = stage.task("P");
    FileId oldRoot = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    FileId marker = s.stat("/marker").value();
    long namespace = s.view().value().namespace();
    s.pivotRoot("/new", "/new/old").succeeds();
    p.stat("/").is(newRoot);
    p.stat("/old").is(oldRoot);
    p.stat("/old/marker").is(marker);
    p.tree().is(s.tree().value());
    stage.check(
        s.view().value().namespace() == namespace && p.view().value().namespace() == namespace,
        "the call changed the mount namespace that a task is in");
  }

  @Claim(
      id = "cwd-in-foreign-namespace",
      section = "DESCRIPTION",
      says = "Only tasks of the caller's mount namespace have their working directory moved",
      editions = "5.03+",
      catches = "a kernel that leaves tasks of other namespaces alone, as the page says")
  @Contradicted(
      because =
          "the kernel walks all tasks of the system and compares root and working directory with"
              + " the old root's mount and directory; it never asks for a task's mount namespace,"
              + " so one that got hold of the old root through a descriptor is moved as well")
  void cwdInForeignNamespace(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor root = s.open("/", OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY).value();
    q.fchdir(root);
    FileId oldRoot = s.stat("/").value();
    q.cwd().is(oldRoot);
    s.pivotRoot("/new", "/new/old").succeeds();
    q.cwd().is(oldRoot);
  }

  @Claim(
      id = "root-in-foreign-namespace",
      section = "DESCRIPTION",
      says = "Only tasks of the caller's mount namespace have their root directory moved",
      editions = "5.03+",
      catches = "a kernel that leaves tasks of other namespaces alone, as the page says")
  @Contradicted(
      because =
          "the kernel walks all tasks of the system and compares root and working directory with"
              + " the old root's mount and directory; it never asks for a task's mount namespace,"
              + " so one that made the old root its own root through a descriptor is moved as well")
  void rootInForeignNamespace(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor root = s.open("/", OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY).value();
    q.fchdir(root);
    q.chroot(".");
    q.chdir("/new");
    FileId oldRoot = s.stat("/").value();
    q.root().is(oldRoot);
    s.pivotRoot("/new", "/new/old").succeeds();
    q.root().is(oldRoot);
  }

  @Claim(
      id = "foreign-task-moves-to-new-root",
      section = "DESCRIPTION",
      says =
          "What is moved in a task of another namespace is moved to new_root, and nothing else is",
      editions = "none",
      catches = "a kernel that moves foreign tasks anywhere else, or changes their mount namespace")
  void foreignTaskMovesToNewRoot(Stage stage) {
    Task s = stage.task("S");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor root = s.open("/", OpenFlag.O_RDONLY, OpenFlag.O_DIRECTORY).value();
    FileId newRoot = s.stat("/new").value();
    View before = q.view().value();
    q.fchdir(root);
    s.pivotRoot("/new", "/new/old").succeeds();
    q.cwd().is(newRoot);
    q.view()
        .is(new View(before.root(), newRoot, before.mounts(), before.namespace(), before.tree()));
  }

  @Claim(
      id = "mountinfo-of-p-follows",
      section = "DESCRIPTION",
      says = "Another task's mountinfo is shown relative to the root it was moved to",
      editions = "none",
      catches = "a kernel that moves the caller's view of the mounts only")
  void mountinfoOfPFollows(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    Task p = stage.task("P");
    Task r = stage.task("R");
    r.chroot("/jail");
    FileId oldRoot = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    MountTable inJail = r.mounts().value();
    p.mountAt("/").isMount(oldRoot.mount());
    p.mountAt("/new").isMount(newRoot.mount());
    s.pivotRoot("/new", "/new/old").succeeds();
    p.mountAt("/").isMount(newRoot.mount());
    p.mountAt("/old").isMount(oldRoot.mount());
    stage.check(
        p.mounts().value().mounts().size() == 2, "P's mountinfo shows other mounts than these two");
    r.mounts().is(inJail);
  }

  @Claim(
      id = "mounts-poll-wakes",
      section = "DESCRIPTION",
      says = "A poll of /proc/PID/mounts in the namespace is told of the call, once",
      editions = "none",
      userland = true,
      catches = "a kernel that re-hangs the mounts without announcing a change of the namespace")
  void mountsPollWakes(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    Task q = stage.taskInOtherNamespace("Q");
    Descriptor own = p.open("/proc/thread-self/mounts", OpenFlag.O_RDONLY).value();
    Descriptor foreign = q.open("/proc/thread-self/mounts", OpenFlag.O_RDONLY).value();
    p.poll(own).is("");
    q.poll(foreign).is("");
    s.pivotRoot("/new", "/new/missing").fails(Errno.ENOENT);
    p.poll(own).is("");
    s.pivotRoot("/new", "/new/old").succeeds();
    p.poll(own).is("POLLPRI|POLLERR");
    p.poll(own).is("");
    q.poll(foreign).is("");
  }
}
