package org.pivotroot.tck.model.specification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.record.RecordStore;
import org.pivotroot.tck.model.specification.Scene.Files;
import org.pivotroot.tck.model.specification.Scene.Unseen;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Kernel;
import org.pivotroot.tck.model.specification.rule.Refused;
import org.pivotroot.tck.model.specification.rule.Rule;

/**
 * Before each call on record, what can be seen of the caller is made a scene, and the state made
 * from that must foretell the same error as the state in which all is known.
 */
class ReconstructionTest {
  private static final Kernel KERNEL = Kernel.of("7.3");
  private static final Set<Callee> CALLS =
      Set.of(Syscall.PIVOT_ROOT, Syscall.UMOUNT2, Syscall.MOUNT, Syscall.MOVE_MOUNT);

  /** Checks of what does not show: these alone may refuse what nothing seen speaks against. */
  private static final Set<String> OF_THE_UNSEEN =
      Set.of(
          "pivot_root.shared",
          "pivot_root.new-root-locked",
          "pivot_root.other-namespace",
          "umount2.locked",
          "umount2.busy",
          "umount2.force-permission",
          "umount2.other-namespace",
          "move.locked",
          "move.parent-shared",
          "copy.locked-below",
          "copy.unbindable-locked",
          "move_mount.group-locked",
          "umount2.root-permission",
          "mount.remount-permission",
          "mount.locked-options",
          "mount.writers",
          "pivot_root.new-root-removed",
          "lock.removed",
          "lock.unmounted",
          "path.not-searchable");

  /** Nothing shows whether MNT_EXPIRE has met a mount before. */
  private static final Optional<String> MARKED = Optional.of("umount2.marked");

  private final Map<String, Integer> unlike = new TreeMap<>();
  private int refused;
  private int alike;

  @Test
  void aSceneForetellsWhatTheWholeStateDoes() throws IOException {
    new RecordStore(Path.of("../reports/observed"))
        .read()
        .claims()
        .values()
        .forEach(
            claim ->
                claim.behaviours().stream()
                    .limit(1)
                    .forEach(behaviour -> through(claim.claim(), behaviour.events())));
    assertThat(unlike.keySet()).isEmpty();
    assertThat(refused).isGreaterThan(200);
    assertThat(alike).isGreaterThan(1500);
  }

  private void through(ClaimText claim, List<Event> events) {
    Stage stage =
        switch (claim.stage()) {
          case "root" -> Stage.ROOT;
          case "initramfs" -> Stage.INITRAMFS;
          default -> claim.userland() ? Stage.USERLAND : Stage.NAMESPACE;
        };
    State state = Specification.initial(KERNEL, stage, "S");
    try {
      for (Event event : events) {
        if (event instanceof Event.Called called) {
          if (CALLS.contains(called.call().callee())) {
            compare(claim, state, called);
          }
          state = Specification.step(state, called.task(), called.call()).state();
        } else if (event instanceof Event.Started started) {
          state = Specification.started(state, started);
        } else if (event instanceof Event.Ended ended) {
          state = Specification.ended(state, ended.task());
        }
      }
    } catch (Inexpressible inexpressible) {
      // What follows cannot be spoken of.
    }
  }

  private void compare(ClaimText claim, State state, Event.Called called) {
    Task task = state.task(called.task());
    PathText cwd = PathText.of(task.fs.cwd, task.fs.root);
    boolean isNamed = cwd.reachable() && task.fs.cwd.equals(named(state, task, cwd.path()));
    if (!isPlain(called.call(), isNamed)
        || Specification.look(state, called.task()).mounts().mounts().isEmpty()) {
      return;
    }
    List<Rule> known = Specification.failing(state, called.task(), called.call());
    List<Rule> seen = new Reconstruction(scene(state, task, cwd)).failing(called.call());
    if (first(known).equals(first(seen))) {
      alike++;
      refused += known.isEmpty() ? 0 : 1;
    } else if (!MARKED.equals(first(seen))
        && (known.isEmpty() || !OF_THE_UNSEEN.contains(known.get(0).id()))) {
      unlike.merge(
          claim.id() + ": " + called.call() + " " + first(known) + ", not " + first(seen),
          1,
          Integer::sum);
    }
  }

  private static Optional<String> first(List<Rule> rules) {
    return rules.stream().map(Rule::id).findFirst();
  }

  /** Whether all that matters is a text, and nothing is relative to where no path leads. */
  private static boolean isPlain(Call call, boolean cwdNamed) {
    return call.arguments().stream()
        .allMatch(
            value ->
                value instanceof Value.Text text
                    ? !text.text().startsWith("/proc") && (cwdNamed || text.text().startsWith("/"))
                    : value instanceof Value.Flags
                        || value instanceof Value.Null
                        || value instanceof Value.WorkingDirectory);
  }

  /** Where the path of a working directory leads: elsewhere if something was mounted over it. */
  private static Place named(State state, Task task, String path) {
    try {
      return new Walk(state, task).to(task.fs.root, path, false);
    } catch (Refused refused) {
      return null;
    }
  }

  private static Files.Seen at(State state, Task task, String path) {
    try {
      Node node = new Walk(state, task).to(task.fs.root, path, false).node();
      return switch (node.kind) {
        case DIRECTORY -> new Files.Seen(Files.Kind.DIRECTORY, "");
        case LINK -> new Files.Seen(Files.Kind.LINK, node.target);
        default -> new Files.Seen(Files.Kind.OTHER, "");
      };
    } catch (Refused refused) {
      return new Files.Seen(Files.Kind.MISSING, "");
    }
  }

  private static Scene scene(State state, Task task, PathText cwd) {
    boolean isOwner = task.isCapable(task.namespace.owner, Capability.CAP_SYS_ADMIN);
    boolean hasPrivilege = task.effective.contains(Capability.CAP_SYS_ADMIN);
    return new Scene(
        KERNEL,
        Specification.look(state, task.name).mounts(),
        "/",
        cwd.reachable() ? cwd.path() : "/",
        task.effective,
        List.of(),
        1,
        path -> at(state, task, path),
        hasPrivilege && !isOwner ? Set.of(Unseen.NOT_OWNER) : Set.of());
  }
}
