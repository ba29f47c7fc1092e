package org.pivotroot.tck.suites.pivotroot2;

import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.look.MountTable;

/** The new root, and which root directories pivot_root(2) rewrites. */
@Page("pivot_root(2)")
class RootDirectoryClaims {

  @Claim(
      id = "new-root-becomes-root",
      section = "DESCRIPTION",
      says = "The mount at new_root becomes the root mount of the namespace and the caller's root",
      catches = "a kernel that only changes the caller's root, as chroot(2) does")
  void newRootBecomesRoot(Stage stage) {
    Task s = stage.task("S");
    FileId newRoot = s.stat("/new").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    s.stat("/").is(newRoot);
    s.root().is(newRoot);
    s.mountInTreeAt("/").isMount(newRoot.mount());
    s.mounts().is(s.tree().value());
  }

  @Claim(
      id = "parent-ids-rewired",
      section = "DESCRIPTION",
      says =
          "The mount tree is hung differently: the same mounts, only two of them with new parents",
      editions = "5.03+",
      catches = "a kernel that copies mounts, changes their properties, or leaves children behind")
  void parentIdsRewired(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/third");
    s.newTmpfs("/new/sub");
    long oldRoot = s.stat("/").value().mount();
    long newRoot = s.stat("/new").value().mount();
    MountTable before = s.tree().value();
    long aboveRoot = s.mountInTreeAt("/").isMount(oldRoot).value().parent();
    s.pivotRoot("/new", "/new/old").succeeds();
    List<Mount> expected =
        before.mounts().stream()
            .map(
                mount ->
                    switch (mount.point()) {
                      case "/" -> mount.placed(mount.id(), newRoot, "/old");
                      case "/new" -> mount.placed(mount.id(), aboveRoot, "/");
                      case "/new/sub" -> mount.placed(mount.id(), mount.parent(), "/sub");
                      default -> mount.placed(mount.id(), mount.parent(), "/old/third");
                    })
            .toList();
    List<Mount> after = s.tree().value().mounts();
    stage.check(
        after.size() == expected.size() && after.containsAll(expected),
        "the mounts after the call are not the mounts before it with two parents exchanged");
  }

  @Claim(
      id = "root-at-old-root-moves",
      section = "DESCRIPTION",
      says = "A task whose root directory is the old root has the new root as its root afterwards",
      catches = "a kernel that moves the caller's root only, or a root only together with the cwd")
  void rootAtOldRootMoves(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/tmp");
    Task p = stage.task("P");
    p.chdir("/tmp");
    FileId below = p.stat(".").value();
    FileId newRoot = p.stat("/new").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    p.root().is(newRoot);
    p.stat("/").is(newRoot);
    p.cwd().is(below);
  }

  @Claim(
      id = "root-below-old-root-stays",
      section = "DESCRIPTION",
      says = "A root directory below the old root is left alone",
      catches = "a kernel that moves every root on the old root mount")
  void rootBelowOldRootStays(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    Task p = stage.task("P");
    p.chroot("/jail");
    FileId jail = p.stat("/").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    p.root().is(jail);
    p.stat("/").is(jail);
    s.stat("/old/jail").is(jail);
  }

  @Claim(
      id = "cwd-moves-though-root-stays",
      section = "DESCRIPTION",
      says = "Root and working directory are judged one by one: a chrooted task's cwd still moves",
      catches = "a kernel that passes over tasks whose root is not the old root")
  void cwdMovesThoughRootStays(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    Task p = stage.task("P");
    p.chroot("/jail");
    FileId jail = p.stat("/").value();
    FileId oldRoot = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    p.cwd().is(oldRoot);
    s.pivotRoot("/new", "/new/old").succeeds();
    p.root().is(jail);
    p.cwd().is(newRoot);
  }

  @Claim(
      id = "root-same-directory-other-mount-stays",
      section = "DESCRIPTION",
      says = "The old root's directory reached through another mount is not the old root",
      editions = "5.03+",
      catches = "a kernel that compares directories without their mounts")
  void rootSameDirectoryOtherMountStays(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/alias");
    s.bind("/", "/alias");
    Task p = stage.task("P");
    p.chroot("/alias");
    FileId alias = p.stat("/").value();
    stage.check(
        alias.sameFile(s.stat("/").value()) && !stage.areInOneMount(alias, s.stat("/").value()),
        "the bind mount is not the same directory through another mount");
    s.pivotRoot("/new", "/new/old").succeeds();
    p.root().is(alias);
    p.stat("/").is(alias);
  }

