package org.pivotroot.tck.model.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pivotroot.tck.model.json.Json;

class ValueTest {
  private static final String COMPONENT = "/" + "d".repeat(9);

  static Stream<Arguments> longTexts() {
    return Stream.of(
        Arguments.of("n".repeat(65), new Value.LongText("n", 65, "")),
        Arguments.of("/".repeat(4092) + "new", new Value.LongText("/", 4092, "new")),
        Arguments.of(COMPONENT.repeat(20), new Value.LongText(COMPONENT, 200, "")),
        Arguments.of(COMPONENT.repeat(20) + "/x", new Value.LongText(COMPONENT, 201, "x")),
        Arguments.of("d/".repeat(40) + "x", new Value.LongText("d/", 80, "x")));
  }

  @ParameterizedTest
  @MethodSource("longTexts")
  void aTextThatIsThereForItsLengthIsKeptShort(String text, Value.LongText expected) {
    assertThat(Value.text(text)).isEqualTo(expected);
    assertThat(expected.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/new", "/proc/self/ns/mnt"})
  void aShortTextIsItself(String text) {
    assertThat(Value.text(text)).isEqualTo(new Value.Text(text));
  }

  @Test
  void soIsOneThatDoesNotRepeatItself() {
    String longest = "n".repeat(64);
    String other = "/sys/kernel/" + "abcdefghijklmnopqrstuvwxyz".repeat(3);
    String tail = "n".repeat(70) + other;
    assertThat(Stream.of(longest, other, tail).map(Value::text))
        .containsExactly(new Value.Text(longest), new Value.Text(other), new Value.Text(tail));
  }

  @Test
  void flagsAreTheirBits() {
    assertThat(new Value.Flags(List.of(MountFlag.MS_BIND, MountFlag.MS_REC), 0x40).bits())
        .isEqualTo(4096 | 16384 | 0x40);
    assertThat(Value.flags().bits()).isZero();
  }

  @Test
  void inJsonTheUsualKindsArePlain() {
    Call call =
        Call.of(
            Syscall.MOUNT,
            Value.nullPointer(),
            Value.text("/new"),
            Value.badAddress(),
            Value.flags(MountFlag.MS_BIND),
            Value.number(0));
    assertThat(Json.text(call, 0))
        .isEqualTo(
            "{\"name\": \"mount\",\"arguments\":"
                + " [null,\"/new\",{\"bad_address\": 1},[\"MS_BIND\"],0]}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"telepathy\": 1}", "[\"MS_NONE\"]", "{\"buffer\": {\"size\": 8}}", "{}"})
  void whatIsNoArgumentCannotBeRead(String argument) {
    String call = "{\"name\": \"chdir\", \"arguments\": [" + argument + "]}";
    assertThatThrownBy(() -> Json.parse(call, Call.class, "x.json"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("x.json cannot be read: ");
  }
}
