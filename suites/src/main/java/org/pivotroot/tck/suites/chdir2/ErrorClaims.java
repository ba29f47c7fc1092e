package org.pivotroot.tck.suites.chdir2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** The errors of chdir(2) and fchdir(2), after each of which the working directory is as before. */
@Page("chdir(2)")
class ErrorClaims {

  @Claim(
      id = "chdir-lookup-errors",
      section = "ERRORS",
      says = "A missing name, a file, a loop and a name too long have their errnos",
      catches = "a kernel that goes as far as it can, or confuses two errors")
  void lookup(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/file");
    s.symlink("/loop", "/loop");
    s.chdir("/new");
    FileId here = s.stat("/new").value();
    s.chdir("/none").fails(Errno.ENOENT);
    s.chdir("").fails(Errno.ENOENT);
    s.chdir("/file").fails(Errno.ENOTDIR);
    s.chdir("/file/x").fails(Errno.ENOTDIR);
    s.chdir("/loop").fails(Errno.ELOOP);
    s.chdir("/" + "n".repeat(256)).fails(Errno.ENAMETOOLONG);
    s.chdir("/" + "n".repeat(255)).fails(Errno.ENOENT);
    s.call(Syscall.CHDIR, Value.badAddress()).fails(Errno.EFAULT);
    s.cwd().is(here);
    s.chdir("old").succeeds();
    s.cwd().is(s.stat("/new/old").value());
  }

  @Claim(
      id = "chdir-needs-search-permission",
      section = "ERRORS",
      says = "Without search permission for the directory or one on the way it is EACCES",
      catches = "a kernel that lets everybody in, or asks for read permission",
      userland = true)
  void permission(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/closed", 0700);
    s.mkdir("/closed/in");
    s.mkdir("/searchable", 0711);
    Descriptor closed = s.open("/closed", OpenFlag.O_PATH).value();
    Task p = s.process("P");
    p.setresuid(1000);
    FileId here = p.stat("/").value();
    p.chdir("/closed").fails(Errno.EACCES);
    p.chdir("/closed/in").fails(Errno.EACCES);
    p.cwd().is(here);
    p.chdir("/searchable").succeeds();
    p.cwd().is(s.stat("/searchable").value());
    s.fchdir(closed).succeeds();
  }

  @Claim(
      id = "fchdir-errors",
      section = "ERRORS",
      says = "A descriptor that is not open is EBADF, one of a file ENOTDIR",
      catches = "a kernel that takes the directory of the file")
  void descriptor(Stage stage) {
    Task s = stage.task("S");
    s.createFile("/file");
    Descriptor file = s.open("/file", OpenFlag.O_PATH).value();
    Descriptor directory = s.open("/new", OpenFlag.O_PATH).value();
    FileId here = s.cwd().value();
    s.fchdir(file).fails(Errno.ENOTDIR);
    s.cwd().is(here);
    s.fchdir(directory).succeeds();
    s.cwd().is(s.stat("/new").value());
    s.close(directory);
    s.cwd().is(s.stat("/new").value());
  }

  @Claim(
      id = "chdir-crosses-to-the-top-of-a-stack",
      section = "DESCRIPTION",
      says = "A mount point leads to the uppermost mount there, .. from its root to below them all",
      catches = "a kernel that enters the lowest mount, or leaves one mount of the stack at a time")
  void stack(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new");
    s.mountTmpfs("/new");
    FileId top = s.stat("/new").value();
    s.chdir("/new").succeeds();
    s.cwd().is(top);
    s.chdir("..").succeeds();
    s.cwd().is(s.stat("/").value());
  }

  @Claim(
      id = "chdir-stays-in-a-covered-directory",
      section = "NOTES",
      says = "A mount made on the working directory does not move the task: . is what it was",
      catches = "a kernel that takes tasks along to the new mount")
  void covered(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new");
    FileId here = s.stat(".").value();
    s.mountTmpfs("/new").succeeds();
    s.cwd().is(here);
    s.stat(".").is(here);
    s.stat("/new").isNot(here);
    s.chdir("/new").succeeds();
    s.cwd().is(s.stat("/new").value());
  }
}
