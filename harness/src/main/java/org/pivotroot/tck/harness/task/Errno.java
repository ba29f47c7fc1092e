package org.pivotroot.tck.harness.task;

import java.util.Arrays;

/** The errors of errno(3) that the calls of this suite can return, by their names on Linux. */
public enum Errno {
  EPERM(1, "Operation not permitted"),
  ENOENT(2, "No such file or directory"),
  ESRCH(3, "No such process"),
  EINTR(4, "Interrupted system call"),
  EIO(5, "Input/output error"),
  EBADF(9, "Bad file descriptor"),
  EAGAIN(11, "Resource temporarily unavailable"),
  ENOMEM(12, "Cannot allocate memory"),
  EACCES(13, "Permission denied"),
  EFAULT(14, "Bad address"),
  EBUSY(16, "Device or resource busy"),
  EEXIST(17, "File exists"),
  EXDEV(18, "Invalid cross-device link"),
  ENODEV(19, "No such device"),
  ENOTDIR(20, "Not a directory"),
  EISDIR(21, "Is a directory"),
  EINVAL(22, "Invalid argument"),
  ENFILE(23, "Too many open files in system"),
  EMFILE(24, "Too many open files"),
  ETXTBSY(26, "Text file busy"),
  ENOSPC(28, "No space left on device"),
  EROFS(30, "Read-only file system"),
  ERANGE(34, "Numerical result out of range"),
  ENAMETOOLONG(36, "File name too long"),
  ENOSYS(38, "Function not implemented"),
  ENOTEMPTY(39, "Directory not empty"),
  ELOOP(40, "Too many levels of symbolic links"),
  EOVERFLOW(75, "Value too large for defined data type"),
  EUSERS(87, "Too many users"),
  EOPNOTSUPP(95, "Operation not supported"),
  ESTALE(116, "Stale file handle");

  private final int number;
  private final String text;

  Errno(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /**
   * The error of a number.
   *
   * @throws IllegalArgumentException if it is none of these; add it then
   */
  public static Errno of(int number) {
    return Arrays.stream(values())
        .filter(errno -> errno.number == number)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("errno " + number + " has no name here"));
  }

  /** As strace(1) writes it. */
  String described() {
    return name() + " (" + text + ")";
  }
}
