package org.pivotroot.tck.model.specification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Kernel;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Rule;
import org.pivotroot.tck.model.specification.rule.Switch;

class SpecificationTest {

  @Test
  void checksOfACallAreListedInOrder() {
    List<String> ids =
        Specification.of(Syscall.PIVOT_ROOT).orElseThrow().clauses().stream()
            .filter(clause -> clause instanceof Rule)
            .map(Clause::id)
            .filter(id -> !id.startsWith("path."))
            .toList();
    assertThat(ids)
        .containsExactly(
            "pivot_root.permission",
            "pivot_root.permission",
            "lock.removed",
            "lock.unmounted",
            "pivot_root.other-namespace",
            "pivot_root.shared",
            "pivot_root.new-root-locked",
            "pivot_root.new-root-removed",
            "pivot_root.busy",
            "pivot_root.root-not-mount-point",
            "pivot_root.root-has-no-parent",
            "pivot_root.new-root-not-mount-point",
            "pivot_root.new-root-has-no-parent",
            "pivot_root.put-old-not-under-new-root",
            "pivot_root.new-root-not-under-root");
  }

  @Test
  void everyClauseHasOneMeaningAndASource() {
    Map<String, String> says = new HashMap<>();
    for (Clause clause : Specification.clauses()) {
      assertThat(clause.says()).isNotBlank();
      assertThat(clause.cites()).isNotBlank();
      assertThat(says.putIfAbsent(clause.id(), clause.says()))
          .as(clause.id())
          .isIn(null, clause.says());
    }
    assertThat(says.size()).isGreaterThan(200);
  }

  @Test
  void everyPartOfACallIsListed() {
    for (Callee callee : Callee.BY_TITLE.values()) {
      Specification.of(callee)
          .map(Procedure::clauses)
          .ifPresent(clauses -> assertThat(Specification.clauses()).containsAll(clauses));
    }
  }

  @Test
  void allThatSpeaksAgainstACallIsTold() {
    Script script = Scenarios.on("7.2").run("S change / SHARED\nS drop CAP_SYS_ADMIN");
    assertThat(
            Specification.failing(
                script.state(), "S", script.of("pivot_root", List.of("/new/b", "/a"))))
        .extracting(Rule::id)
        .containsExactly(
            "pivot_root.permission",
            "pivot_root.shared",
            "pivot_root.busy",
            "pivot_root.new-root-not-mount-point",
            "pivot_root.put-old-not-under-new-root");
    assertThat(
            Specification.failing(
                script.state(), "S", script.of("pivot_root", List.of("/zz", "/new/old"))))
        .extracting(Rule::id)
        .containsExactly("path.missing", "pivot_root.permission");
  }

  @Test
  void versionsTurnSwitches() {
    assertThat(Kernel.of("5.10.262").switches()).containsExactly(Switch.ROOT_LOCKED);
    assertThat(Kernel.of("6.12.118+deb13-amd64").has(Switch.BENEATH)).isTrue();
    assertThat(Kernel.of("7.2.7um1").has(Switch.UNBINDABLE_LOST)).isTrue();
    assertThat(Kernel.of("7.2").has(Switch.UNBINDABLE_LOST)).isFalse();
    assertThat(Kernel.of("7.3.4").has(Switch.SLOTS)).isTrue();
    assertThat(Kernel.of("7.3").turned(Switch.SLOTS).has(Switch.SLOTS)).isFalse();
  }

  @Test
  void stepsTellWhatTheyCameBy() {
    Set<Clause> met = new LinkedHashSet<>();
    Script script =
        new Script("7.2", Stage.NAMESPACE)
            .run(
                """
                S mkdir /a
                S tmpfs /a
                S change /a SHARED
                S bind /a /new/old
                S umount /a
                S pivot_root /new /new/old = EINVAL
                """);
    met.addAll(script.met());
    assertThat(met)
        .extracting(Clause::id)
        .contains("type.shared", "mount.binds", "umount2.unmounts", "pivot_root.shared");
  }
}
