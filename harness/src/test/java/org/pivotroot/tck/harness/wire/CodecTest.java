package org.pivotroot.tck.harness.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {
  private static final NativeCall CALL =
      new NativeCall(
          "syscall",
          NativeCall.ITS_MEMORY,
          List.of(
              new NativeArgument.Word(Long.MIN_VALUE),
              new NativeArgument.Text("/ä b\n"),
              new NativeArgument.Memory(new byte[] {0, -1}),
              new NativeArgument.Result(0),
              new NativeArgument.Changed(0, 1, new byte[] {1, 2}, new byte[] {3, 4})));
  private static final Returned RETURNED = new Returned(-1, 16, List.of(new byte[] {1}));
  private static final Reply.TaskSurvey SURVEY =
      new Reply.TaskSurvey("S", new byte[256], new byte[] {2}, new byte[] {3}, 4, new byte[0], "");

  static Stream<Message> everyMessage() {
    return Stream.of(
        new Request.Greet(),
        new Request.Sequence(List.of(new Request.Greet(), new Request.End("S"))),
        new Request.Start("P", "S", true),
        new Request.Launch("P", "S", List.of("unshare", "--user")),
        new Request.Invoke("S", List.of(CALL, CALL)),
        new Request.Watch("S", CALL, List.of("S", "P")),
        new Request.Read("S", "/proc/self/maps"),
        new Request.ReadProc("2/stat"),
        new Request.Run("S", List.of("pwd"), List.of("LC_ALL=C"), new byte[] {7}),
        new Request.Survey(List.of()),
        new Request.StatProc("2/root"),
        new Request.End("S"),
        new Request.Clear(List.of(3L, Long.MAX_VALUE)),
        new Reply.Greeting("6.1.0", "#1", "2.36"),
        new Reply.Sequence(List.of(new Reply.Started(1, 2), new Reply.Done())),
        new Reply.Started(1, 2),
        new Reply.Results(List.of(RETURNED)),
        new Reply.Content(new byte[] {9}, 2),
        new Reply.Ended(127, new byte[] {1}, new byte[] {2}),
        new Reply.Watched(RETURNED, List.of(SURVEY), List.of(SURVEY)),
        new Reply.Surveys(List.of(SURVEY, SURVEY)),
        new Reply.Done(),
        new Reply.Cleared("root /"),
        new Reply.Failed("no task Q"));
  }

  @ParameterizedTest
  @MethodSource("everyMessage")
  void whatIsReadIsWhatWasWritten(Message message) throws IOException {
    assertThat(Codec.decode(Codec.encode(message)))
        .isInstanceOf(message.getClass())
        .usingRecursiveComparison()
        .isEqualTo(message);
  }

  @Test
  void everyTypeOfMessageIsAmongThem() {
    assertThat(everyMessage().map(Object::getClass).distinct())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Request.class, Reply.class)
                .flatMap(type -> Stream.of(type.getPermittedSubclasses()))
                .toList());
  }

  static Stream<byte[]> damagedBodies() {
    byte type = 9; // some record that has components
    return Stream.of(
        new byte[] {},
        new byte[] {'?'},
        new byte[] {'i', 0, 0, 0, 1}, // no message
        new byte[] {'r', 99}, // no such type
        new byte[] {'r', -1},
        new byte[] {'r', type, 'b', 1}, // another component's type
        new byte[] {'r', type}, // components missing
        new byte[] {'m', -1, -1, -1, -1},
        new byte[] {'m', 127, -1, -1, -1},
        new byte[] {'s', 127, -1, -1, -1},
        new byte[] {'L', -1, -1, -1, -1},
        new byte[] {'L', 127, -1, -1, -1});
  }

  @ParameterizedTest
  @MethodSource("damagedBodies")
  void aDamagedBodyIsAnErrorOfTheLine(byte[] body) {
    assertThatThrownBy(() -> Codec.decode(body))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(EOFException.class)
        .hasMessageContaining("damaged frame");
  }

  @Test
  void onlyTypesOfTheWireTravel() {
    record Stranger() {}
    assertThatThrownBy(() -> Codec.encode(new Request.Clear(foreign(new Stranger()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Stranger");
    assertThatThrownBy(() -> Codec.encode(new Request.Clear(foreign(1.5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.5");
  }

  @SuppressWarnings("unchecked")
  private static List<Long> foreign(Object element) {
    return (List<Long>) (List<?>) List.of(element);
  }
}