  @Claim(
      id = "old-root-is-the-callers",
      section = "DESCRIPTION",
      says = "The old root is the caller's root mount: tasks on the namespace's root stay there",
      editions = "5.03+",
      catches = "a kernel that takes the namespace's root for that of a caller chrooted to a mount")
  void oldRootIsTheCallers(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/jail");
    s.newTmpfs("/jail/new");
    s.mkdir("/jail/new/old");
    Task p = stage.task("P");
    Task r = stage.task("R");
    FileId top = p.stat("/").value();
    FileId jail = p.stat("/jail").value();
    FileId newRoot = p.stat("/jail/new").value();
    r.chroot("/jail");
    r.chdir("/");
    s.chroot("/jail");
    s.chdir("/");
    s.pivotRoot("/new", "/new/old").succeeds();
    s.stat("/").is(newRoot);
    s.stat("/old").is(jail);
    r.root().is(newRoot);
    r.cwd().is(newRoot);
    p.root().is(top);
    p.cwd().is(top);
    p.stat("/jail").is(newRoot);
    p.stat("/jail/old").is(jail);
  }

  @Claim(
      id = "thread-moves-too",
      section = "DESCRIPTION",
      says = "Each thread is moved, not only each process",
      catches = "a kernel that visits thread group leaders only")
  void threadMovesToo(Stage stage) {
    Task s = stage.task("S");
    Task t = s.fork("T");
    FileId newRoot = s.stat("/new").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    t.root().is(newRoot);
    t.cwd().is(newRoot);
    t.stat("/").is(newRoot);
    t.stat(".").is(newRoot);
  }

  @Claim(
      id = "process-moves-too",
      section = "DESCRIPTION",
      says = "Another process of the namespace is moved, root and working directory",
      userland = true,
      catches = "a kernel that moves the threads of the caller's process only")
  void processMovesToo(Stage stage) {
    Task s = stage.task("S");
    Task p = s.process("P", "env");
    FileId newRoot = s.stat("/new").value();
    FileId oldRoot = s.stat("/").value();
    p.root().is(oldRoot);
    p.cwd().is(oldRoot);
    s.pivotRoot("/new", "/new/old").succeeds();
    p.root().is(newRoot);
    p.cwd().is(newRoot);
    p.stat("/").is(newRoot);
    p.stat(".").is(newRoot);
  }

  @Claim(
      id = "shared-fs-moves-together",
      section = "DESCRIPTION",
      says = "Tasks that share their fs state (CLONE_FS) are moved as one and go on sharing it",
      catches = "a kernel that unshares the caller's fs state in order to move it")
  void sharedFsMovesTogether(Stage stage) {
    Task s = stage.task("S");
    Task t = s.forkSharingFs("T");
    FileId newRoot = s.stat("/new").value();
    FileId oldRoot = s.stat("/").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    s.root().is(newRoot);
    s.cwd().is(newRoot);
    t.root().is(newRoot);
    t.cwd().is(newRoot);
    t.chdir("/old");
    s.cwd().is(oldRoot);
  }

  @Claim(
      id = "dotdot-of-new-root",
      section = "DESCRIPTION",
      says = "The parent of the new root is the new root",
      catches = "a kernel that lets .. of the new root lead to its former parent")
  void dotdotOfNewRoot(Stage stage) {
    Task s = stage.task("S");
    Task p = stage.task("P");
    FileId oldRoot = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    s.stat("/new/..").is(oldRoot);
    s.chdir("/new");
    s.pivotRoot("/new", "/new/old").succeeds();
    s.stat("/..").is(newRoot);
    s.stat("..").is(newRoot);
    s.chdir("..");
    s.stat(".").is(newRoot);
    p.stat("/..").is(newRoot);
    s.stat("/old/..").is(newRoot);
  }
}
