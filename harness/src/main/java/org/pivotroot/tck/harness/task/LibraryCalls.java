package org.pivotroot.tck.harness.task;

import static org.pivotroot.tck.model.call.Value.badAddress;
import static org.pivotroot.tck.model.call.Value.buffer;
import static org.pivotroot.tck.model.call.Value.nullPointer;
import static org.pivotroot.tck.model.call.Value.number;
import static org.pivotroot.tck.model.call.Value.text;

import org.pivotroot.tck.model.call.LibraryFunction;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Value.Holds;

/** Calls of the guest's C library. All threads of the agent share its environment. */
interface LibraryCalls extends Calling {

  /** getcwd(3). */
  default Outcome<String> libcGetcwd() {
    return libcGetcwd(PATH_BUFFER);
  }

  /** getcwd(3) with a buffer of this many bytes. */
  default Outcome<String> libcGetcwd(int size) {
    return call(TEXT, LibraryFunction.GETCWD, buffer(size, Holds.TEXT), number(size));
  }

  /** getcwd(3) with a buffer of this many bytes: whether it returns that buffer. */
  default Outcome<Boolean> libcGetcwdReturnsItsBuffer(int size) {
    return call(
        result -> result instanceof Result.Wrote,
        LibraryFunction.GETCWD,
        buffer(size, Holds.TEXT),
        number(size));
  }

  /** getcwd(3) with an address that is not the task's as {@code buf}. */
  default Outcome<Void> libcGetcwdBadBuffer(int size) {
    return call(LibraryFunction.GETCWD, badAddress(), number(size));
  }

  /** getcwd(3) without a buffer: it allocates one, freed here. */
  default Outcome<Result.Allocated> libcGetcwdAllocating(int size) {
    return call(ALLOCATED, LibraryFunction.GETCWD, nullPointer(), number(size));
  }

  /** getwd(3). */
  default Outcome<String> libcGetwd() {
    return call(TEXT, LibraryFunction.GETWD, buffer(PATH_BUFFER, Holds.TEXT));
  }

  /** getwd(3) with a null pointer. */
  default Outcome<Void> libcGetwdNull() {
    return call(LibraryFunction.GETWD, nullPointer());
  }

  /** get_current_dir_name(3). */
  default Outcome<Result.Allocated> libcGetCurrentDirName() {
    return call(ALLOCATED, LibraryFunction.GET_CURRENT_DIR_NAME);
  }

  /** setenv(3), also where there is such a variable. */
  default Outcome<Void> setenv(String name, String value) {
    return call(LibraryFunction.SETENV, text(name), text(value), number(1));
  }

  /** unsetenv(3). */
  default Outcome<Void> unsetenv(String name) {
    return call(LibraryFunction.UNSETENV, text(name));
  }

  /** Whether the C library has a function of this name (dlsym(3)). */
  default Outcome<Boolean> libcHas(String function) {
    return call(
        result -> ((Result.Returned) result).number() == 1,
        LibraryFunction.DLSYM,
        nullPointer(),
        text(function));
  }
}
