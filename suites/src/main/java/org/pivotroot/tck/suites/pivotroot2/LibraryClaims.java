package org.pivotroot.tck.suites.pivotroot2;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Contradicted;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;

/** What the C library offers. */
@Page("pivot_root(2)")
class LibraryClaims {

  @Claim(
      id = "glibc-has-no-wrapper",
      section = "SYNOPSIS",
      says = "The C library has no function for the call; a program makes it by syscall(2)",
      catches = "a C library that exports pivot_root")
  @Contradicted(
      because =
          "glibc has always exported a function pivot_root, generated from its list of system"
              + " calls; what is missing is a declaration in a header, so that a program must"
              + " declare it itself. It is a matter of the library, the same on every kernel.")
  void glibcHasNoWrapper(Stage stage) {
    Task s = stage.task("S");
    stage.fact("pivot_root in libc", s.libcHas("pivot_root").value());
    s.libcHas("chroot").is(true);
    s.libcHas("pivot_root").is(false);
  }
}
