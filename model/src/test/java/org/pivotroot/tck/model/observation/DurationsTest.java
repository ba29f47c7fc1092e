package org.pivotroot.tck.model.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurationsTest {
  private static Durations one(String target, String claim, long millis) {
    Durations durations = Durations.none();
    durations.put(target, claim, millis);
    return durations;
  }

  @Test
  void theyAreKeptInAFile(@TempDir Path folder) throws IOException {
    Durations durations = one("vm 6.1", "a", 12);
    durations.write(folder);
    assertThat(Files.readString(folder.resolve("durations.csv")))
        .isEqualTo("target,claim,milliseconds\nvm 6.1,a,12\n");
    assertThat(Durations.read(folder)).isEqualTo(durations);
  }

  @Test
  void whereThereAreNoneNothingFails(@TempDir Path folder) throws IOException {
    assertThat(Durations.read(folder)).isEqualTo(Durations.none());
    Files.writeString(folder.resolve("durations.csv"), "nothing,of\nthis,is,one");
    assertThat(Durations.read(folder)).isEqualTo(Durations.none());
  }

  @Test
  void whatIsNotKnownOfATargetIsTakenFromOthersAndElseIsAverage() {
    Durations durations = one("vm 6.1", "a", 100);
    durations.put("vm 7.3", "b", 300);
    assertThat(durations.of("vm 6.1", List.of("a"))).isEqualTo(100);
    assertThat(durations.of("vm 6.1", List.of("a", "b"))).isEqualTo(400);
    assertThat(durations.of("vm 6.1", List.of("a", "b", "c"))).isEqualTo(600);
    assertThat(durations.of("vm 6.1", List.of("c"))).isZero();
  }

  @Test
  void theRecordChangesOnlyWhereMuchHasChanged() {
    Durations record = one("any", "a", 100);
    assertThat(record.settled(one("vm 6.1", "a", 150))).isEqualTo(record);
    assertThat(record.settled(one("vm 6.1", "a", 1234))).isEqualTo(one("any", "a", 1200));
    assertThat(record.settled(one("vm 6.1", "a", 49))).isEqualTo(one("any", "a", 49));
    assertThat(record.settled(Durations.none())).isEqualTo(record);
  }
}
