package org.pivotroot.tck.harness.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelTest {
  private static final Reply STARTED = new Reply.Started(1, 2);

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Channel speaker = writingTo(line);

  private static Channel writingTo(OutputStream out) {
    return new Channel(InputStream.nullInputStream(), out);
  }

  private static Channel reading(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return new Channel(
        new ByteArrayInputStream(all.toByteArray()), OutputStream.nullOutputStream());
  }

  /** What the speaker puts on the line for a frame. */
  private byte[] spoken(int exchange, Message message) throws IOException {
    line.reset();
    speaker.write(new Frame(exchange, message));
    return line.toByteArray();
  }

  private static Message mounts(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return new Reply.Content(bytes, 0);
  }

  @ParameterizedTest
  @CsvSource({"x", "'[    0.12] random: crng init done\n'", "'\u0001'", "'\u0001p\u0001\u0001'"})
  void whatStraysBeforeAFrameIsSkipped(String stray) throws IOException {
    byte[] frame = spoken(1, STARTED);
    byte[] magicBegun = Arrays.copyOf(frame, 1);
    assertThat(reading(stray.getBytes(StandardCharsets.UTF_8), magicBegun, frame).read())
        .isEqualTo(new Frame(1, STARTED));
  }

  @Test
  void framesFollowEachOther() throws IOException {
    Channel channel = reading(spoken(1, STARTED), spoken(2, STARTED));
    assertThat(channel.read()).isEqualTo(new Frame(1, STARTED));
    assertThat(channel.read()).isEqualTo(new Frame(2, STARTED));
    assertThatThrownBy(channel::read).isInstanceOf(EOFException.class);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "4095", "4096", "4097", "100000"})
  void aFrameOfAnySizeArrives(int size) throws IOException {
    Channel channel = reading(spoken(1, mounts(1, size)), spoken(2, mounts(2, size)));
    for (int seed = 1; seed <= 2; seed++) {
      assertThat(channel.read().body()).usingRecursiveComparison().isEqualTo(mounts(seed, size));
    }
  }

  @Test
  void whatWasSaidBeforeTakesLittleRoom() throws IOException {
    byte[] first = spoken(1, mounts(1, 2000));
    byte[] again = spoken(2, mounts(1, 2000));
    assertThat(first).hasSizeGreaterThan(2000);
    assertThat(again).hasSizeLessThan(100);
  }

  @Test
  void aNewConversationNeedsNothingOfTheOneBefore() throws IOException {
    spoken(1, mounts(1, 2000));
    byte[] anew = spoken(1, mounts(1, 2000));
    assertThat(reading(anew).read().body()).usingRecursiveComparison().isEqualTo(mounts(1, 2000));
  }

  @Test
  void aReaderWhoRemembersAnotherConversationFollowsANewOne() throws IOException {
    byte[] old = spoken(1, mounts(1, 2000));
    Channel channel = reading(old, spoken(1, mounts(2, 10)), spoken(2, mounts(2, 10)));
    channel.read();
    channel.read();
    assertThat(channel.read().body()).usingRecursiveComparison().isEqualTo(mounts(2, 10));
  }

  @Test
  void aFrameThatIsCutOffAnywhereIsTheEnd() throws IOException {
    byte[] whole = spoken(1, mounts(1, 20));
    for (int length = 0; length < whole.length; length++) {
      Channel part = reading(Arrays.copyOf(whole, length));
      assertThatThrownBy(part::read).isInstanceOf(EOFException.class);
    }
  }

  /** A frame of the speaker's with other lengths or another content. */
  private byte[] frame(int length, int packed, byte... content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(spoken(1, STARTED), 0, 3);
    number(bytes, length);
    number(bytes, packed);
    bytes.writeBytes(content);
    return bytes.toByteArray();
  }

  private static void number(ByteArrayOutputStream bytes, int number) {
    for (int shift = 0; shift < 28; shift += 7) {
      bytes.write((number >> shift & 0x7f) | 0x80);
    }
    bytes.write(number >>> 28);
  }

  @Test
  void aNumberThatDoesNotEndIsAnErrorOfTheLine() throws IOException {
    byte[] frame = Arrays.copyOf(spoken(1, STARTED), 16);
    Arrays.fill(frame, 3, frame.length, (byte) 0x80);
    assertThatThrownBy(reading(frame)::read)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than five bytes");
  }

  @ParameterizedTest
  @CsvSource({"-1", "1048577", "2147483647"})
  void aLengthThatNoFrameHasIsRefusedBeforeItIsAllocated(int length) throws IOException {
    for (byte[] bytes : new byte[][] {frame(length, 1), frame(1, length)}) {
      assertThatThrownBy(reading(bytes)::read)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("frame of " + length + " bytes");
    }
  }

  @Test
  void contentThatIsNotWhatItsLengthSaysIsAnErrorOfTheLine() throws IOException {
    byte[] good = spoken(1, STARTED);
    byte[] content = Arrays.copyOfRange(good, 5, good.length);
    for (byte[] bytes :
        new byte[][] {
          frame(5, content.length, content), // less than came
          frame(5000, content.length, content), // more than came
          frame(5, 2, (byte) 0xff, (byte) 0xff), // not compressed
          frame(5, 0)
        }) {
      assertThatThrownBy(reading(bytes)::read)
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(EOFException.class)
          .hasMessageContaining("damaged frame of");
    }
  }
}
