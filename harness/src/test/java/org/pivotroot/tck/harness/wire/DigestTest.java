package org.pivotroot.tck.harness.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigestTest {
  private static final String TABLE =
      """
      22 20 0:5 / / rw,relatime - tmpfs none rw
      23 22 0:6 / /a rw,relatime shared:1 - tmpfs none rw
      24 23 0:7 / /a/b rw,relatime shared:2 master:1 - tmpfs none rw
      """;

  private static long sum(String... tables) {
    Digest digest = new Digest();
    for (String table : tables) {
      Rows rows = new Rows(table.getBytes(StandardCharsets.UTF_8));
      long device = table.contains(" 0:5 ") ? 5 : 50;
      long mount = table.contains("22 20") ? 22 : 220;
      Digest.Place place = new Digest.Place(device, 1, mount);
      digest.look(List.of(new Digest.Seen(place, place, rows, 4, rows)));
    }
    return digest.sum();
  }

  @Test
  void numbersAndOrderOfTheKernelDoNotMatter() {
    String other =
        """
        240 230 0:70 / /a/b rw,relatime shared:9 master:8 - tmpfs none rw
        220 200 0:50 / / rw,relatime - tmpfs tmpfs ro
        230 220 0:60 / /a rw,relatime shared:8 - tmpfs none rw
        """;
    assertThat(sum(other)).isEqualTo(sum(TABLE));
  }

  @Test
  void whatMayNotDifferMatters() {
    for (String wrong :
        List.of(
            TABLE.replace("master:1", "master:2"),
            TABLE.replace(" master:1", ""),
            TABLE.replace("/a/b rw", "/a/b ro"),
            TABLE.replace("24 23", "24 22"),
            TABLE.replace("0:7", "0:6"),
            TABLE.replace("0:7 /", "0:7 /x"),
            TABLE.lines().limit(2).reduce("", (a, b) -> a + b + "\n"))) {
      assertThat(sum(wrong)).as(wrong).isNotEqualTo(sum(TABLE));
    }
  }

  @Test
  void aMountThatIsAnotherOneThanBeforeMatters() {
    String renumbered = TABLE.replace("24 23", "25 23");
    assertThat(sum(TABLE, renumbered)).isNotEqualTo(sum(TABLE, TABLE));
  }

  @Test
  void resultsMatter() {
    Digest failed = new Digest();
    failed.failure(22);
    Digest returned = new Digest();
    returned.value(22);
    assertThat(failed.sum()).isNotEqualTo(returned.sum());
  }
}
