package org.pivotroot.tck.suites.pwd1;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.UmountFlag;

/** The program pwd of the GNU coreutils. */
@Page("pwd(1)")
class PwdClaims {
  /** A component that makes, with its slash, 255 bytes. */
  private static final String COMPONENT = "d".repeat(254);

  private static void prints(Stage stage, Ran ran, String path) {
    stage.check(
        ran.equals(new Ran(0, path, "")),
        () -> "pwd ended with " + ran + " where " + path + " is claimed");
  }

  /** pwd must have printed no path and must have ended with status 1 and a message. */
  private static void refuses(Stage stage, Ran ran) {
    stage.check(
        ran.status() == 1 && ran.output().isEmpty() && ran.error().startsWith("pwd: "),
        () -> "pwd ended with " + ran + " where a refusal is claimed");
  }

  @Claim(
      id = "pwd-p-prints-what-getcwd-says",
      section = "DESCRIPTION",
      says = "With -P, pwd prints the path without symbolic links, whatever PWD says",
      catches = "a kernel whose getcwd is about the path of the last chdir(2)",
      userland = true)
  void pwdPPrintsWhatGetcwdSays(Stage stage) {
    Task s = stage.task("S");
    s.symlink("new/old", "/link");
    s.chdir("/link");
    s.getcwd().is("/new/old");
    prints(stage, s.run("pwd", "-P").value(), "/new/old");
    prints(stage, s.run("pwd", "--physical").value(), "/new/old");
    prints(stage, s.run("env", "PWD=/link", "pwd", "-P").value(), "/new/old");
  }

  @Claim(
      id = "pwd-l-trusts-pwd",
      section = "DESCRIPTION",
      says = "With -L, pwd prints PWD from the environment, symbolic links and all",
      catches = "a kernel in which the link and the directory do not stat(2) alike",
      userland = true)
  void pwdLTrustsPwd(Stage stage) {
    Task s = stage.task("S");
    s.symlink("new/old", "/link");
    s.chdir("/new/old");
    prints(stage, s.run("env", "PWD=/link", "pwd", "-L").value(), "/link");
    prints(stage, s.run("env", "PWD=/link", "pwd", "--logical").value(), "/link");
  }

  @Claim(
      id = "pwd-l-checks-pwd",
      section = "DESCRIPTION",
      says =
          "With -L, a PWD that is not an absolute path of the working directory, or holds dots, is"
              + " not used",
      catches = "a pwd that prints any PWD",
      editions = "none",
      userland = true)
  void pwdLChecksPwd(Stage stage) {
    Task s = stage.task("S");
    s.symlink("new/old", "/link");
    s.mkdir("/elsewhere");
    s.chdir("/new/old");
    prints(stage, s.run("pwd", "-L").value(), "/new/old");
    prints(stage, s.run("env", "PWD=/elsewhere", "pwd", "-L").value(), "/new/old");
    prints(stage, s.run("env", "PWD=/missing", "pwd", "-L").value(), "/new/old");
    prints(stage, s.run("env", "PWD=/elsewhere/../link", "pwd", "-L").value(), "/new/old");
    prints(stage, s.run("env", "PWD=/./link", "pwd", "-L").value(), "/new/old");
    prints(stage, s.run("env", "PWD=.", "pwd", "-L").value(), "/new/old");
  }

  @Claim(
      id = "pwd-default-is-physical",
      section = "DESCRIPTION",
      says = "Without an option, -P is assumed",
      catches = "a pwd that is a shell's",
      userland = true)
  void pwdDefaultIsPhysical(Stage stage) {
    Task s = stage.task("S");
    s.symlink("new/old", "/link");
    s.chdir("/new/old");
    prints(stage, s.run("env", "PWD=/link", "pwd").value(), "/new/old");
    // Documented elsewhere: POSIX demands the other default.
    prints(stage, s.run("env", "PWD=/link", "POSIXLY_CORRECT=1", "pwd").value(), "/link");
  }

