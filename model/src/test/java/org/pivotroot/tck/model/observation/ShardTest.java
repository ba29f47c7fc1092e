package org.pivotroot.tck.model.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardTest {
  private static final List<String> CLAIMS = List.of("a", "b", "c", "d", "e");

  private static Durations durations() {
    Durations durations = Durations.none();
    durations.put("vm 6.1", "a", 1000);
    durations.put("vm 6.1", "b", 400);
    durations.put("vm 6.1", "c", 300);
    durations.put("vm 6.1", "d", 200);
    durations.put("vm 6.1", "e", 100);
    return durations;
  }

  private static List<String> mine(String words, Durations durations) {
    return Shard.parse(words, false, CLAIMS).mine(durations);
  }

  @Test
  void partsTakeAboutAsLong() {
    assertThat(mine("1/2", durations())).containsExactly("a");
    assertThat(mine("2/2", durations())).containsExactly("b", "c", "d", "e");
  }

  @Test
  void everyClaimIsInOnePart() {
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      all.addAll(mine(i + "/3", durations()));
    }
    assertThat(all).containsExactlyInAnyOrderElementsOf(CLAIMS);
  }

  @Test
  void withoutDurationsPartsAreOfOneSize() {
    assertThat(mine("1/2", Durations.none())).containsExactly("a", "c", "e");
    assertThat(mine("2/2", Durations.none())).containsExactly("b", "d");
  }

  @Test
  void theOrderInWhichClaimsAreFoundDoesNotCount() {
    assertThat(Shard.parse("1/2", false, List.of("e", "c", "d", "a", "b")))
        .isEqualTo(Shard.parse("1/2", false, CLAIMS));
  }

  @Test
  void whatIsNoPartIsSaid() {
    for (String words : List.of("2", "0/2", "3/2", "1/6", "a/b")) {
      assertThatThrownBy(() -> Shard.parse(words, false, CLAIMS))
          .as(words)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void itIsKeptBesideTheResults(@TempDir Path results) throws IOException {
    assertThat(Shard.read(results)).isEmpty();
    Shard shard = Shard.parse("2/3", true, CLAIMS);
    shard.write(results);
    assertThat(Shard.read(results)).contains(shard);
    Shard.forget(results);
    assertThat(Shard.read(results)).isEmpty();
  }
}
