package org.pivotroot.tck.suites.unshare2;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;

/** What unshare(1), a small program around the call, shows of namespaces. */
@Page("unshare(2)")
class UserNamespaceClaims {
  private static final Ran MADE = new Ran(0, "", "");

  @Claim(
      id = "unshare-newuser-unmapped-id-eperm",
      section = "ERRORS",
      says =
          "A caller whose effective user ID or group ID has no mapping in its user namespace cannot"
              + " use CLONE_NEWUSER: EPERM",
      catches = "a kernel that asks for one of the two only",
      userland = true)
  void unmappedId(Stage stage) {
    Task s = stage.task("S");
    Ran refused = new Ran(1, "", "unshare: unshare failed: Operation not permitted");
    s.run("unshare", "--user", "unshare", "--user", "true").is(refused);
    s.run("unshare", "--user", "--map-user=0", "unshare", "--user", "true").is(refused);
    s.run("unshare", "--user", "--map-group=0", "unshare", "--user", "true").is(refused);
    s.run("unshare", "--user", "--map-user=0", "--map-group=0", "unshare", "--user", "true")
        .is(MADE);
  }

  private static final String OWN_FS =
      """
      my $pid = syscall(56, 0x200 | 17, 0, 0, 0, 0); # clone(CLONE_FS | SIGCHLD)
      die "clone: $!" if $pid < 0;
      if ($pid == 0) {
        chdir '/new/old' or die "chdir: $!";
        syscall(272, 0x10000000) == 0 or die "unshare: $!"; # CLONE_NEWUSER
        chdir '/new' or die "chdir: $!";
        print 'child ', readlink('/proc/self/cwd'), ', ';
        exit;
      }
      waitpid $pid, 0;
      print 'parent ', readlink('/proc/self/cwd');
      """;

  @Claim(
      id = "newuser-implies-own-fs-state",
      section = "DESCRIPTION",
      says = "A process that uses CLONE_NEWUSER no longer shares root and working directory",
      catches =
          "a kernel in which the privileged child still moves the working directory of others",
      userland = true)
  void impliesOwnFs(Stage stage) {
    Task s = stage.task("S");
    s.run("perl", "-e", OWN_FS).is(new Ran(0, "child /new, parent /new/old", ""));
  }

  @Claim(
      id = "unshare-newuser-nesting-enospc",
      section = "ERRORS",
      says = "User namespaces nest 32 deep; far beyond that CLONE_NEWUSER is ENOSPC",
      catches = "a kernel without a limit, with a lower one, or with EUSERS as before Linux 4.9",
      userland = true)
  void nesting(Stage stage) {
    Task s = stage.task("S");
    s.run(nested(32)).is(MADE);
    s.run(nested(34)).is(new Ran(1, "", "unshare: unshare failed: No space left on device"));
    stage.fact("33 nested user namespaces", s.run(nested(33)).value().status() == 0);
  }

  private static String[] nested(int levels) {
    List<String> command = new ArrayList<>();
    for (List<String> each :
        Collections.nCopies(levels, List.of("unshare", "--user", "--map-root-user"))) {
      command.addAll(each);
    }
    command.add("true");
    return command.toArray(String[]::new);
  }

  @Claim(
      id = "unshare-example-new-mount-namespace",
      section = "EXAMPLES",
      says =
          "A program like the one on the page shows by /proc/PID/ns/mnt that what it starts is in"
              + " another mount namespace, and the shell that started it still in its own",
      catches = "a kernel that leaves the program where it was, or takes its parent along",
      userland = true)
  void example(Stage stage) {
    Task s = stage.task("S");
    String before = "before=$(readlink /proc/$$/ns/mnt); ";
    String within = "within=$(unshare --mount readlink /proc/self/ns/mnt); ";
    String after = "after=$(readlink /proc/$$/ns/mnt); ";
    s.run(
            "sh",
            "-c",
            before + within + after + "[ $before != $within ] && [ $before = $after ] && echo so")
        .is(new Ran(0, "so", ""));
    s.run(
            "sh",
            "-c",
            before + "same=$(env readlink /proc/self/ns/mnt); [ $before = $same ] && echo so")
        .is(new Ran(0, "so", ""));
  }
}
