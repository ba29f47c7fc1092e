package org.pivotroot.tck.harness.task;

import static org.pivotroot.tck.model.call.Value.badAddress;
import static org.pivotroot.tck.model.call.Value.buffer;
import static org.pivotroot.tck.model.call.Value.number;
import static org.pivotroot.tck.model.call.Value.text;

import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.call.Value.Holds;

/** Calls about root and working directory. */
interface RootCalls extends Calling {

  /** pivot_root(2). */
  default Outcome<Void> pivotRoot(String newRoot, String putOld) {
    return pivotRoot(text(newRoot), text(putOld));
  }

  /** pivot_root(2) with arguments that are no plain paths. */
  default Outcome<Void> pivotRoot(Value newRoot, Value putOld) {
    return call(Syscall.PIVOT_ROOT, newRoot, putOld);
  }

  /** chroot(2). */
  default Outcome<Void> chroot(String path) {
    return call(Syscall.CHROOT, text(path));
  }

  /** chdir(2). */
  default Outcome<Void> chdir(String path) {
    return call(Syscall.CHDIR, text(path));
  }

  /** fchdir(2). */
  default Outcome<Void> fchdir(Descriptor descriptor) {
    return call(Syscall.FCHDIR, descriptor);
  }

  /** The getcwd system call itself, without a C library around it. */
  default Outcome<String> getcwd() {
    return call(TEXT, Syscall.GETCWD, buffer(PATH_BUFFER, Holds.TEXT), number(PATH_BUFFER));
  }

  /** The getcwd system call with a buffer of this many bytes: what it did to that. */
  default Outcome<Result.Touched> getcwd(int size) {
    return call(
        Result.Touched.class::cast, Syscall.GETCWD, buffer(size, Holds.TOUCHED), number(size));
  }

  /** The getcwd system call with an address that is not the task's as {@code buf}. */
  default Outcome<Void> getcwdBadBuffer(int size) {
    return call(Syscall.GETCWD, badAddress(), number(size));
  }
}
