package org.pivotroot.tck.suites.chroot1;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.look.FileId;

/** The program chroot of the GNU coreutils. */
@Page("chroot(1)")
class ChrootClaims {

  /** A plain directory that holds the programs. */
  private static void makeJail(Task task) {
    task.mkdir("/jail");
    task.mkdir("/jail/usr");
    task.bind("/usr", "/jail/usr");
    task.symlink("usr/bin", "/jail/bin");
    task.symlink("usr/sbin", "/jail/sbin");
    task.symlink("usr/lib", "/jail/lib");
    task.symlink("usr/lib64", "/jail/lib64");
    task.mkdir("/jail/only-in-jail");
  }

  private static void prints(Stage stage, Ran ran, String output) {
    stage.check(
        ran.equals(new Ran(0, output, "")),
        () -> "it ended with " + ran + " where status 0 and \"" + output + "\" are claimed");
  }

  /** The program must have printed nothing but a message and must have ended with this status. */
  private static void refuses(Stage stage, Ran ran, int status, String message) {
    stage.check(
        ran.equals(new Ran(status, "", message)),
        () ->
            "it ended with "
                + ran
                + " where status "
                + status
                + " and \""
                + message
                + "\" are claimed");
  }

  @Claim(
      id = "chroot-runs-command-in-new-root",
      section = "DESCRIPTION",
      says = "The command runs with NEWROOT as its root, and nobody else does",
      catches = "a kernel that changes the root of the parent, or drops it on execve",
      userland = true)
  void chrootRunsCommandInNewRoot(Stage stage) {
    Task s = stage.task("S");
    makeJail(s);
    FileId root = s.root().value();
    prints(
        stage,
        s.run("chroot", "/jail", "ls", "/").value(),
        "bin\nlib\nlib64\nonly-in-jail\nsbin\nusr");
    s.root().is(root);
  }

  @Claim(
      id = "chroot-changes-directory-to-slash",
      section = "DESCRIPTION",
      says = "The command starts in the root of its new tree, wherever chroot was called",
      catches = "a kernel or program that leaves the command outside its root",
      userland = true)
  void chrootChangesDirectoryToSlash(Stage stage) {
    Task s = stage.task("S");
    makeJail(s);
    s.chdir("/new/old");
    FileId cwd = s.cwd().value();
    prints(stage, s.run("chroot", "/jail", "pwd").value(), "/");
    prints(
        stage, s.run("chroot", "../../jail", "ls", "only-in-jail", "-d").value(), "only-in-jail");
    s.cwd().is(cwd);
  }

  @Claim(
      id = "chroot-skip-chdir",
      section = "DESCRIPTION",
      says =
          "--skip-chdir leaves the working directory alone, and is refused unless NEWROOT is the"
              + " present root",
      catches = "a kernel whose chroot to the present root moves the working directory",
      userland = true)
  void chrootSkipChdir(Stage stage) {
    Task s = stage.task("S");
    makeJail(s);
    s.chdir("/new/old");
    prints(stage, s.run("chroot", "--skip-chdir", "/", "pwd").value(), "/new/old");
    prints(stage, s.run("chroot", "/", "pwd").value(), "/");
    Ran refused = s.run("chroot", "--skip-chdir", "/jail", "pwd").value();
    stage.check(
        refused.status() == 125 && refused.output().isEmpty(),
        () -> "--skip-chdir with another root ended with " + refused);
  }

  @Claim(
      id = "chroot-default-command",
      section = "DESCRIPTION",
      says = "Without a command, the shell named by SHELL is run with -i, or else /bin/sh",
      catches = "a program that looks the shell up before it changes the root",
      userland = true)
  void chrootDefaultCommand(Stage stage) {
    Task s = stage.task("S");
    makeJail(s);
    prints(stage, s.run("env", "SHELL=/bin/echo", "chroot", "/jail").value(), "-i");
    Ran shell = s.runWithInput("echo only-in-*\nexit 7\n", "chroot", "/jail").value();
    stage.check(
        shell.status() == 7 && shell.output().equals("only-in-jail"),
        () -> "the default shell ended with " + shell);
  }

