package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EBADF;
import static org.pivotroot.tck.model.call.Errno.EINVAL;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pivotroot.tck.model.call.AtFlag;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.StatxMask;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Found;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Rule;

/** statx(2), readlink(2) and close(2). */
final class LookCall extends Attempt {
  static final Procedure<LookCall> STATX =
      Procedure.<LookCall>of("statx")
          .find("pathname is looked up", PathArgument.CLAUSES, LookCall::find)
          .effect(
              new Branch("statx.tells", "which file, through which mount", "statx(2)"),
              call -> call.result = new Result.Identified(id(call.place.get())));

  static final Procedure<LookCall> READLINK =
      Procedure.<LookCall>of("readlink")
          .done(
              new Branch(
                  "readlink.proc",
                  "a link of /proc has as text the path of where it leads, from the root of the"
                      + " caller, and \" (deleted)\" behind that of what was removed",
                  "proc_pid_cwd(5); d_path()"),
              LookCall::isMagic,
              LookCall::readMagic)
          .find(
              "pathname is looked up",
              PathArgument.CLAUSES,
              call -> call.place.is(call.path(0).resolve(false, false)))
          .check(
              Rule.of("readlink.no-link", EINVAL, "it is no symbolic link", "readlink(2), ERRORS"),
              call -> call.place.get().node().kind != Node.Kind.LINK)
          .effect(
              new Branch("readlink.tells", "the text of the link", "readlink(2)"),
              call -> call.result = new Result.Wrote(call.place.get().node().target));

  static final Procedure<LookCall> CLOSE =
      Procedure.<LookCall>of("close")
          .check(
              Rule.of("close.bad-descriptor", EBADF, "fd is no descriptor", "close(2), ERRORS"),
              call -> call.file(0) == null)
          .effect(
              new Branch("close.closes", "the descriptor is closed", "close(2)"), LookCall::close);

  private static final Pattern MAGIC =
      Pattern.compile("(.*/)?proc/([^/]+)/(?:(root|cwd)|fd/([^/]+))");

  private final Found<Place> place = new Found<>();

  LookCall(State state, Task task, Call call) {
    super(state, task, call);
  }

  static FileId id(Place place) {
    return new FileId(place.node().fs.number, place.node().number, place.mount().number);
  }

  private void find() {
    if ((bits(3) & StatxMask.STATX_MNT_ID_UNIQUE.bit()) != 0) {
      throw new Inexpressible("mount IDs of another kind");
    }
    long flags = bits(2);
    boolean empty = (flags & AtFlag.AT_EMPTY_PATH.bit()) != 0;
    boolean follow = (flags & AtFlag.AT_SYMLINK_NOFOLLOW.bit()) == 0;
    place.is(path(0, 1, empty).resolve(follow, false));
  }

  private void close() {
    OpenFile file = file(0);
    state.files.remove(file.number);
    if (file.place != null) {
      state.visited(file.place.mount());
    }
  }

  private Matcher magic() {
    Value value = argument(0);
    boolean isNoText = value instanceof Value.Null || value instanceof Value.BadAddress;
    return MAGIC.matcher(isNoText ? "" : path(0).text());
  }

  private boolean isMagic() {
    Matcher matcher = magic();
    if (!matcher.matches()) {
      return false;
    }
    String prefix = matcher.group(1) == null ? "" : matcher.group(1);
    Place proc =
        new PathArgument(state, task, null, new Value.Text(prefix + "proc"), false)
            .resolve(true, true);
    return proc.node().fs.type.equals("proc");
  }

  private void readMagic() {
    Matcher matcher = magic();
    Place to;
    if (!matcher.matches()) {
      throw new IllegalStateException("no link of /proc");
    }
    if (matcher.group(3) != null) {
      FsStruct fs = new Walk(state, task).fsOf(matcher.group(2));
      to = matcher.group(3).equals("root") ? fs.root : fs.cwd;
    } else {
      OpenFile file = state.files.get(PathArgument.descriptor(matcher.group(4)));
      if (file == null || file.place == null) {
        throw new Inexpressible("the link of a descriptor of no file");
      }
      to = file.place;
    }
    String path = PathText.of(to, task.fs.root).path();
    result = new Result.Wrote(path + (to.node().removed ? " (deleted)" : ""));
  }
}
