package org.pivotroot.tck.harness.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        new Request.Piece(new byte[] {1, -1, 0}),
        new Request.Pieced(),
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
        new Request.Play(
            List.of(CALL),
            List.of(new PlayedCall(CALL, PlayedCall.TEXT)),
            List.of(new byte[] {Request.Play.END, 1, 0, 0}, new byte[0]),
            true),
        new Reply.Greeting("6.1.0", "#1", "2.36"),
        new Reply.Sequence(List.of(new Reply.Started(1, 2), new Reply.Done())),
        new Reply.Started(1, 2),
        new Reply.Results(List.of(RETURNED)),
        new Reply.Content(new byte[] {9}, 2),
        new Reply.Ended(127, new byte[] {1}, new byte[] {2}),
        new Reply.Watched(RETURNED, List.of(SURVEY), List.of(SURVEY)),
        new Reply.Surveys(List.of(SURVEY, SURVEY)),
        new Reply.Played(
            List.of(1L),
            List.of(new Reply.Performance(List.of(new Reply.Moment(RETURNED, List.of(SURVEY)))))),
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
    byte type = (byte) Shape.numberOf(Request.Start.class);
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

  private static byte[] listsWithin(int depth) {
    ByteBuffer body = ByteBuffer.allocate(2 + 5 * depth).put((byte) 'r').put((byte) SEQUENCE);
    for (int i = 0; i < depth; i++) {
      body.put((byte) 'L').putInt(i < depth - 1 ? 1 : 0);
    }
    return body.array();
  }

  private static final int SEQUENCE = Shape.numberOf(Reply.Sequence.class);

  private static byte[] sequencesWithin(int depth) {
    ByteBuffer body = ByteBuffer.allocate(7 * depth);
    for (int i = 0; i < depth; i++) {
      body.put((byte) 'r').put((byte) SEQUENCE).put((byte) 'L').putInt(i < depth - 1 ? 1 : 0);
    }
    return body.array();
  }

  private static byte[] memories(int count, int length) {
    ByteBuffer body = ByteBuffer.allocate(17 + 9 * count + 5);
    body.put((byte) 'r').put((byte) Shape.numberOf(Returned.class));
    body.put((byte) 'l').putLong(0).put((byte) 'i').putInt(0).put((byte) 'L').putInt(count);
    for (int i = 0; i < count; i++) {
      body.put((byte) 'm').putInt(length).putInt(0);
    }
    return Arrays.copyOf(body.array(), body.position());
  }

  /** Each of these took down, or could take down, who read it: by its stack or by its memory. */
  static Stream<byte[]> hostileBodies() {
    return Stream.of(
        listsWithin(150),
        listsWithin(100_000),
        sequencesWithin(7),
        sequencesWithin(100_000),
        memories(1, Integer.MAX_VALUE),
        memories(6, 60 << 20),
        memories(100, 1 << 20),
        memories(1, -1),
        list(1 << 20));
  }

  /** So many of the smallest answers that they would take twenty times their length. */
  private static byte[] list(int length) {
    ByteBuffer body = ByteBuffer.allocate(length);
    body.put((byte) 'r').put((byte) SEQUENCE).put((byte) 'L').putInt((length - 7) / 2);
    while (body.remaining() > 1) {
      body.put((byte) 'r').put((byte) Shape.numberOf(Reply.Done.class));
    }
    return body.array();
  }

  @ParameterizedTest
  @MethodSource("hostileBodies")
  void aHostileBodyIsAnErrorOfTheLineAndTakesLittle(byte[] body) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    Throwable thrown = catchThrowable(() -> Codec.decode(body));
    long taken = threads.getThreadAllocatedBytes(thread) - before;
    assertThat(thrown).isInstanceOf(IOException.class).hasMessageContaining("damaged frame");
    assertThat(thrown.getCause()).isInstanceOf(IllegalArgumentException.class);
    assertThat(taken).as("bytes taken").isLessThan(2L * Codec.ROOM);
  }

  @Test
  void aListHasWhatItsRecordSays() throws IOException {
    byte[] body = Codec.encode(new Request.Clear(List.of(1L)));
    byte[] other = Codec.encode(new Request.Survey(List.of("1234567890123")));
    body[0] = other[0];
    body[1] = other[1];
    assertThatThrownBy(() -> Codec.decode(body))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Long for String");
  }

  @ParameterizedTest
  @MethodSource("damagedBodies")
  void aDamagedBodyIsAnErrorOfTheLine(byte[] body) {
    assertThatThrownBy(() -> Codec.decode(body))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(EOFException.class)
        .hasMessageContaining("damaged frame");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "../../etc/passwd",
        "6.1/x",
        "6.1\u001b[2J",
        "6.1\n",
        ".6",
        "-rf",
        "6.1 x",
        "6.\u00e4"
      })
  void aReleaseIsNoPathAndShowsNothing(String release) {
    assertThatThrownBy(() -> new Reply.Greeting(release, "#1 SMP", "2.41"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.4.0", "7.3.4+deb13-amd64", "6.16.0-rc1-00123-gabcdef_x~y:z"})
  void aReleaseIsWhatKernelsAreCalled(String release) {
    assertThat(new Reply.Greeting(release, "#1 SMP", "2.41").release()).isEqualTo(release);
    assertThatThrownBy(() -> new Reply.Greeting("6." + "1".repeat(63), "#1", "2.41"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Reply.Greeting("6.1", "#1\u001b]0;x\u0007", "2.41"))
        .isInstanceOf(IllegalArgumentException.class);
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
