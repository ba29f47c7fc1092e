package org.pivotroot.tck.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BundleTest {
  private final JsonNode config =
      JsonMapper.shared().readTree(new Bundle(Path.of("/files"), List.of("/init", "a b")).config());

  @Test
  void runsTheCommandInTheFilesAsRootWithoutATerminal() {
    assertThat(config.at("/root/path").asString()).isEqualTo("/files");
    assertThat(config.at("/process/args/0").asString()).isEqualTo("/init");
    assertThat(config.at("/process/args/1").asString()).isEqualTo("a b");
    assertThat(config.at("/process/user/uid").asInt(-1)).isZero();
    assertThat(config.at("/process/terminal").asBoolean(true)).isFalse();
  }

  @Test
  void givesEveryCapability() {
    JsonNode sets = config.at("/process/capabilities");
    assertThat(sets.propertyNames())
        .containsExactlyInAnyOrder("bounding", "effective", "inheritable", "permitted", "ambient");
    for (JsonNode set : sets) {
      assertThat(set.size()).isEqualTo(Capabilities.NAMES.size());
      assertThat(set.get(21).asString()).isEqualTo("CAP_SYS_ADMIN");
    }
  }

  @Test
  void hasNamespacesOfItsOwnTheNetworkAmongThem() {
    assertThat(config.at("/linux/namespaces"))
        .extracting(namespace -> namespace.at("/type").asString())
        .contains("mount", "pid", "network")
        .doesNotContain("user");
  }
}
