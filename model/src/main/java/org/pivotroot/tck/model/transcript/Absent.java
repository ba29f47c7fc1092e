package org.pivotroot.tck.model.transcript;

import java.util.List;
import java.util.Optional;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.FileType;
import org.pivotroot.tck.model.call.LibraryFunction;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Parameter;
import org.pivotroot.tck.model.call.StatxMask;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;

/** What is meant by an argument that nobody typed, and what the table of calls does not tell. */
final class Absent {
  private static final int PATH_BUFFER = 8192;
  private static final int STATX_BUFFER = 256;

  private Absent() {}

  /** The structure that a call takes. */
  static Optional<StructType> struct(Callee callee) {
    if (!(callee instanceof Syscall syscall)) {
      return Optional.empty();
    }
    return switch (syscall) {
      case OPENAT2 -> Optional.of(StructType.OPEN_HOW);
      case CLONE3 -> Optional.of(StructType.CLONE_ARGS);
      case POLL -> Optional.of(StructType.POLLFD);
      case CAPSET -> Optional.of(StructType.CAPABILITY_HEADER);
      case IOCTL -> Optional.of(StructType.MNT_NS_INFO);
      case MOUNT_SETATTR, OPEN_TREE_ATTR -> Optional.of(StructType.MOUNT_ATTR);
      case STATMOUNT, LISTMOUNT -> Optional.of(StructType.MNT_ID_REQ);
      default -> Optional.empty();
    };
  }

  /** What a call fills its buffer with. */
  static Value.Holds holds(Callee callee) {
    return callee == Syscall.STATX
        ? Value.Holds.STATX
        : callee == Syscall.READLINK || callee == Syscall.READ
            ? Value.Holds.BYTES
            : callee == Syscall.STATMOUNT || callee == Syscall.LISTMOUNT
                ? Value.Holds.NOTHING
                : Value.Holds.TEXT;
  }

  /** How much room it is given, if no number says that. */
  static int size(Callee callee) {
    return callee == Syscall.STATX
        ? STATX_BUFFER
        : callee == Syscall.LISTMOUNT ? PATH_BUFFER / 2 : PATH_BUFFER;
  }

  /**
   * The argument, if a call can do without.
   *
   * @param before those before it
   */
  static Optional<Value> of(Callee callee, int index, List<Value> before) {
    Parameter parameter = callee.parameters().get(index);
    return switch (parameter.kind()) {
      case PATH, DESCRIPTOR, PROCESS -> Optional.empty();
      case TEXT -> text(callee, before);
      case DIRECTORY -> Optional.of(new Value.WorkingDirectory());
      case FLAGS -> Optional.of(flags(callee, index));
      case MODE -> mode(callee);
      case DEVICE -> Optional.of(Value.number(0));
      case BUFFER -> Optional.of(Value.buffer(size(callee), holds(callee)));
      case ADDRESS -> Optional.of(new Value.Null());
      case NUMBER -> Optional.of(Value.number(number(callee, index)));
      case STRUCTURE ->
          callee == Syscall.CAPSET && index == 0
              ? Optional.of(
                  Value.struct(
                      StructType.CAPABILITY_HEADER, "version", Value.number(Capability.VERSION)))
              : callee == Syscall.IOCTL ? Optional.of(new Value.Null()) : Optional.empty();
    };
  }

  /** Behind a path a text tells more about the call; a file system is its own source. */
  private static Optional<Value> text(Callee callee, List<Value> before) {
    return callee == Syscall.MOUNT && before.size() > 1
        ? Optional.of(new Value.Null())
        : Optional.empty();
  }

  private static Value flags(Callee callee, int index) {
    if (callee == Syscall.STATX && index == 3) {
      return Value.flags(StatxMask.STATX_BASIC_STATS, StatxMask.STATX_MNT_ID);
    }
    return callee == Syscall.OPENAT ? Value.flags(OpenFlag.O_CLOEXEC) : Value.flags();
  }

  private static Optional<Value> mode(Callee callee) {
    if (callee == Syscall.UMASK) {
      return Optional.empty();
    }
    return Optional.of(
        callee == Syscall.MKDIR
            ? Value.number(0755)
            : callee == Syscall.MKNOD
                ? new Value.Flags(List.of(FileType.S_IFREG), 0644)
                : Value.number(0644));
  }

  /** The size of what stands before it, where it is one. */
  private static long number(Callee callee, int index) {
    Parameter.Kind before =
        index == 0 ? Parameter.Kind.NUMBER : callee.parameters().get(index - 1).kind();
    if (before == Parameter.Kind.BUFFER) {
      return callee == Syscall.LISTMOUNT
          ? size(callee) / Long.BYTES
          : callee == LibraryFunction.GETWD ? 0 : size(callee);
    }
    if (before == Parameter.Kind.STRUCTURE) {
      return callee == Syscall.POLL ? 1 : struct(callee).map(StructType::size).orElse(0);
    }
    return callee == Syscall.SCHED_SETAFFINITY ? 128 : 0;
  }
}