  @Claim(
      id = "pwd-fails-where-unreachable",
      section = "DESCRIPTION",
      says = "Of a directory that does not lie below its root, pwd prints no path but fails",
      catches = "a kernel that does not mark the path, or a C library before 2.27",
      editions = "none",
      userland = true)
  void pwdFailsWhereUnreachable(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/usr");
    s.bind("/usr", "/jail/usr");
    s.symlink("usr/bin", "/jail/bin");
    s.symlink("usr/lib", "/jail/lib");
    s.symlink("usr/lib64", "/jail/lib64");
    s.mkdir("/outside");
    Task atOldRoot = stage.task("AT-OLD-ROOT");
    s.chdir("/outside");
    s.chroot("/jail");
    s.getcwd().is("(unreachable)/outside");
    refuses(stage, s.run("pwd", "-P").value());
    refuses(stage, s.run("pwd").value());
    atOldRoot.chroot("/jail");
    atOldRoot.getcwd().is("(unreachable)/");
    refuses(stage, atOldRoot.run("pwd").value());
    atOldRoot.chdir("/");
    prints(stage, atOldRoot.run("pwd").value(), "/");
  }

  @Claim(
      id = "pwd-l-where-unreachable",
      section = "DESCRIPTION",
      says =
          "With -L, a PWD that was true before chroot(2) is not printed where it leads elsewhere"
              + " or nowhere now",
      catches = "a pwd that trusts PWD unseen",
      editions = "none",
      userland = true)
  void pwdLWhereUnreachable(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/jail");
    s.mkdir("/jail/usr");
    s.bind("/usr", "/jail/usr");
    s.symlink("usr/bin", "/jail/bin");
    s.symlink("usr/lib", "/jail/lib");
    s.symlink("usr/lib64", "/jail/lib64");
    s.mkdir("/outside");
    s.chdir("/outside");
    prints(stage, s.run("env", "PWD=/outside", "pwd", "-L").value(), "/outside");
    s.chroot("/jail");
    refuses(stage, s.run("env", "PWD=/outside", "pwd", "-L").value());
    s.mkdir("/outside");
    refuses(stage, s.run("env", "PWD=/outside", "pwd", "-L").value());
  }

  @Claim(
      id = "pwd-fails-where-removed",
      section = "DESCRIPTION",
      says = "Of a directory that has been removed, pwd prints no path but fails",
      catches = "a kernel that still gives the former path",
      editions = "none",
      userland = true)
  void pwdFailsWhereRemoved(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/a");
    s.chdir("/a");
    prints(stage, s.run("pwd").value(), "/a");
    s.rmdir("/a");
    s.getcwd().fails(Errno.ENOENT);
    refuses(stage, s.run("pwd").value());
    refuses(stage, s.run("env", "PWD=/a", "pwd", "-L").value());
  }

  @Claim(
      id = "pwd-after-detach",
      section = "DESCRIPTION",
      says = "Of a directory on a detached mount, pwd prints no path but fails",
      catches = "a kernel that gives a detached directory its former path",
      editions = "none",
      userland = true)
  void pwdAfterDetach(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new/old");
    prints(stage, s.run("pwd").value(), "/new/old");
    s.umount("/new", UmountFlag.MNT_DETACH);
    refuses(stage, s.run("pwd").value());
  }

  @Claim(
      id = "pwd-past-path-max",
      section = "DESCRIPTION",
      says = "The full path is printed also where it is longer than PATH_MAX",
      catches = "a kernel that cuts the path off instead of refusing it",
      userland = true)
  void pwdPastPathMax(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new");
    s.enterNewDirectories(COMPONENT, 20);
    s.getcwd().given(Errno.ENAMETOOLONG);
    // The shell has a pwd of its own; busybox makes the line short enough to read.
    prints(
        stage,
        s.run("sh", "-c", "/bin/pwd | busybox sed 's|/d\\{254\\}|/D|g'").value(),
        "/new" + "/D".repeat(20));
  }
}
