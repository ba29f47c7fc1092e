package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.NotApplicable;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.look.FileId;

/** The kernel threads, for whose sake pivot_root(2) moves anybody. */
@Page("pivot_root(2)")
class KernelThreadClaims {
  private static final int INIT = 1;

  /** The parent of all kernel threads. */
  private static final int KTHREADD = 2;

  private static final String SINCE_7_3 =
      "kernel threads are started with an fs state of their own, in a private, empty nullfs, apart"
          + " from PID 1's; nothing that a process can pivot is their root or working directory"
          + " (series \"fs,kthread: start all kthreads in nullfs\")";

  @Claim(
      id = "kthread-root-moves",
      section = "DESCRIPTION",
      says = "The root directory of kernel threads is moved to the new root like that of a process",
      in = Placement.ROOT,
      catches = "a kernel that passes over kernel threads")
  @Contradicted(from = "7.3", because = SINCE_7_3)
  void kthreadRootMoves(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    FileId newRoot = s.stat("/new").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    stage.rootOf(KTHREADD).is(newRoot);
  }

  @Claim(
      id = "kthread-cwd-moves",
      section = "DESCRIPTION",
      says = "The working directory of kernel threads is moved to the new root",
      in = Placement.ROOT,
      catches = "a kernel that moves the root of kernel threads but not their working directory")
  @Contradicted(from = "7.3", because = SINCE_7_3)
  void kthreadCwdMoves(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    FileId newRoot = s.stat("/new").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    stage.cwdOf(KTHREADD).is(newRoot);
  }

  /**
   * Makes every thread of PID 1 call unshare(CLONE_FS), as a debugger does: each is stopped in a
   * system call, whose instruction it runs again with other registers, and goes on as if nothing
   * had been. Says whether PID 1 and the parent of kernel threads share their fs state before and
   * after, by kcmp(2).
   */
  private static final String LEAVE =
      """
      my ($rax, $rdi, $orig_rax, $rip) = (10, 14, 15, 16); # in struct user_regs_struct
      sub ptrace { syscall(101, @_) == 0 or die "ptrace $_[0] of $_[1]: $!" }
      sub registers { my $all = pack 'x216'; ptrace(12, shift, 0, $all); unpack 'Q27', $all }
      sub together {
        my $order = syscall(312, 1, 2, 3, 0, 0); # kcmp, KCMP_FS
        die "kcmp: $!" if $order < 0;
        return $order == 0 ? 'together' : 'apart';
      }
      my $before = together();
      my $instruction;
      opendir my $tasks, '/proc/1/task' or die $!;
      for my $thread (map { 0 + $_ } grep /\\d/, readdir $tasks) {
        ptrace(16, $thread, 0, 0); # attach
        waitpid $thread, 0x40000000;
        my @was = registers($thread);
        $instruction //= $was[$rip] - 2;
        my @now = @was;
        @now[$rax, $rdi, $orig_rax, $rip] = (272, 0x200, ~0, $instruction);
        ptrace(13, $thread, 0, pack 'Q27', @now);
        ptrace(9, $thread, 0, 0); # one step
        waitpid $thread, 0x40000000;
        (registers($thread))[$rax] == 0 or die "unshare in $thread";
        ptrace(13, $thread, 0, pack 'Q27', @was);
        ptrace(17, $thread, 0, 0); # detach
      }
      print "$before, then ", together();
      """;

  /**
   * Up to Linux 7.2 a kernel that passed over kernel threads would move them all the same, with PID
   * 1, whose fs state they use.
   */
  @Claim(
      id = "kthreads-move-without-init",
      section = "DESCRIPTION",
      says =
          "Kernel threads are moved in their own right, also when PID 1 no longer shares root and"
              + " working directory with them",
      in = Placement.ROOT,
      catches = "a kernel that passes over kernel threads, which are moved by what PID 1 shares")
  @Contradicted(from = "7.3", because = SINCE_7_3)
  void kthreadsMoveWithoutInit(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    FileId newRoot = s.stat("/new").value();
    Ran left = s.run("perl", "-e", LEAVE).value();
    stage.given(left.output().endsWith("then apart"), "PID 1 with an fs state of its own");
    s.pivotRoot("/new", "/new/old").succeeds();
    stage.rootOf(INIT).is(newRoot);
    stage.rootOf(KTHREADD).is(newRoot);
    stage.cwdOf(KTHREADD).is(newRoot);
  }

