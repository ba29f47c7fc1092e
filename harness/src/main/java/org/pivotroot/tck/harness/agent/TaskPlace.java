package org.pivotroot.tck.harness.agent;

/** Where the kernel lists a task. */
record TaskPlace(long pid, long tid) {
  /** Relative to /proc. */
  String directory() {
    return pid + "/task/" + tid;
  }
}
