package org.pivotroot.tck.model.scenario;

import java.util.ArrayList;
import java.util.List;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.UmountFlag;
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
      calls.add(Calls.tmpfs(path));
      calls.add(Calls.umount(path, UmountFlag.MNT_DETACH));
      calls.add(Calls.type(path, MountFlag.MS_SHARED));
    }
    calls.add(Calls.umount("/new"));
    for (String path : List.of("/new", "..", "/new/old")) {
      calls.add(Calls.chdir(path));
    }
    calls.add(Calls.chroot("/new"));
    calls.add(Calls.chroot("/a"));
    calls.add(Calls.pivotRoot("/new", "/new/old"));
    calls.add(Calls.pivotRoot(".", "."));
    calls.add(Calls.pivotRoot("/new", "/new"));
    calls.add(Calls.bind("/new", "/a"));
    calls.add(Calls.bindAll("/", "/a"));
    calls.add(Calls.move("/new", "/a"));
    calls.add(Calls.type("/new", MountFlag.MS_SLAVE));
    calls.add(Calls.newNamespace());
    calls.add(Calls.rmdir("/a/b"));
    calls.add(Calls.getcwd());
    return List.copyOf(calls);
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
      acts.add(0, Calls.by(Opening.TASK, ALPHABET.get(rest % letters)));
      rest /= letters;
    }
    return new Scenario("all-" + index, acts);
  }
}