  /**
   * How many of the roots and working directories of kernel threads are the root of PID 1.
   * devtmpfsd() unshares its file system state and works in a devtmpfs of its own.
   */
  private static final String SURVEY =
      """
      my @init = stat '/proc/1/root' or die $!;
      my ($there, $elsewhere) = (0, 0);
      opendir my $proc, '/proc' or die $!;
      for my $pid (grep /^\\d+$/, readdir $proc) {
        open my $file, '<', "/proc/$pid/stat" or next;
        my ($name, $flags) = <$file> =~ /\\((.*)\\) (?:\\S+ ){6}(\\d+)/;
        next if $name eq 'kdevtmpfs' or !($flags & 0x200000); # PF_KTHREAD
        for my $link ('root', 'cwd') {
          my @place = stat "/proc/$pid/$link" or next;
          $place[0] == $init[0] && $place[1] == $init[1] ? $there++ : $elsewhere++;
        }
      }
      print $elsewhere == 0 ? 'all' : $there == 0 ? 'none' : 'some';
      """;

  @Claim(
      id = "every-kthread-moves",
      section = "DESCRIPTION",
      says =
          "Root and working directory of every kernel thread are moved, but for kdevtmpfs, which has"
              + " its own",
      in = Placement.ROOT,
      catches = "a kernel that moves the parent of kernel threads and forgets its children")
  @Contradicted(from = "7.3", because = SINCE_7_3)
  void everyKthreadMoves(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    s.pivotRoot("/new", "/new/old").succeeds();
    s.chroot("/old").succeeds();
    s.run("perl", "-e", SURVEY).is(new Ran(0, "all", ""));
  }

  @Claim(
      id = "kthread-place-outlives-pivot",
      section = "DESCRIPTION",
      says = "Kernel threads are where they were before: the call does not touch them",
      editions = "none",
      in = Placement.ROOT,
      catches = "a kernel that moves kernel threads out of their private root")
  @Contradicted(
      before = "7.3",
      because =
          "kernel threads share the fs state of PID 1, so they stand on the old root and are moved"
              + " from there with every other task")
  void kthreadPlaceOutlivesPivot(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    FileId root = stage.rootOf(KTHREADD).value();
    FileId cwd = stage.cwdOf(KTHREADD).value();
    s.pivotRoot("/new", "/new/old").succeeds();
    stage.rootOf(KTHREADD).is(root);
    stage.cwdOf(KTHREADD).is(cwd);
  }

  @Claim(
      id = "init-moves-too",
      section = "NOTES",
      says = "During system startup the call turns the new root into the root of PID 1 as well",
      in = Placement.ROOT,
      catches = "a kernel that spares PID 1 along with the kernel threads")
  void initMovesToo(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    FileId oldRoot = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    stage.rootOf(INIT).is(oldRoot);
    stage.cwdOf(INIT).is(oldRoot);
    s.pivotRoot("/new", "/new/old").succeeds();
    stage.rootOf(INIT).is(newRoot);
    stage.cwdOf(INIT).is(newRoot);
  }

  @Claim(
      id = "kthreads-do-not-keep-old-root-busy",
      section = "NOTES",
      says = "Kernel threads do not keep the old root mount busy: it can be unmounted afterwards",
      in = Placement.ROOT,
      catches = "a kernel that leaves root or cwd of a kernel thread on the old root mount")
  void kthreadsDoNotKeepOldRootBusy(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    FileId oldRoot = s.stat("/").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    // What is mounted on the old root has to go first, or stay elsewhere.
    for (String directory : new String[] {"usr", "opt", "etc", "proc", "dev"}) {
      s.mkdir("/" + directory);
      s.move("/old/" + directory, "/" + directory);
    }
    Task p = stage.task("P");
    p.chdir("/old");
    s.umount("/old").fails(Errno.EBUSY);
    p.chdir("/");
    s.umount("/old").succeeds();
    s.mountOf(oldRoot).isAbsent();
  }

