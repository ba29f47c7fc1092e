package org.pivotroot.tck.reports.reproduce;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.event.Sight;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.transcript.CallReader;

class ClaimSkeletonTest {
  private static final Result DONE = new Result.Returned(0);

  private static Event called(String task, String call, Result result) {
    return new Event.Called(task, CallReader.of(call, List.of("S", "P")), result);
  }

  private static String skeleton(String stage, Event... events) {
    ClaimText text = new ClaimText("session", "", "", "", "", stage, false, List.of());
    return ClaimSkeleton.of(
        new Observation(
            text, Verdict.UPHELD, null, new TreeMap<>(), null, null, List.of(), List.of(events)));
  }

  @Test
  void anErrorWithoutANameIsNotClaimed() {
    assertThat(skeleton("namespace", called("S", "chdir /a", new Result.Failed(999))))
        .contains("    // s.chdir(\"/a\") failed with error 999, which has no name\n");
  }

  @Test
  void eachEventIsAStatement() {
    assertThat(
            skeleton(
                "namespace",
                called("S", "mount tmpfs /a MS_RDONLY", DONE),
                called("S", "mount tmpfs /a", DONE),
                called("S", "mount /a /b MS_BIND|MS_REC", DONE),
                called("S", "mount /a /b MS_MOVE", DONE),
                called("S", "mount none / MS_REC|MS_PRIVATE", DONE),
                new Event.Started("S", "P", Event.How.THREAD, List.of()),
                called("P", "getcwd", new Result.Wrote("/")),
                called("S", "open / O_PATH", new Result.Opened(1)),
                called("S", "fchdir fd#1", DONE),
                called("S", "pivot_root /a NULL", new Result.Failed(Errno.EFAULT.number())),
                called("S", "umount /a MNT_DETACH", DONE),
                new Event.Looked(
                    "S",
                    new Sight.Tree(MountTable.parse("1 1 0:1 / / rw shared:1 - tmpfs x rw\n"))),
                new Event.Ended("P")))
        .contains(
            """
                Task s = stage.task("S");
                s.mount("tmpfs", "/a", "", MountFlag.MS_RDONLY).succeeds();
                s.mountTmpfs("/a").succeeds();
                s.bind("/a", "/b", MountFlag.MS_REC).succeeds();
                s.move("/a", "/b").succeeds();
                s.mount("none", "/", "", MountFlag.MS_REC, MountFlag.MS_PRIVATE).succeeds();
                Task p = s.fork("P");
                p.getcwd().is("/");
                Descriptor fd1 = s.call(Task.DESCRIPTOR, Syscall.OPENAT, workingDirectory(), text("/"), flags(OpenFlag.O_PATH), number(420)).value();
                s.call(Syscall.FCHDIR, fd1).succeeds();
                s.call(Syscall.PIVOT_ROOT, text("/a"), nullPointer()).fails(Errno.EFAULT);
                s.umount("/a", UmountFlag.MNT_DETACH).succeeds();
                s.drawing()
                    .is(
                        \"""
                        / shared:A\""");
                p.exit();
            """);
  }

  @Test
  void whereItIsTriedIsSaid() {
    assertThat(skeleton("initramfs")).contains("      in = Placement.INITRAMFS,\n");
  }
}
