package org.pivotroot.tck.harness.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.model.transcript.SyntaxException;

class ReplayTest {
  @TempDir Path temporary;

  @Test
  void targetsThatDoTheSameAreShownOnce() {
    Replay replay = new Replay();
    replay.add("vm 6.1", List.of("S: a = 0", "S: b = 0\n    /"));
    replay.add("vm 7.3", List.of("S: a = 0", "S: b = 0\n    /"));
    assertThat(replay.isSame()).isTrue();
    assertThat(replay.text())
        .containsExactly("S: a = 0", "S: b = 0", "    /", "2 targets, all did the same");
  }

  @Test
  void whereTheyDifferEachGroupIsShown() {
    Replay replay = new Replay();
    replay.add("vm 6.1", List.of("S: a = 0", "S: b = -1 EINVAL"));
    replay.add("vm 7.0", List.of("S: a = 0", "S: b = 0\n    /"));
    replay.add("vm 7.3", List.of("S: a = 0", "S: b = 0\n    /"));
    assertThat(replay.isSame()).isFalse();
    assertThat(replay.text())
        .containsExactly(
            "S: a = 0",
            "step 2 differs:",
            "  vm 6.1",
            "    S: b = -1 EINVAL",
            "  vm 7.0, vm 7.3",
            "    S: b = 0",
            "        /",
            "3 targets, which differ");
  }

  @Test
  void aScriptSaysWhatItsFirstTaskFinds() throws IOException {
    Path file = temporary.resolve("script");
    Files.writeString(file, "# by hand\n# stage: root userland\nS chroot /new\n");
    Script script = Script.read(file);
    assertThat(script.setting()).isEqualTo(new Setting(Placement.ROOT, true));
    assertThat(Setting.in(List.of(script.setting().line()).stream())).isEqualTo(script.setting());
    Files.writeString(file, "S chroot /new\n");
    assertThat(Script.read(file).setting()).isEqualTo(new Setting(Placement.NAMESPACE, false));
    Files.writeString(file, "# stage: moon\n");
    assertThatThrownBy(() -> Script.read(file))
        .isInstanceOf(SyntaxException.class)
        .hasMessage("moon is no stage; there are namespace, root, initramfs");
  }
}
