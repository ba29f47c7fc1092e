package org.pivotroot.tck.model.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pivotroot.tck.model.json.Json;

class PropagationTest {
  private static Propagation of(String fields) {
    return Propagation.of(List.of(fields.split(" ", -1)));
  }

  @ParameterizedTest
  @CsvSource({
    "'', private",
    "shared:3, shared",
    "master:3, slave",
    "master:3 propagate_from:2, slave",
    "shared:4 master:3, slave+shared",
    "unbindable, unbindable",
    "something:5, private"
  })
  void theTypeFollowsFromTheOptionalFields(String fields, String type) {
    assertThat(of(fields).type()).isEqualTo(type);
  }

  @Test
  void fieldsAreWrittenAsTheyWereRead() {
    assertThat(of("shared:4 master:3 propagate_from:2 unbindable").fields())
        .containsExactly(
            "shared:peers#4", "master:peers#3", "propagate_from:peers#2", "unbindable");
    assertThat(Propagation.PRIVATE.fields()).isEmpty();
  }

  @Test
  void noGroupStaysNoGroupWhenGroupsAreRenumbered() {
    assertThat(of("shared:4 propagate_from:2").renumbered(group -> group + 10))
        .isEqualTo(new Propagation(14, 0, 12, false));
  }

  @Test
  void inJsonWhatIsNotSoIsNotThere() throws Exception {
    assertThat(Json.text(of("master:3"), 0)).isEqualTo("{\"master\": 3}\n");
    for (String fields : new String[] {"", "shared:4 unbindable", "master:3"}) {
      String json = Json.text(of(fields), 0);
      assertThat(Json.parse(json, Propagation.class, "test")).isEqualTo(of(fields));
    }
  }
}