  @Claim(
      id = "relinquish-mechanism",
      section = "DESCRIPTION",
      says =
          "A future kernel may have a way for kernel threads to give up the file system, so that"
              + " they stand nowhere in any process's tree",
      editions = "4.15",
      in = Placement.ROOT,
      catches = "a kernel whose kernel threads have a root of their own but not their own cwd")
  @NotApplicable(
      before = "7.3",
      because =
          "there is no such mechanism yet: kernel threads share the fs state of PID 1 and stand on"
              + " its root")
  void relinquishMechanism(Stage stage) {
    Task s = stage.task("S");
    FileId initRoot = stage.rootOf(INIT).value();
    FileId root = stage.rootOf(KTHREADD).value();
    FileId cwd = stage.cwdOf(KTHREADD).value();
    if (root.equals(initRoot) && cwd.equals(initRoot)) {
      throw stage.notApplicable("kernel threads stand on the root of PID 1");
    }
    stage.cwdOf(KTHREADD).is(root);
    stage.check(root.device() != initRoot.device(), "kernel threads stand on PID 1's file system");
    s.mountOf(root).isAbsent();
    stage.check(
        s.tree().value().mounts().stream().noneMatch(mount -> mount.device() == root.device()),
        "the file system of kernel threads is mounted in PID 1's namespace");
  }

  @Claim(
      id = "behaviour-never-changes",
      section = "NOTES",
      says =
          "What the description says of every process and thread, kernel threads included, has"
              + " been so from the first and will not change",
      editions = "5.03+",
      in = Placement.ROOT,
      catches = "a kernel that treats kernel threads otherwise than processes")
  @Contradicted(from = "7.3", because = SINCE_7_3)
  void behaviourNeverChanges(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    Task p = stage.task("P");
    FileId newRoot = s.stat("/new").value();
    s.pivotRoot("/new", "/new/old").succeeds();
    s.root().is(newRoot);
    s.cwd().is(newRoot);
    p.root().is(newRoot);
    p.cwd().is(newRoot);
    stage.rootOf(INIT).is(newRoot);
    stage.cwdOf(INIT).is(newRoot);
    stage.rootOf(KTHREADD).is(newRoot);
    stage.cwdOf(KTHREADD).is(newRoot);
  }

  @Claim(
      id = "kernel-thread-explanation",
      section = "NOTES",
      says =
          "Moving tasks is necessary because kernel threads have root and working directory on the"
              + " root mount of the system",
      in = Placement.ROOT,
      catches = "a kernel whose kernel threads have left the root mount: the reason is gone")
  @Contradicted(from = "7.3", because = SINCE_7_3)
  void kernelThreadExplanation(Stage stage) {
    Task s = stage.task("S");
    FileId root = s.stat("/").value();
    stage.rootOf(KTHREADD).is(root);
    stage.cwdOf(KTHREADD).is(root);
  }

  @Claim(
      id = "kthreads-of-other-namespace-stay",
      section = "DESCRIPTION",
      says = "A call in another mount namespace does not move kernel threads",
      editions = "5.03+",
      in = Placement.ROOT,
      catches = "a kernel that moves kernel threads whoever calls")
  void kthreadsOfOtherNamespaceStay(Stage stage) {
    Task s = stage.taskWithNewRoot("S");
    Task q = stage.taskInOtherNamespace("Q");
    FileId root = stage.rootOf(KTHREADD).value();
    FileId cwd = stage.cwdOf(KTHREADD).value();
    FileId initRoot = stage.rootOf(INIT).value();
    FileId newRoot = q.stat("/new").value();
    q.pivotRoot("/new", "/new/old").succeeds();
    q.root().is(newRoot);
    stage.rootOf(KTHREADD).is(root);
    stage.cwdOf(KTHREADD).is(cwd);
    stage.rootOf(INIT).is(initRoot);
    s.root().is(initRoot);
  }
}
