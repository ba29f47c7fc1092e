package org.pivotroot.tck.model.specification.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pivotroot.tck.model.call.Value.buffer;
import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.nullPointer;
import static org.pivotroot.tck.model.call.Value.text;
import static org.pivotroot.tck.model.call.Value.workingDirectory;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.StatxMask;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.event.Sight;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.specification.Stage;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Kernel;

class ReplayTest {
  private static final Result DONE = new Result.Returned(0);
  private static final Event STAGED = new Event.Noted("S has a mount namespace of its own");
  private static final Event PIVOT =
      called(Call.of(Syscall.PIVOT_ROOT, text("/new"), text("/new/old")), DONE);

  private final Set<Clause> met = new HashSet<>();

  private static Event called(Call call, Result result) {
    return new Event.Called("S", call, result);
  }

  private static Event stat(String path, FileId file) {
    Call call =
        Call.of(
            Syscall.STATX,
            workingDirectory(),
            text(path),
            flags(),
            flags(StatxMask.STATX_MNT_ID),
            buffer(256, Value.Holds.STATX));
    return called(call, new Result.Identified(file));
  }

  private static Event tmpfs(String path) {
    return called(
        Call.of(Syscall.MOUNT, text("tmpfs"), text(path), text("tmpfs"), flags(), nullPointer()),
        DONE);
  }

  private static Event mounts(String... lines) {
    return new Event.Looked(
        "S", new Sight.Mounts(MountTable.parse(String.join("\n", lines) + "\n")));
  }

  private Verdict replay(Event... events) {
    return Replay.of(Kernel.of("7.2"), Stage.NAMESPACE, List.of(events), met);
  }

  @Test
  void numbersNeedNotBeTheSame() {
    assertThat(
            replay(
                STAGED,
                stat("/new", new FileId(70, 1, 500)),
                PIVOT,
                stat("/", new FileId(70, 1, 500)),
                stat("/old", new FileId(71, 1, 400)),
                mounts(
                    "400 500 0:71 / /old rw,relatime - tmpfs tmpfs rw",
                    "500 30 0:70 / / rw,relatime - tmpfs tmpfs rw")))
        .isEqualTo(new Verdict.Agrees(6, 5));
  }

  @Test
  void optionsAndPropagationMatter() {
    String root = "1 90 0:71 / / rw,relatime - tmpfs tmpfs rw";
    assertThat(replay(mounts(root, "2 1 0:72 / /new ro,relatime - tmpfs tmpfs rw")))
        .isInstanceOf(Verdict.Differs.class);
    assertThat(replay(mounts(root, "2 1 0:72 / /new rw,relatime shared:1 - tmpfs tmpfs rw")))
        .isInstanceOf(Verdict.Differs.class);
    assertThat(replay(mounts(root, "2 1 0:72 / /new rw,relatime - tmpfs tmpfs rw")))
        .isEqualTo(new Verdict.Agrees(1, 1));
  }

  @Test
  void oneNumberIsOneThing() {
    assertThat(
            replay(STAGED, stat("/new", new FileId(70, 1, 500)), stat("/", new FileId(70, 1, 500))))
        .isInstanceOf(Verdict.Differs.class);
  }

  @Test
  void numbersOfWhatHasEndedAreFreeAgain() {
    Event unmounted = called(Call.of(Syscall.UMOUNT2, text("/new"), flags()), DONE);
    assertThat(
            replay(
                stat("/new", new FileId(70, 1, 500)),
                unmounted,
                tmpfs("/new"),
                stat("/new", new FileId(70, 1, 500))))
        .isEqualTo(new Verdict.Agrees(4, 4));
    assertThat(met).extracting(Clause::id).contains("umount2.unmounts", "mount.mounts");
  }

  @Test
  void stackedMountsAreToldApart() {
    assertThat(
            replay(
                tmpfs("/new"),
                tmpfs("/new"),
                mounts(
                    "1 90 0:71 / / rw,relatime - tmpfs tmpfs rw",
                    "4 3 0:74 / /new rw,relatime - tmpfs tmpfs rw",
                    "3 2 0:73 / /new rw,relatime - tmpfs tmpfs rw",
                    "2 1 0:72 / /new rw,relatime - tmpfs tmpfs rw"),
                stat("/new", new FileId(FileId.device(0, 74), 1, 4))))
        .isEqualTo(new Verdict.Agrees(4, 4));
  }

  @Test
  void anotherErrorIsADifference() {
    Call busy = Call.of(Syscall.PIVOT_ROOT, text("/"), text("/new/old"));
    Event event = called(busy, new Result.Failed(Errno.EINVAL.number()));
    Verdict.Differs differs = (Verdict.Differs) replay(STAGED, event);
    assertThat(differs.number()).isEqualTo(2);
    assertThat(differs.predicted()).isEqualTo("[EBUSY] by pivot_root.busy");
  }

  @Test
  void programsAreNotSpokenOf() {
    Event ran = new Event.Ran("S", List.of("mount", "--bind", "/a", "/b"), "", 0, "", "");
    assertThat(replay(PIVOT, ran))
        .isEqualTo(new Verdict.CannotExpress(2, ran, "the program mount"));
  }

  @Test
  void detachedRootKeepsItsNumber() {
    Event detached =
        called(Call.of(Syscall.UMOUNT2, text("/"), flags(UmountFlag.MNT_DETACH)), DONE);
    FileId root = new FileId(7, 1, 8);
    assertThat(
            replay(
                new Event.Looked("S", new Sight.Root(root)),
                detached,
                new Event.Looked("S", new Sight.Root(root)),
                new Event.Looked("S", new Sight.Mounts(new MountTable(List.of())))))
        .isEqualTo(new Verdict.Agrees(4, 4));
  }
}
