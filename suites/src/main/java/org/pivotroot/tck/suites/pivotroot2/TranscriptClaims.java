package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.look.FileId;

/**
 * The sessions by which the two readings of the old page were once told apart, with the programs
 * that were used then.
 */
@Page("pivot_root(2)")
class TranscriptClaims {

  /** A second directory with the programs in it, of the same file system as the root. */
  private static Task prepared(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/tmp");
    s.mkdir("/new-root");
    s.mkdir("/new-root/mnt");
    s.mkdir("/new-root/usr");
    for (String link : new String[] {"bin", "sbin", "lib", "lib64"}) {
      s.symlink("usr/" + link, "/new-root/" + link);
    }
    return s;
  }

  /** A session in a user and mount namespace of its own, which ends at the first failure. */
  private static Ran session(Task s, String... lines) {
    return s.run("unshare", "-rm", "bash", "-ec", String.join("\n", lines)).value();
  }

  private static void shows(Stage stage, Ran session, String... lines) {
    stage.check(session.status() == 0, () -> "the session ended with " + session);
    stage.check(
        session.output().equals(String.join("\n", lines)),
        () -> "the session shows something else than " + String.join(" | ", lines));
  }

  @Claim(
      id = "transcript-1",
      section = "DESCRIPTION",
      says =
          "A shell in /tmp that pivots is in the same directory afterwards, now named /mnt/tmp:"
              + " its root was changed and its working directory was not",
      editions = "none",
      userland = true,
      catches = "a kernel that moves a working directory below the old root, or not the root")
  void transcript1(Stage stage) {
    Task s = prepared(stage);
    FileId tmp = s.stat("/tmp").value();
    Ran session =
        session(
            s,
            "cd /tmp",
            "/bin/pwd",
            "ls -id .",
            "mount --bind /new-root /new-root",
            "mount --bind /usr /new-root/usr",
            "pivot_root /new-root /new-root/mnt",
            "/bin/pwd",
            "ls -id .");
    shows(stage, session, "/tmp", tmp.inode() + " .", "/mnt/tmp", tmp.inode() + " .");
  }

  @Claim(
      id = "transcript-2",
      section = "DESCRIPTION",
      says =
          "A shell in / that pivots is in the new root afterwards: . and / are the directory that"
              + " was /new-root, and /mnt is what was /",
      editions = "none",
      userland = true,
      catches = "a kernel that leaves a working directory at the old root where it was")
  void transcript2(Stage stage) {
    Task s = prepared(stage);
    long root = s.stat("/").value().inode();
    long newRoot = s.stat("/new-root").value().inode();
    stage.check(root != newRoot, "the two directories cannot be told apart by inode number");
    Ran session =
        session(
            s,
            "cd /",
            "/bin/pwd",
            "ls -id .",
            "ls -id /new-root",
            "mount --bind /new-root /new-root",
            "mount --bind /usr /new-root/usr",
            "pivot_root /new-root /new-root/mnt",
            "/bin/pwd",
            "ls -id .",
            "ls -id /",
            "ls -id /mnt");
    shows(
        stage,
        session,
        "/",
        root + " .",
        newRoot + " /new-root",
        "/",
        newRoot + " .",
        newRoot + " /",
        root + " /mnt");
  }

  @Claim(
      id = "transcript-3",
      section = "DESCRIPTION",
      says =
          "A process that calls chroot but not chdir is outside its root: getcwd(3) fails with"
              + " ENOENT, its cwd link shows /, and yet . and / are different directories",
      editions = "none",
      userland = true,
      catches =
          "a kernel whose chroot moves the working directory, or whose getcwd hides where it is")
  void transcript3(Stage stage) {
    Task s = prepared(stage);
    FileId root = s.stat("/").value();
    FileId newRoot = s.stat("/new-root").value();
    s.bind("/usr", "/new-root/usr");
    s.chdir("/");
    s.chroot("/new-root");
    s.getcwd().is("(unreachable)/");
    s.libcGetcwd().fails(Errno.ENOENT);
    Ran pwd = s.run("/bin/pwd").value();
    stage.fact("/bin/pwd", pwd);
    stage.check(!pwd.output().equals("/"), "/bin/pwd takes the old root for the root");
    s.run("readlink", "./proc/self/cwd").is(new Ran(0, "/", ""));
    s.run("ls", "-id", "./proc/self/cwd/").is(new Ran(0, root.inode() + " ./proc/self/cwd/", ""));
    s.run("ls", "-id", ".").is(new Ran(0, root.inode() + " .", ""));
    s.run("ls", "-id", "/").is(new Ran(0, newRoot.inode() + " /", ""));
  }

  @Claim(
      id = "transcript-3-chroot-program",
      section = "DESCRIPTION",
      says = "The chroot program changes directory as well, so that pwd is right within it",
      editions = "none",
      userland = true,
      catches = "a kernel that keeps the old directory through chroot and chdir")
  void transcript3ChrootProgram(Stage stage) {
    Task s = prepared(stage);
    FileId newRoot = s.stat("/new-root").value();
    s.bind("/usr", "/new-root/usr");
    s.chdir("/");
    s.run("chroot", "/new-root", "/bin/pwd").is(new Ran(0, "/", ""));
    s.run("chroot", "/new-root", "ls", "-id", ".").is(new Ran(0, newRoot.inode() + " .", ""));
    s.getcwd().is("/");
  }

  @Claim(
      id = "chdir-forgotten",
      section = "DESCRIPTION",
      says =
          "After chroot to a mount without chdir, the working directory is still the old root and"
              + " has no name: the raw getcwd says (unreachable), that of the C library ENOENT",
      editions = "none",
      userland = true,
      catches = "a kernel that gives the name / to a directory that is not the root")
  void chdirForgotten(Stage stage) {
    Task s = stage.task("S");
    FileId root = s.stat("/").value();
    FileId newRoot = s.stat("/new").value();
    s.chroot("/new");
    s.stat(".").is(root);
    s.stat("/").is(newRoot);
    s.cwd().is(root);
    s.getcwd().is("(unreachable)/");
    s.libcGetcwd().fails(Errno.ENOENT);
    s.readlink("./proc/thread-self/cwd").is("/");
    s.stat("./proc/thread-self/cwd").is(root);
    // Below the old root, too, and only until the chdir that was forgotten.
    s.chdir("usr");
    s.getcwd().is("(unreachable)/usr");
    s.chdir("/").succeeds();
    s.getcwd().is("/");
    s.libcGetcwd().is("/");
    s.stat(".").is(newRoot);
  }

  @Claim(
      id = "unlinked-cwd-parallel",
      section = "DESCRIPTION",
      says =
          "A removed working directory has no name either: getcwd fails with ENOENT, as it does"
              + " in the C library for a directory outside the root",
      editions = "none",
      userland = true,
      catches = "a kernel that names a directory which is no longer there")
  void unlinkedCwdParallel(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/gone");
    s.chdir("/gone");
    FileId gone = s.stat(".").value();
    s.getcwd().is("/gone");
    s.rmdir("/gone");
    s.getcwd().fails(Errno.ENOENT);
    s.libcGetcwd().fails(Errno.ENOENT);
    s.readlink("/proc/thread-self/cwd").is("/gone (deleted)");
    s.stat(".").is(gone);
    Ran pwd = s.run("/bin/pwd").value();
    stage.fact("/bin/pwd", pwd);
    stage.check(pwd.status() != 0 && pwd.output().isEmpty(), "/bin/pwd names a removed directory");
  }
}
