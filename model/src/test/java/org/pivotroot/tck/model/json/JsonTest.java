package org.pivotroot.tck.model.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  record Sample(String name, List<Map<String, List<Integer>>> deep, Map<String, String> none) {}

  private static final Sample SAMPLE =
      new Sample("x", List.of(Map.of("a", List.of(1, 2)), Map.of()), Map.of());

  @Test
  void whatLiesDeepIsOnOneLine() {
    assertThat(Json.text(SAMPLE, 0))
        .isEqualTo("{\"name\": \"x\",\"deep\": [{\"a\": [1,2]},{}],\"none\": {}}\n");
    assertThat(Json.text(SAMPLE, 2))
        .isEqualTo(
            """
            {
              "name": "x",
              "deep": [
                {"a": [1,2]},
                {}
              ],
              "none": {}
            }
            """);
    assertThat(Json.text(SAMPLE, 9))
        .isEqualTo(
            """
            {
              "name": "x",
              "deep": [
                {
                  "a": [
                    1,
                    2
                  ]
                },
                {}
              ],
              "none": {}
            }
            """);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    for (int levels = 0; levels < 5; levels++) {
      assertThat(Json.parse(Json.text(SAMPLE, levels), Sample.class, "test")).isEqualTo(SAMPLE);
    }
  }

  @Test
  void whatCannotBeReadIsNamed() {
    for (String text : new String[] {"", "{", "[]", "{\"name\": \"x\", \"nmae\": \"y\"}"}) {
      assertThatThrownBy(() -> Json.parse(text, Sample.class, "x.json"))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("x.json cannot be read: ");
    }
  }
}
