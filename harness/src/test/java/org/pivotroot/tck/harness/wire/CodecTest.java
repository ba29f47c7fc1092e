package org.pivotroot.tck.harness.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {
  private static final Call CALL =
      new Call(
          "syscall",
          List.of(
              new Argument.Word(Long.MIN_VALUE),
              new Argument.Text("/ä b\n"),
              new Argument.Memory(new byte[] {0, -1}),
              new Argument.Result(0)));
  private static final Returned RETURNED = new Returned(-1, 16, List.of(new byte[] {1}));
  private static final Reply.TaskSurvey SURVEY =
      new Reply.TaskSurvey("S", new byte[256], new byte[] {2}, new byte[] {3}, 4, new byte[0]);

  static Stream<Message> everyMessage() {
    return Stream.of(
        new Request.Greet(),
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

  private static byte[] bytes(int exchange, Message message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Codec.write(out, new Frame(exchange, message));
    return out.toByteArray();
  }

  private static Frame read(byte[] bytes) throws IOException {
    return Codec.read(new ByteArrayInputStream(bytes));
  }

  private static byte[] joined(byte[]... parts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.write(part);
    }
    return all.toByteArray();
  }

  /** A frame around a body that need not be one. */
  private static byte[] frame(int length, byte... body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(bytes(1, new Reply.Done()), 0, 8);
    out.writeInt(length);
    out.write(body);
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("everyMessage")
  void whatIsReadIsWhatWasWritten(Message message) throws IOException {
    Frame read = read(bytes(77, message));
    assertThat(read.exchange()).isEqualTo(77);
    assertThat(read.body())
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

  @ParameterizedTest
  @CsvSource({"x", "'[    0.12] random: crng init done\n'", "'\u0001'", "'\u0001p\u0001pv'"})
  void whatStraysBeforeAFrameIsSkipped(String stray) throws IOException {
    byte[] frame = bytes(5, new Reply.Started(1, 2));
    byte[] magicBegun = Arrays.copyOf(frame, 3);
    assertThat(read(joined(stray.getBytes(StandardCharsets.UTF_8), magicBegun, frame)))
        .isEqualTo(new Frame(5, new Reply.Started(1, 2)));
  }

  @Test
  void framesFollowEachOther() throws IOException {
    ByteArrayInputStream in =
        new ByteArrayInputStream(joined(bytes(1, new Reply.Done()), bytes(2, new Reply.Done())));
    assertThat(Codec.read(in).exchange()).isEqualTo(1);
    assertThat(Codec.read(in).exchange()).isEqualTo(2);
    assertThatThrownBy(() -> Codec.read(in)).isInstanceOf(EOFException.class);
  }

  @Test
  void aFrameThatIsCutOffAnywhereIsTheEnd() throws IOException {
    byte[] whole = bytes(1, new Request.Watch("S", CALL, List.of("S")));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(part)).isInstanceOf(EOFException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"-1", "67108865", "2147483647"})
  void aLengthThatNoFrameHasIsRefusedBeforeItIsAllocated(int length) throws IOException {
    byte[] bytes = frame(length);
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("frame of " + length + " bytes");
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
  void aDamagedBodyIsAnErrorOfTheLine(byte[] body) throws IOException {
    byte[] bytes = frame(body.length, body);
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(EOFException.class)
        .hasMessageContaining("damaged frame");
  }

  @Test
  void onlyTypesOfTheWireTravel() {
    record Stranger() {}
    assertThatThrownBy(() -> bytes(1, new Request.Clear(foreign(new Stranger()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Stranger");
    assertThatThrownBy(() -> bytes(1, new Request.Clear(foreign(1.5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.5");
  }

  @SuppressWarnings("unchecked")
  private static List<Long> foreign(Object element) {
    return (List<Long>) (List<?>) List.of(element);
  }
}
