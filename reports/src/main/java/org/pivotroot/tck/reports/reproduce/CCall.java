package org.pivotroot.tck.reports.reproduce;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.Parameter;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Syscall;

/**
 * A call and its result as C: an expression that is -1 if it fails, and what it must have given.
 */
final class CCall {
  /** System calls that the C library has a function of the same name and arguments for. */
  private static final Set<Syscall> WITH_FUNCTION =
      EnumSet.of(
          Syscall.READ,
          Syscall.WRITE,
          Syscall.CLOSE,
          Syscall.POLL,
          Syscall.MMAP,
          Syscall.MUNMAP,
          Syscall.IOCTL,
          Syscall.CHDIR,
          Syscall.FCHDIR,
          Syscall.RENAME,
          Syscall.MKDIR,
          Syscall.RMDIR,
          Syscall.UNLINK,
          Syscall.SYMLINK,
          Syscall.READLINK,
          Syscall.UMASK,
          Syscall.MKNOD,
          Syscall.PRCTL,
          Syscall.CHROOT,
          Syscall.MOUNT,
          Syscall.UMOUNT2,
          Syscall.SCHED_SETAFFINITY,
          Syscall.INOTIFY_ADD_WATCH,
          Syscall.OPENAT,
          Syscall.UNSHARE,
          Syscall.INOTIFY_INIT1,
          Syscall.FANOTIFY_INIT,
          Syscall.FANOTIFY_MARK,
          Syscall.SETNS,
          Syscall.STATX);

  private CCall() {}

  /** The expression, which keeps what the call opens or maps. */
  static String expression(Call call, Result result) {
    List<String> arguments = new ArrayList<>();
    boolean wrapped = !(call.callee() instanceof Syscall made) || WITH_FUNCTION.contains(made);
    if (!wrapped) {
      arguments.add("SYS_" + call.callee().symbol());
    }
    for (int i = 0; i < call.arguments().size(); i++) {
      arguments.add(CValue.of(call.arguments().get(i), call.callee().parameters().get(i).kind()));
    }
    String plain =
        (wrapped ? call.callee().symbol() : "syscall") + "(" + String.join(", ", arguments) + ")";
    return switch (call.returns()) {
      case NOTHING, NUMBER, MODE, STRUCTURES, DESCRIPTOR ->
          result instanceof Result.Opened opened
              ? "fd[" + opened.descriptor() + "] = " + plain
              : plain;
      case MAPPING ->
          result instanceof Result.Mapped mapped
              ? "(long)(mapping[" + mapped.mapping() + "] = " + plain + ")"
              : "(long)" + plain;
      case CHILD -> "child(" + plain + ")";
      case PRESENCE -> plain + " != NULL";
      case ITS_BUFFER -> "given(" + plain + ")";
      case ALLOCATED_TEXT -> "allocated(" + plain + ")";
    };
  }

  /** The error on record, for C; 0 for none. */
  static String errno(Result result) {
    return result instanceof Result.Failed failed ? failed.name() : "0";
  }

  /** A statement that holds what the call gave against the record, if it gave something. */
  static Optional<String> check(Call call, Result result) {
    return Optional.ofNullable(result.accept(new Check(call)));
  }

  private record Check(Call call) implements Result.Visitor<String> {
    @Override
    public String failed(Result.Failed failed) {
      return null;
    }

    @Override
    public String unanswered() {
      return "lost();";
    }

    @Override
    public String returned(Result.Returned returned) {
      boolean telling =
          call.returns() == Callee.Returns.NUMBER || call.returns() == Callee.Returns.PRESENCE;
      return telling || returned.number() != 0 ? "returned(" + returned.number() + ");" : null;
    }

    @Override
    public String opened(Result.Opened opened) {
      return null;
    }

    @Override
    public String mapped(Result.Mapped mapped) {
      return null;
    }

    @Override
    public String masked(Result.Masked masked) {
      return "returned(" + CValue.octal(masked.mode()) + ");";
    }

    @Override
    public String wrote(Result.Wrote wrote) {
      return "same(" + CValue.text(wrote.text()) + ");";
    }

    @Override
    public String touched(Result.Touched touched) {
      return "returned("
          + touched.returned()
          + ");\n\ttouched("
          + CValue.text(touched.text())
          + ", "
          + touched.written()
          + ");";
    }

    /** How much the allocation holds is the C library's affair. */
    @Override
    public String allocated(Result.Allocated allocated) {
      return "same(" + CValue.text(allocated.text()) + ");";
    }

    @Override
    public String lines(Result.Lines lines) {
      return "lines(" + lines.count() + ");";
    }

    @Override
    public String identified(Result.Identified identified) {
      return "file(" + CLook.numbers(identified.file()) + ");";
    }

    @Override
    public String happened(Result.Happened happened) {
      List<String> events =
          happened.events().stream().map(event -> CValue.of(event, Parameter.Kind.FLAGS)).toList();
      return call.returns() == Callee.Returns.STRUCTURES
          ? "reported(" + events.get(0) + ");"
          : "events("
              + events.size()
              + events.stream().collect(Collectors.joining(", ", ", (unsigned[]){", "});"));
    }

    @Override
    public String mountsChanged(Result.MountsChanged changed) {
      return changed.events().stream()
          .map(
              event ->
                  "{" + CValue.of(event.mask(), Parameter.Kind.FLAGS) + ", " + event.mount() + "}")
          .collect(
              Collectors.joining(
                  ", ",
                  "mount_events(" + changed.events().size() + ", (struct mount_event[]){",
                  "});"));
    }
  }
}
