package org.pivotroot.tck.suites.undocumented;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.look.FileId;

/**
 * pivot_root(2) while another process does something else, each at least a stated number of times:
 * what must hold whenever the other looks. How often they really meet is the machine's affair, so a
 * kernel that passes may still be wrong; one that fails is.
 */
@Page("undocumented")
class RaceClaims {
  private static final int ROUNDS = 300;

  /**
   * Two processes on as many processors as there are. The first, which is the caller, moves until
   * it has done so as often as it is told and the other has looked as often meanwhile; whatever
   * either complains of is the output.
   */
  private static final String PROCESSES =
      """
      my $all = "\\xff" x 128;
      syscall(203, 0, 128, $all); # sched_setaffinity
      sub pivot { # the error's number, 0 for none
        my ($new_root, $put_old) = @_;
        return syscall(155, $new_root, $put_old) == 0 ? 0 : $! + 0;
      }
      sub there_and_back {
        my $error = pivot('/new', '/new/old') || pivot('/old', '/old/new');
        die "pivot_root: error $error\\n" if $error;
      }
      sub place { # a file's device and inode
        my @stat = stat shift or die "stat: $!\\n";
        return "$stat[0]:$stat[1]";
      }
      sub enter { # whichever of the names it has now
        1 until chdir '/new/in' or chdir '/in';
      }
      sub race {
        my ($rounds, $move, $watch, $report) = @_;
        pipe my $looked, my $enough;
        my $other = fork;
        die "fork: $!\\n" unless defined $other;
        if (!$other) {
          syscall(157, 1, 9); # prctl: not without the first
          my $done = 0;
          $SIG{TERM} = sub { $done = 1 };
          $watch->() for 1 .. $rounds;
          syswrite $enough, '.';
          $watch->() until $done;
          $report->() if $report;
          exit 0;
        }
        close $enough; # so that its end is seen too
        vec(my $set = '', fileno $looked, 1) = 1;
        for (my $moves = 0; $moves < $rounds or !select(my $is = $set, undef, undef, 0); $moves++) {
          $move->();
        }
        kill 'TERM', $other;
        waitpid $other, 0;
        die "the other process: status $?\\n" if $?;
      }
      """;

  /** Two places that a root can be, by device and inode. */
  private static final String ROOTS =
      """
      my %roots = (place('/') => 1, place('/new') => 1);
      """;

  private static void holds(Stage stage, Task s, String program) {
    FileId root = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    stage.fact("rounds", ROUNDS);
    s.run("perl", "-e", "my $rounds = " + ROUNDS + ";\n" + PROCESSES + program)
        .is(new Ran(0, "", ""));
    s.stat("/").is(root);
    s.stat("/new").is(newRoot);
    s.getcwd().is("/");
  }

  @Claim(
      id = "race-of-pivot-and-getcwd",
      section = "races",
      editions = "none",
      says =
          "Beside pivot_root(2), getcwd(2) gives the old name, the new one, or in between that"
              + " it cannot be reached",
      catches = "a kernel that puts a name together of both, or fails",
      userland = true)
  void getcwd(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/new/in");
    holds(
        stage,
        s,
        """
        my %names = map { $_ => 1 } '/new/in', '/in', '(unreachable)/in';
        my $cwd_is_set;
        race $rounds, \\&there_and_back, sub {
          enter() unless $cwd_is_set++;
          my $buffer = "\\0" x 4096;
          my $length = syscall(79, $buffer, 4096);
          die "getcwd: $!\\n" if $length <= 0;
          my $name = substr $buffer, 0, $length - 1;
          die "getcwd: $name\\n" unless $names{$name};
        };
        """);
  }

  @Claim(
      id = "race-of-pivot-and-dot-dot",
      section = "races",
      editions = "none",
      says = "Beside pivot_root(2), the way up ends at the old root or at the new one",
      catches = "a kernel in which one walks past a root that is being moved",
      userland = true)
  void dotDot(Stage stage) {
    Task s = stage.task("S");
    // In between the other is outside of its root; dotdot-from-outside-the-root is about that.
    Task p = stage.task("P");
    p.chroot("/new");
    stage.given(
        p.stat("..").value().sameFile(s.stat("/").value()),
        "`..` that ends at the root of the namespace");
    s.mkdir("/new/in");
    holds(
        stage,
        s,
        ROOTS
            + """
            my $cwd_is_set;
            race $rounds, \\&there_and_back, sub {
              enter() unless $cwd_is_set++;
              my $top = place('../../../../..');
              die "the top is $top\\n" unless $roots{$top};
            };
            """);
  }

