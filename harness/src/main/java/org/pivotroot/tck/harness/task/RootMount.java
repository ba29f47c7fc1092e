package org.pivotroot.tck.harness.task;

import java.util.ArrayList;
import java.util.List;
import org.pivotroot.tck.harness.environment.Guest;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;

/**
 * Moves the whole guest from the initramfs to a root mount of its own, as switch_root(8) does: a
 * tmpfs is moved over the initramfs, and PID 1 enters it with chroot(2). Before Linux 7.3 the
 * kernel threads share PID 1's fs state and so come along.
 */
public final class RootMount {
  private static final String ROOT = "/mnt";
  private static final String MOVER = "init";

  private RootMount() {}

  /** Moves a guest that is as it was started. */
  public static void enter(Guest guest) {
    List<Call> calls = new ArrayList<>();
    calls.add(Layout.mountTmpfs(ROOT));
    Layout.addUserland(calls, ROOT);
    for (String directory : List.of("stage", "mnt", "run", "tmp")) {
      calls.add(Layout.mkdir(ROOT + "/" + directory));
    }
    for (String directory : List.of("proc", "dev")) {
      calls.add(Layout.mkdir(ROOT + "/" + directory));
      calls.add(Layout.mount("/" + directory, ROOT + "/" + directory, MountFlag.MS_MOVE));
    }
    calls.add(Layout.chdir(ROOT));
    calls.add(Layout.mount(".", "/", MountFlag.MS_MOVE));
    calls.add(Call.of(Syscall.CHROOT, Value.text(".")));
    calls.add(Layout.chdir("/"));
    List<NativeCall> lowered =
        calls.stream().map(call -> Lowering.of(call, Numbers.NONE).calls().get(0)).toList();
    Request move = new Request.Invoke(MOVER, lowered);
    List<Reply> replies =
        guest.askInOrder(
            List.of(new Request.Start(MOVER, "", false), move, new Request.End(MOVER)));
    Reply moved = replies.get(Math.min(1, replies.size() - 1));
    Layout.check(calls, Guest.answer(move, moved, Reply.Results.class).results());
  }
}
