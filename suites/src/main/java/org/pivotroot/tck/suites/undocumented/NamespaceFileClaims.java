package org.pivotroot.tck.suites.undocumented;

import static org.pivotroot.tck.model.call.AtFlag.AT_RECURSIVE;
import static org.pivotroot.tck.model.call.OpenTreeFlag.OPEN_TREE_CLONE;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** Files that stand for mount namespaces, and where they can be mounted to keep those alive. */
@Page("undocumented")
class NamespaceFileClaims {
  /**
   * Namespaces made on two processors in turns: whether each can be mounted in the one made before
   * it. Three rounds, so that the end of a lot of numbers in one of them changes nothing.
   */
  private static final String IN_TURNS =
      """
      sub runs_on { # sched_setaffinity
        vec(my $set = "\\0" x 128, shift, 1) = 1;
        return syscall(203, 0, 128, $set) == 0;
      }
      sub made_on {
        runs_on(shift) or die "sched_setaffinity: $!\\n";
        syscall(272, 0x20000) == 0 or die "unshare: $!\\n";
        open my $namespace, '<', '/proc/thread-self/ns/mnt' or die "open: $!\\n";
        return $namespace;
      }
      sub mounts_in { # how that ends
        my ($older, $newer) = @_;
        syscall(308, fileno $older, 0x20000) == 0 or die "setns: $!\\n";
        my ($file, $place) = ('/proc/thread-self/fd/' . fileno $newer, '/place');
        return 'EINVAL' if syscall(165, $file, $place, 0, 0x1000, 0) != 0 and $! == 22;
        syscall(166, $place, 0) == 0 or die "umount2: $!\\n"; # so it was mounted
        return 'success';
      }
      my ($one, $other) = grep { runs_on($_) } 0 .. 1023;
      if (!defined $other) {
        print 'not known, for want of one';
        exit;
      }
      my %seen;
      for (1 .. 3) {
        my @made = map { made_on($_) } $one, $other, $other, $one;
        $seen{mounts_in(@made[0, 1])} = $seen{mounts_in(@made[2, 3])} = 1;
      }
      print join ' or ', sort keys %seen;
      """;

  /**
   * The kernel's mnt_ns_loop() goes by the number of a namespace. Linux 6.18 hands numbers out to
   * each processor in lots of 4096, so there a newer namespace can have the smaller number, and
   * unshare(1) with --mount=FILE fails now and then; "nstree: assign fixed ids to the initial
   * namespaces", in 6.19, counts upwards again. A guest with one processor cannot show it.
   */
  @Claim(
      id = "namespace-file-mounts-in-older-namespace-only",
      section = "mount(2)",
      editions = "none",
      says =
          "The file of a mount namespace can be bind mounted in an older mount namespace, not in"
              + " itself or in a newer one: EINVAL",
      catches = "a kernel that lets namespaces keep each other alive in a circle",
      userland = true)
  void inOlderOnly(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/place");
    Task older = stage.taskInOtherNamespace("O");
    Task newer = stage.taskInOtherNamespace("N");
    older.bind(older.mountNamespace().value().path(), "/place").fails(Errno.EINVAL);
    newer.bind(older.mountNamespace().value().path(), "/place").fails(Errno.EINVAL);
    older.bind(newer.mountNamespace().value().path(), "/place").succeeds();
    older.umount("/place").succeeds();

    Ran inTurns = s.run("perl", "-e", IN_TURNS).value();
    stage.check(inTurns.status() == 0, () -> "it ended with " + inTurns);
    stage.fact("a newer namespace, made on another processor", inTurns.output());
  }

  @Claim(
      id = "namespace-file-mounts-are-not-copied",
      section = "unshare(2)",
      editions = "none",
      says =
          "The copy of a mount namespace has no mounts of mount namespaces' files, though it has"
              + " those of other files",
      catches = "a kernel in which namespaces keep each other alive in their copies",
      userland = true)
  void notCopied(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/place");
    s.createFile("/other");
    Task newer = stage.taskInOtherNamespace("N");
    s.bind(newer.mountNamespace().value().path(), "/place").succeeds();
    s.createFile("/new/file");
    s.bind("/new/file", "/other").succeeds();
    Task copy = stage.taskInOtherNamespace("C");
    copy.mountAt("/other").isThere();
    copy.mountAt("/place").isAbsent();
    s.mountAt("/place").isThere();
  }

  @Claim(
      id = "namespace-file-mounts-do-not-come-with-a-tree",
      section = "move_mount(2)",
      editions = "none",
      says =
          "A detached tree that holds the file of a mount namespace cannot be attached in that"
              + " namespace: ELOOP",
      catches = "a kernel in which a namespace keeps itself alive",
      userland = true)
  void notAttached(Stage stage) {
    Task s = stage.task("S");
    s.newTmpfs("/tree", "/plain");
    s.createFile("/tree/file");
    Task newer = stage.taskInOtherNamespace("N");
    Descriptor namespace = newer.mountNamespace().value();
    s.bind(namespace.path(), "/tree/file").succeeds();
    Task p = stage.task("P");
    Descriptor tree = p.openTree("/tree", OPEN_TREE_CLONE, AT_RECURSIVE).value();
    Descriptor plain = p.openTree("/plain", OPEN_TREE_CLONE).value();
    p.setnsMount(namespace).succeeds();
    FileId place = p.stat("/new").value();
    p.moveMount(tree, "/new").fails(Errno.ELOOP);
    p.stat("/new").is(place);
    p.moveMount(plain, "/new").succeeds();
  }
}
