package org.pivotroot.tck.model.call;

import static org.pivotroot.tck.model.call.Parameter.address;
import static org.pivotroot.tck.model.call.Parameter.buffer;
import static org.pivotroot.tck.model.call.Parameter.device;
import static org.pivotroot.tck.model.call.Parameter.dirfd;
import static org.pivotroot.tck.model.call.Parameter.fd;
import static org.pivotroot.tck.model.call.Parameter.flags;
import static org.pivotroot.tck.model.call.Parameter.integer;
import static org.pivotroot.tck.model.call.Parameter.mode;
import static org.pivotroot.tck.model.call.Parameter.path;
import static org.pivotroot.tck.model.call.Parameter.pid;
import static org.pivotroot.tck.model.call.Parameter.struct;
import static org.pivotroot.tck.model.call.Parameter.text;

import java.util.List;
import java.util.Locale;

/**
 * The system calls that claims make, with their numbers on x86-64 (arch/x86/entry/syscalls). A new
 * one is one row here: how it is sent, written, stored and reproduced follows from that.
 */
public enum Syscall implements Callee {
  READ(0, Returns.NUMBER, fd("fd"), buffer("buf"), integer("count")),
  WRITE(1, Returns.NUMBER, fd("fd"), text("buf"), integer("count")),
  CLOSE(3, fd("fd")),
  POLL(7, Returns.STRUCTURES, struct("fds"), integer("nfds"), integer("timeout")),
  MMAP(
      9,
      Returns.MAPPING,
      address("addr"),
      integer("length"),
      flags("prot", MapProtection.class),
      flags("flags", MapFlag.class),
      fd("fd"),
      integer("offset")),
  MUNMAP(11, address("addr"), integer("length")),
  IOCTL(16, Returns.DESCRIPTOR, fd("fd"), integer("op"), struct("argp")),
  CLONE(
      56,
      Returns.CHILD,
      flags("flags", CloneFlag.class),
      address("stack"),
      address("parent_tid"),
      address("child_tid"),
      integer("tls")),
  GETCWD(79, buffer("buf"), integer("size")),
  CHDIR(80, path("path")),
  FCHDIR(81, fd("fd")),
  RENAME(82, path("oldpath"), path("newpath")),
  MKDIR(83, path("pathname"), mode("mode")),
  RMDIR(84, path("pathname")),
  UNLINK(87, path("pathname")),
  SYMLINK(88, text("target"), path("linkpath")),
  READLINK(89, path("pathname"), buffer("buf"), integer("bufsiz")),
  UMASK(95, Returns.MODE, mode("mask")),
  SETRESUID(117, integer("ruid"), integer("euid"), integer("suid")),
  CAPSET(126, struct("hdrp"), struct("datap")),
  MKNOD(133, path("pathname"), mode("mode"), device("dev")),
  PIVOT_ROOT(155, path("new_root"), path("put_old")),
  PRCTL(157, Returns.NUMBER, integer("op"), integer("arg2")),
  CHROOT(161, path("path")),
  MOUNT(
      165,
      text("source"),
      path("target"),
      text("filesystemtype"),
      flags("mountflags", MountFlag.class),
      text("data")),
  UMOUNT2(166, path("target"), flags("flags", UmountFlag.class)),
  SCHED_SETAFFINITY(203, pid("pid"), integer("cpusetsize"), struct("mask")),
  INOTIFY_ADD_WATCH(
      254, Returns.NUMBER, fd("fd"), path("pathname"), flags("mask", InotifyEvent.class)),
  OPENAT(
      257,
      Returns.DESCRIPTOR,
      dirfd("dirfd"),
      path("pathname"),
      flags("flags", OpenFlag.class),
      mode("mode")),
  UNSHARE(272, flags("flags", CloneFlag.class)),
  INOTIFY_INIT1(294, Returns.DESCRIPTOR, flags("flags", InotifyFlag.class)),
  FANOTIFY_INIT(
      300,
      Returns.DESCRIPTOR,
      flags("flags", FanotifyFlag.class),
      flags("event_f_flags", OpenFlag.class)),
  FANOTIFY_MARK(
      301,
      fd("fanotify_fd"),
      flags("flags", FanotifyMark.class),
      flags("mask", FanotifyEvent.class),
      dirfd("dirfd"),
      path("pathname")),
  SETNS(308, fd("fd"), flags("nstype", CloneFlag.class)),
  STATX(
      332,
      dirfd("dirfd"),
      path("pathname"),
      flags("flags", AtFlag.class),
      flags("mask", StatxMask.class),
      buffer("statxbuf")),
  OPEN_TREE(
      428,
      Returns.DESCRIPTOR,
      dirfd("dirfd"),
      path("path"),
      flags("flags", OpenTreeFlag.class, AtFlag.class)),
  MOVE_MOUNT(
      429,
      dirfd("from_dirfd"),
      path("from_path"),
      dirfd("to_dirfd"),
      path("to_path"),
      flags("flags", MoveMountFlag.class)),
  FSOPEN(430, Returns.DESCRIPTOR, text("fsname"), flags("flags", FsopenFlag.class)),
  FSCONFIG(431, fd("fd"), integer("cmd"), text("key"), text("value"), integer("aux")),
  FSMOUNT(
      432,
      Returns.DESCRIPTOR,
      fd("fsfd"),
      flags("flags", FsmountFlag.class),
      flags("attr_flags", MountAttribute.class)),
  FSPICK(433, Returns.DESCRIPTOR, dirfd("dirfd"), path("path"), flags("flags", FspickFlag.class)),
  PIDFD_OPEN(434, Returns.DESCRIPTOR, pid("pid"), integer("flags")),
  CLONE3(435, Returns.CHILD, struct("cl_args"), integer("size")),
  OPENAT2(
      437, Returns.DESCRIPTOR, dirfd("dirfd"), path("pathname"), struct("how"), integer("size")),
  MOUNT_SETATTR(
      442,
      dirfd("dirfd"),
      path("pathname"),
      flags("flags", AtFlag.class),
      struct("attr"),
      integer("size")),
  STATMOUNT(
      457, struct("req"), buffer("buf"), integer("bufsize"), flags("flags", StatmountFlag.class)),
  LISTMOUNT(
      458,
      Returns.NUMBER,
      struct("req"),
      buffer("mnt_ids"),
      integer("nr_mnt_ids"),
      flags("flags", ListmountFlag.class)),
  OPEN_TREE_ATTR(
      467,
      Returns.DESCRIPTOR,
      dirfd("dirfd"),
      path("path"),
      flags("flags", OpenTreeFlag.class, AtFlag.class),
      struct("attr"),
      integer("size"));

  private final int number;
  private final Returns returns;
  private final List<Parameter> parameters;

  Syscall(int number, Parameter... parameters) {
    this(number, Returns.NOTHING, parameters);
  }

  Syscall(int number, Returns returns, Parameter... parameters) {
    this.number = number;
    this.returns = returns;
    this.parameters = List.of(parameters);
  }

  /** What syscall(2) is given for it. */
  public int number() {
    return number;
  }

  @Override
  public String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String title() {
    return symbol();
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public Returns returns() {
    return returns;
  }
}