  @Claim(
      id = "chroot-userspec",
      section = "DESCRIPTION",
      says = "--userspec and --groups set user, group and supplementary groups of the command",
      catches = "a program that drops the user id before it has changed the root",
      userland = true)
  void chrootUserspec(Stage stage) {
    Task s = stage.task("S");
    makeJail(s);
    String[] identity = {
      "chroot", "--userspec=1000:1001", "--groups=1002,1003", "/jail", "sh", "-c", "id -u; id -G"
    };
    prints(stage, s.run(identity).value(), "1000\n1001 1002 1003");
    prints(stage, s.run("chroot", "/jail", "id", "-u").value(), "0");
  }

  @Claim(
      id = "chroot-status-of-command",
      section = "EXIT STATUS",
      says = "The exit status is the command's",
      catches = "a program that runs the command as its child and forgets the status",
      editions = "9.7+",
      userland = true)
  void chrootStatusOfCommand(Stage stage) {
    Task s = stage.task("S");
    makeJail(s);
    refuses(stage, s.run("chroot", "/jail", "sh", "-c", "exit 42").value(), 42, "");
    refuses(stage, s.run("chroot", "/jail", "true").value(), 0, "");
  }

  @Claim(
      id = "chroot-status-125",
      section = "EXIT STATUS",
      says = "Where the root cannot be changed, the status is 125 and the message gives the reason",
      catches = "a kernel that lets the call succeed, or gives another reason",
      editions = "9.7+",
      userland = true)
  void chrootStatus125(Stage stage) {
    Task s = stage.task("S");
    makeJail(s);
    s.createFile("/file");
    String prefix = "chroot: cannot change root directory to ";
    refuses(
        stage,
        s.run("chroot", "/missing", "true").value(),
        125,
        prefix + "'/missing': No such file or directory");
    refuses(
        stage, s.run("chroot", "/file", "true").value(), 125, prefix + "'/file': Not a directory");
    Task p = stage.task("P");
    p.drop(Capability.CAP_SYS_CHROOT);
    // A program of user id 0 has its capabilities back after execve(2): hence the other user.
    p.setresuid(1000);
    refuses(
        stage,
        p.run("chroot", "/jail", "true").value(),
        125,
        prefix + "'/jail': Operation not permitted");
    refuses(stage, s.run("chroot", "/jail", "true").value(), 0, "");
  }

  @Claim(
      id = "chroot-status-126-127",
      section = "EXIT STATUS",
      says =
          "A command that cannot be run in the new root is status 126, one that is not found there"
              + " 127, even if it exists outside",
      catches = "a program that looks the command up before it changes the root",
      editions = "9.7+",
      userland = true)
  void chrootStatus126And127(Stage stage) {
    Task s = stage.task("S");
    makeJail(s);
    s.createFile("/jail/file");
    s.symlink("/usr/bin/true", "/only-outside");
    refuses(
        stage,
        s.run("chroot", "/jail", "/file").value(),
        126,
        "chroot: failed to run command '/file': Permission denied");
    refuses(
        stage,
        s.run("chroot", "/jail", "/only-outside").value(),
        127,
        "chroot: failed to run command '/only-outside': No such file or directory");
    refuses(stage, s.run("/only-outside").value(), 0, "");
  }

  @Claim(
      id = "chroot-1-escape",
      section = "DESCRIPTION",
      says = "The superuser's way out works from inside what the program has started, too",
      catches = "a kernel that keeps whoever was chrooted from going up",
      editions = "none",
      userland = true)
  void chrootEscape(Stage stage) {
    Task s = stage.task("S");
    makeJail(s);
    s.mkdir("/only-outside");
    s.mkdir("/jail/foo");
    s.mkdir("/jail/foo/usr");
    s.bind("/usr", "/jail/foo/usr");
    s.symlink("usr/bin", "/jail/foo/bin");
    s.symlink("usr/lib", "/jail/foo/lib");
    s.symlink("usr/lib64", "/jail/foo/lib64");
    // The program always enters its new root, so the step that must not is the task's own call.
    Task p = stage.task("P");
    p.chroot("/jail");
    p.chdir("/");
    prints(stage, p.run("ls", "-d", "../only-in-jail").value(), "../only-in-jail");
    p.chroot("foo").succeeds();
    prints(stage, p.run("ls", "-d", "../only-outside").value(), "../only-outside");
    prints(
        stage,
        p.run("chroot", "..", "ls", "-d", "/only-outside", "/jail/only-in-jail").value(),
        "/jail/only-in-jail\n/only-outside");
  }
}
