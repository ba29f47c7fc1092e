package org.pivotroot.tck.model.specification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Rule;

/** What is so after any calls. */
class RandomSequenceTest {
  private static final List<String> PATHS =
      List.of(
          "/",
          ".",
          "..",
          "/..",
          "/a",
          "/b",
          "/a/b",
          "/new",
          "/new/old",
          "/new/b",
          "/new/old/a",
          "a",
          "b",
          "old",
          "/a/..",
          "/new/..",
          "/l",
          "/a/",
          "../a",
          "/../b",
          "/zz",
          "/new/old/old",
          "/old",
          "/old/a",
          "/a/old");
  private static final List<String> TASKS = List.of("S", "P", "Q", "U");
  private static final List<String> TYPES = List.of("SHARED", "SLAVE", "PRIVATE", "UNBINDABLE");
  private static final List<String> VERBS =
      List.of(
          "tmpfs",
          "tmpfs",
          "tmpfs",
          "pivot_root",
          "pivot_root",
          "change",
          "change",
          "change-all",
          "bind",
          "bind",
          "rbind",
          "chdir",
          "chdir",
          "umount",
          "umount",
          "detach",
          "expire",
          "move",
          "mkdir",
          "beneath",
          "move_mount",
          "fchdir",
          "chroot",
          "open",
          "open_tree",
          "open_tree-all",
          "unshare",
          "rmdir",
          "rename",
          "setns",
          "close",
          "getcwd",
          "stat",
          "set-group",
          "unshare-empty",
          "mknod",
          "unlink");

  /** One step: numbers that are taken modulo what there is, so that any are a step. */
  record Draw(int task, int verb, int first, int second) {}

  @Provide
  Arbitrary<List<Draw>> sequences() {
    Arbitrary<Integer> number = Arbitraries.integers().between(0, 9999);
    return Combinators.combine(number, number, number, number)
        .as(Draw::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(25);
  }

  @Provide
  Arbitrary<String> kernels() {
    return Arbitraries.of(Scenarios.KERNELS);
  }

  @Property(tries = 200)
  void anyCallsLeaveAStateThatCanBe(
      @ForAll("kernels") String version, @ForAll("sequences") List<Draw> sequence) {
    Script script = Scenarios.on(version, Stage.USERLAND);
    script.run("S fork P\nS fork-fs Q");
    script.run("S process U unshare --user --map-root-user --mount --propagation unchanged");
    State state = script.state();
    for (Draw draw : sequence) {
      String task = TASKS.get(draw.task % TASKS.size());
      Call call = call(script, state, task, draw);
      String before = text(state);
      State next;
      try {
        List<Rule> failing = Specification.failing(state, task, call);
        Outcome outcome = Specification.step(state, task, call);
        next = outcome.state();
        List<Rule> decides =
            outcome.prediction() instanceof Prediction.Fails fails
                ? List.of(fails.because())
                : List.of();
        assertThat(failing.stream().limit(1).toList())
            .as("%s of %s", failing, call)
            .isEqualTo(decides);
      } catch (Inexpressible inexpressible) {
        continue;
      }
      assertThat(text(state)).isEqualTo(before);
      check(next);
      if (next.mounts.size() > 200) {
        return;
      }
      state = next;
    }
  }

  private static String text(State state) {
    StringBuilder text = new StringBuilder();
    for (String task : state.taskNames()) {
      Look look = Specification.look(state, task);
      text.append(look.view()).append(look.tree());
    }
    return text.toString();
  }

  private static <T> T pick(List<T> list, int number) {
    return list.get(number % list.size());
  }

  private static Call call(Script script, State state, String task, Draw draw) {
    String first = pick(PATHS, draw.first);
    String second = pick(PATHS, draw.second);
    List<Integer> files = state.descriptorsOf(task);
    int file = files.isEmpty() ? 99 : pick(files, draw.first);
    script.name("f", file);
    String verb = pick(VERBS, draw.verb);
    return switch (verb) {
      case "tmpfs", "chdir", "chroot", "mkdir", "rmdir", "open", "open_tree", "stat", "unlink" ->
          script.of(verb, List.of(first));
      case "mknod" -> script.of(verb, List.of(first));
      case "change" -> script.of(verb, List.of(first, pick(TYPES, draw.second)));
      case "change-all" -> script.of("change", List.of(first, pick(TYPES, draw.second), "REC"));
      case "umount" -> script.of(verb, List.of(first));
      case "detach" -> script.of("umount", List.of(first, "DETACH"));
      case "expire" -> script.of("umount", List.of(first, "EXPIRE"));
      case "fchdir", "close", "setns" -> script.of(verb, List.of("f"));
      case "open_tree-all" -> script.of("open_tree", List.of(first, "rec"));
      case "unshare" -> script.of(verb, List.of("NEWNS"));
      case "unshare-empty" -> script.of("unshare", List.of("EMPTY_MNTNS"));
      case "beneath" -> script.of("move_mount", List.of("f", second, "BENEATH"));
      case "move_mount" -> script.of("move_mount", List.of("f", second));
      case "set-group" -> script.of("move_mount", List.of(first, second, "SET_GROUP"));
      case "getcwd" -> script.of(verb, List.of());
      default -> script.of(verb, List.of(first, second));
    };
  }

  private static void check(State state) {
    for (Mount mount : state.mounts) {
      checkTree(state, mount);
      checkPropagation(state, mount);
    }
    for (MountNamespace namespace : state.namespaces()) {
      if (namespace.root.namespace == namespace) {
        assertThat(namespace.root.hasParent()).isFalse();
        Set<Mount> tree = new HashSet<>(namespace.root.tree());
        assertThat(state.mounts.stream().filter(mount -> mount.namespace == namespace))
            .containsExactlyInAnyOrderElementsOf(tree);
      }
    }
    Stream<Place> places = state.fsStructs().stream().flatMap(fs -> Stream.of(fs.root, fs.cwd));
    places.forEach(
        place ->
            assertThat(place.mount() == state.slotMount || state.mounts.contains(place.mount()))
                .isTrue());
  }

  private static void checkTree(State state, Mount mount) {
    Set<Node> points = new HashSet<>();
    for (Mount child : mount.children) {
      assertThat(points.add(child.point)).as("one child in one place").isTrue();
      assertThat(child.parent).isSameAs(mount);
      assertThat(child.point.fs).isSameAs(mount.fs);
      assertThat(state.mounts).contains(child);
    }
    assertThat(mount.root.fs).isSameAs(mount.fs);
    assertThat(mount.gone).isEqualTo(mount.namespace == null);
    if (mount.hasParent()) {
      assertThat(mount.parent.children).contains(mount);
      assertThat(mount.parent.namespace).isSameAs(mount.namespace);
    }
  }

  private static void checkPropagation(State state, Mount mount) {
    if (mount.isShared()) {
      assertThat(mount.unbindable).isFalse();
      assertThat(mount.group().members).contains(mount);
      for (Mount member : mount.group().members) {
        assertThat(member.master()).isSameAs(mount.master());
        assertThat(member.group()).isSameAs(mount.group());
        assertThat(state.mounts).contains(member);
      }
    }
    if (mount.master() != null) {
      assertThat(mount.master().slaves).contains(mount);
      assertThat(mount.master().members).isNotEmpty();
    }
    assertThat(mount.gone && (mount.isShared() || mount.master() != null)).isFalse();
    Set<PeerGroup> above = new HashSet<>();
    for (PeerGroup group = mount.master(); group != null; group = group.master()) {
      assertThat(above.add(group)).as("no group receives from itself").isTrue();
    }
  }
}
