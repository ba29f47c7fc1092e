package org.pivotroot.tck.harness.task;

import static org.pivotroot.tck.model.call.Value.buffer;
import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.nullPointer;
import static org.pivotroot.tck.model.call.Value.number;
import static org.pivotroot.tck.model.call.Value.struct;
import static org.pivotroot.tck.model.call.Value.text;
import static org.pivotroot.tck.model.call.Value.workingDirectory;

import java.util.List;
import java.util.stream.Stream;
import org.pivotroot.tck.model.call.AtFlag;
import org.pivotroot.tck.model.call.FileType;
import org.pivotroot.tck.model.call.MapFlag;
import org.pivotroot.tck.model.call.MapProtection;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.ResolveFlag;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.StatxMask;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.call.Value.Holds;
import org.pivotroot.tck.model.call.Value.Mapping;
import org.pivotroot.tck.model.look.FileId;

/** Calls about files and directories. */
interface FileCalls extends Calling {
  /** What statx(2) is asked for. */
  Value.Flags IDENTITY = flags(StatxMask.STATX_BASIC_STATS, StatxMask.STATX_MNT_ID);

  /** A struct statx. */
  Value.Buffer STATX = buffer(256, Holds.STATX);

  /** Permission bits of new files. */
  int FILE_MODE = 0644;

  /** mkdir(2) with mode 0755. */
  default Outcome<Void> mkdir(String path) {
    return mkdir(path, 0755);
  }

  /** mkdir(2). */
  default Outcome<Void> mkdir(String path, int mode) {
    return call(Syscall.MKDIR, text(path), number(mode));
  }

  /** rmdir(2). */
  default Outcome<Void> rmdir(String path) {
    return call(Syscall.RMDIR, text(path));
  }

  /** unlink(2). */
  default Outcome<Void> unlink(String path) {
    return call(Syscall.UNLINK, text(path));
  }

  /** rename(2). */
  default Outcome<Void> rename(String from, String to) {
    return call(Syscall.RENAME, text(from), text(to));
  }

  /** symlink(2). */
  default Outcome<Void> symlink(String target, String path) {
    return call(Syscall.SYMLINK, text(target), text(path));
  }

  /** mknod(2) of an empty regular file. */
  default Outcome<Void> createFile(String path) {
    return mknod(path, FileType.S_IFREG, 0);
  }

  /** mknod(2) of a fifo. */
  default Outcome<Void> createFifo(String path) {
    return mknod(path, FileType.S_IFIFO, 0);
  }

  /** mknod(2) of the device that /dev/null is. */
  default Outcome<Void> createDevice(String path) {
    return mknod(path, FileType.S_IFCHR, 0x103);
  }

  private Outcome<Void> mknod(String path, FileType type, int device) {
    Value mode = new Value.Flags(List.of(type), FILE_MODE);
    return call(Syscall.MKNOD, text(path), mode, number(device));
  }

  /** statx(2) following symbolic links. */
  default Outcome<FileId> stat(String path) {
    return stat(text(path));
  }

  /** statx(2) of a path that is no plain one. */
  default Outcome<FileId> stat(Value path) {
    return call(FILE, Syscall.STATX, workingDirectory(), path, flags(), IDENTITY, STATX);
  }

  /** statx(2) of a path below /proc/TID/root of a task, by this task's own /proc. */
  default Outcome<FileId> statThroughRootOf(Task task, String path) {
    return stat(new Value.OfTask(task.name(), "root" + path));
  }

  /** statx(2) of what a descriptor refers to. */
  default Outcome<FileId> stat(Descriptor descriptor) {
    return call(
        FILE, Syscall.STATX, descriptor, text(""), flags(AtFlag.AT_EMPTY_PATH), IDENTITY, STATX);
  }

  /** statx(2) with STATX_MNT_ID_UNIQUE: the ID that no other mount has had since the boot. */
  default Outcome<Long> uniqueMountOf(String path) {
    return call(
        result -> ((Result.Identified) result).file().mount(),
        Syscall.STATX,
        workingDirectory(),
        text(path),
        flags(),
        flags(StatxMask.STATX_BASIC_STATS, StatxMask.STATX_MNT_ID_UNIQUE),
        STATX);
  }

  /** readlink(2). */
  default Outcome<String> readlink(String path) {
    return readlink(text(path));
  }

  /**
   * readlink(2) of a link about a task in /proc, such as {@code cwd}: the path is /proc/TID/LINK,
   * by this task's own /proc.
   */
  default Outcome<String> readlinkOf(Task task, String link) {
    return readlink(new Value.OfTask(task.name(), link));
  }

  private Outcome<String> readlink(Value path) {
    return call(
        TEXT, Syscall.READLINK, path, buffer(PATH_BUFFER, Holds.BYTES), number(PATH_BUFFER));
  }

  /** openat(2) of a path, with O_CLOEXEC. */
  default Outcome<Descriptor> open(String path, OpenFlag... flags) {
    return open(workingDirectory(), text(path), flags);
  }

  /** openat(2) of a file about a task in /proc, with O_CLOEXEC. */
  default Outcome<Descriptor> openOf(Task task, String file, OpenFlag... flags) {
    return open(workingDirectory(), new Value.OfTask(task.name(), file), flags);
  }

  /** openat(2) with O_CLOEXEC, relative to a descriptor. */
  default Outcome<Descriptor> openat(Value directory, String path, OpenFlag... flags) {
    return open(directory, text(path), flags);
  }

  private Outcome<Descriptor> open(Value directory, Value path, OpenFlag... flags) {
    OpenFlag[] all =
        Stream.concat(Stream.of(flags), Stream.of(OpenFlag.O_CLOEXEC)).toArray(OpenFlag[]::new);
    return call(DESCRIPTOR, Syscall.OPENAT, directory, path, flags(all), number(FILE_MODE));
  }

  /** openat2(2) with O_PATH and O_CLOEXEC, relative to a descriptor. */
  default Outcome<Descriptor> openat2(Descriptor directory, String path, ResolveFlag... resolve) {
    Value how =
        struct(
            StructType.OPEN_HOW,
            "flags",
            flags(OpenFlag.O_PATH, OpenFlag.O_CLOEXEC),
            "resolve",
            flags(resolve));
    return call(
        DESCRIPTOR,
        Syscall.OPENAT2,
        directory,
        text(path),
        how,
        number(StructType.OPEN_HOW.size()));
  }

  /** write(2) of a text in ASCII. */
  default Outcome<Void> write(Descriptor descriptor, String text) {
    return call(Syscall.WRITE, descriptor, text(text), number(text.length()));
  }

  /** read(2) of a text: how many lines it brings, none at the end. */
  default Outcome<Integer> readLines(Descriptor descriptor) {
    int size = 16384;
    return call(
        result -> ((Result.Lines) result).count(),
        Syscall.READ,
        descriptor,
        buffer(size, Holds.LINES),
        number(size));
  }

  /** close(2). */
  default Outcome<Void> close(Descriptor descriptor) {
    return call(Syscall.CLOSE, descriptor);
  }

  /** mmap(2) of the first page of a file, private and for reading. */
  default Outcome<Mapping> mmap(Descriptor descriptor) {
    return call(
        result -> new Mapping(((Result.Mapped) result).mapping()),
        Syscall.MMAP,
        nullPointer(),
        number(4096),
        flags(MapProtection.PROT_READ),
        flags(MapFlag.MAP_PRIVATE),
        descriptor,
        number(0));
  }

  /** munmap(2). */
  default Outcome<Void> munmap(Mapping mapping) {
    return call(Syscall.MUNMAP, mapping, number(4096));
  }
}
