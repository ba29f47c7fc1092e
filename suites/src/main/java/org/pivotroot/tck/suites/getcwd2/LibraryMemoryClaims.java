package org.pivotroot.tck.suites.getcwd2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Result;

/** What the C library's functions take and what they need. */
@Page("getcwd(3)")
class LibraryMemoryClaims {
  private static final int PATH_MAX = 4096;
  private static final String COMPONENT = "d".repeat(254);

  @Claim(
      id = "get-current-dir-name-allocates",
      section = "DESCRIPTION",
      says =
          "get_current_dir_name(3) allocates a string that is large enough for the whole path, also"
              + " for one longer than PATH_MAX",
      catches = "a library whose function ends at PATH_MAX, or a kernel that cuts the path off")
  void getCurrentDirNameAllocates(Stage stage) {
    Task s = stage.task("S");
    s.chdir("/new/old");
    s.unsetenv("PWD");
    Result.Allocated brief = s.libcGetCurrentDirName().succeeds().value();
    stage.check(brief.text().equals("/new/old"), () -> "the path is " + brief);
    stage.check(brief.usable() > "/new/old".length(), "the allocation is too small");
    s.enterNewDirectories(COMPONENT, 20);
    String path = "/new/old" + ("/" + COMPONENT).repeat(20);
    Result.Allocated deep = s.libcGetCurrentDirName().succeeds().value();
    stage.check(path.length() > PATH_MAX, "the path is not longer than PATH_MAX");
    stage.check(deep.text().equals(path), "the long path is another one");
    stage.check(deep.usable() > path.length(), "the allocation for the long path is too small");
  }

  @Claim(
      id = "libc-uses-system-call",
      section = "VERSIONS",
      says =
          "The library asks the system call: it answers where no /proc is mounted and where no"
              + " directory on the way up may be searched or read",
      catches = "a kernel whose answer the library has to find in other ways")
  void libcUsesSystemCall(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/closed", 0);
    s.mkdir("/closed/a");
    s.chdir("/closed/a");
    s.stat("/proc/self/cwd").fails(Errno.ENOENT);
    s.setresuid(1000);
    s.open("/closed").fails(Errno.EACCES);
    s.open("..").fails(Errno.EACCES);
    String answer = s.getcwd().value();
    s.libcGetcwd().is(answer);
    s.libcGetcwd().is("/closed/a");
  }
}