  @Claim(
      id = "race-of-pivot-and-umount",
      section = "races",
      editions = "none",
      says =
          "Beside pivot_root(2), an unmount of new_root is done or refused; so is the pivot, and"
              + " what was pivoted can be pivoted back",
      catches = "a kernel that pivots to a mount that is gone, or unmounts the root",
      userland = true)
  void umount(Stage stage) {
    // In a namespace of the processes alone: how often /new was mounted anew is nothing to record.
    holds(
        stage,
        stage.task("S"),
        """
        syscall(272, 0x20000) == 0 or die "unshare: $!\\n"; # CLONE_NEWNS
        my $root = place('/');
        my %refused = map { $_ => 1 } 2, 16, 22; # ENOENT, EBUSY, EINVAL
        my ($new, $tmpfs) = ('/new', 'tmpfs');
        race $rounds,
          sub {
            my $error = pivot('/new', '/new/old');
            die "pivot_root: error $error\\n" if $error and !$refused{$error};
            $error ||= pivot('/old', '/old/new') && die "pivot_root back: $!\\n";
          },
          sub {
            if (syscall(166, $new, 0) == 0) { # umount2
              syscall(165, $tmpfs, $new, $tmpfs, 0, 0) == 0 or die "mount: $!\\n";
              mkdir '/new/old' or die "mkdir: $!\\n";
            } else {
              die "umount: $!\\n" unless $refused{$! + 0};
            }
          };
        place('/') eq $root or die "the root is another\\n";
        place('/new') ne $root or die "there is no /new\\n";
        pivot('/new', '/new/old') and die "pivot_root at last: $!\\n";
        place('/old') eq $root or die "the old root is not in the new one\\n";
        """);
  }

  @Claim(
      id = "race-of-two-pivots",
      section = "races",
      editions = "none",
      says = "Of two processes that pivot there and back, each call is done or not at all",
      catches = "a kernel in which two calls both move the same mount, or lose one",
      userland = true)
  void twoPivots(Stage stage) {
    Task s = stage.task("S");
    holds(
        stage,
        s,
        """
        my %refused = map { $_ => 1 } 2, 16, 22; # ENOENT, EBUSY, EINVAL
        my $old = place('/');
        pipe my $result, my $there;
        my $forward = 0; # minus those back
        my $both = sub {
          for my $way (1, -1) {
            my $error = $way > 0 ? pivot('/new', '/new/old') : pivot('/old', '/old/new');
            die "pivot_root: error $error\\n" if $error and !$refused{$error};
            $forward += $way unless $error;
          }
        };
        race $rounds, $both, $both, sub { syswrite $there, "$forward\\n" };
        sysread $result, my $others, 64;
        $forward += $others;
        my $is_forward = place('/') eq $old ? 0 : 1;
        die "$forward pivots more there than back\\n" unless $forward == $is_forward;
        pivot('/old', '/old/new') == 0 or die "last pivot_root: $!\\n" if $is_forward;
        """);
  }

  @Claim(
      id = "race-of-pivot-and-setns",
      section = "races",
      editions = "none",
      says = "Beside pivot_root(2), setns(2) leads to the old root or to the new one",
      catches = "a kernel in which one arrives beneath both",
      userland = true)
  void setns(Stage stage) {
    Task s = stage.task("S");
    holds(
        stage,
        s,
        ROOTS
            + """
            open my $namespace, '<', '/proc/self/ns/mnt' or die "open: $!\\n";
            race $rounds, \\&there_and_back, sub {
              syscall(308, fileno $namespace, 0x20000) == 0 or die "setns: $!\\n"; # CLONE_NEWNS
              my $root = place('/');
              die "the root is $root\\n" unless $roots{$root};
            };
            """);
  }
}
