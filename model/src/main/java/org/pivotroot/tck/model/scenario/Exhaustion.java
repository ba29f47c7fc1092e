package org.pivotroot.tck.model.scenario;

import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.nullPointer;
import static org.pivotroot.tck.model.call.Value.number;
import static org.pivotroot.tck.model.call.Value.text;

import java.util.ArrayList;
import java.util.List;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;

/** All sequences of up to three calls of a small alphabet, by one task. */
public final class Exhaustion {
  private static final List<Call> ALPHABET = alphabet();

  /** How many there are. */
  public static final int COUNT = count();

  private Exhaustion() {}

  private static int count() {
    int letters = ALPHABET.size();
    return letters + letters * letters + letters * letters * letters;
  }

  private static List<Call> alphabet() {
    List<Call> calls = new ArrayList<>();
    for (String path : List.of("/", "/new", "/a", ".")) {
      calls.add(mount("tmpfs", path, "tmpfs"));
      calls.add(Call.of(Syscall.UMOUNT2, text(path), flags(UmountFlag.MNT_DETACH)));
      calls.add(mount("none", path, "", MountFlag.MS_SHARED));
    }
    calls.add(Call.of(Syscall.UMOUNT2, text("/new"), flags()));
    for (String path : List.of("/new", "..", "/new/old")) {
      calls.add(Call.of(Syscall.CHDIR, text(path)));
    }
    calls.add(Call.of(Syscall.CHROOT, text("/new")));
    calls.add(Call.of(Syscall.CHROOT, text("/a")));
    calls.add(Call.of(Syscall.PIVOT_ROOT, text("/new"), text("/new/old")));
    calls.add(Call.of(Syscall.PIVOT_ROOT, text("."), text(".")));
    calls.add(Call.of(Syscall.PIVOT_ROOT, text("/new"), text("/new")));
    calls.add(mount("/new", "/a", "", MountFlag.MS_BIND));
    calls.add(mount("/", "/a", "", MountFlag.MS_BIND, MountFlag.MS_REC));
    calls.add(mount("/new", "/a", "", MountFlag.MS_MOVE));
    calls.add(mount("none", "/new", "", MountFlag.MS_SLAVE));
    calls.add(Call.of(Syscall.UNSHARE, flags(CloneFlag.CLONE_NEWNS)));
    calls.add(Call.of(Syscall.RMDIR, text("/a/b")));
    calls.add(Call.of(Syscall.GETCWD, Value.buffer(4096, Value.Holds.TEXT), number(4096)));
    return List.copyOf(calls);
  }

  private static Call mount(String source, String target, String type, Flag... flags) {
    return Call.of(
        Syscall.MOUNT, text(source), text(target), text(type), flags(flags), nullPointer());
  }

  /**
   * Some of them, shorter ones first.
   *
   * @param number of the batch, from 0; empty if there is no such batch
   */
  public static List<Scenario> batch(int number) {
    List<Scenario> scenarios = new ArrayList<>();
    int first = number * Generator.BATCH;
    for (int i = first; i < Math.min(first + Generator.BATCH, COUNT); i++) {
      scenarios.add(scenario(i));
    }
    return scenarios;
  }

  private static Scenario scenario(int index) {
    int letters = ALPHABET.size();
    int rest = index;
    int length = 1;
    for (int ofLength = letters; rest >= ofLength; ofLength *= letters) {
      rest -= ofLength;
      length++;
    }
    List<Event> acts = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      acts.add(
          0, new Event.Called(Opening.TASK, ALPHABET.get(rest % letters), new Result.Unanswered()));
      rest /= letters;
    }
    return new Scenario("all-" + index, acts);
  }
}
