package org.pivotroot.tck.harness.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * One end of the way between the harness and an agent. An emulated serial line takes about 13
 * microseconds for a byte, and much of what is said was said before, such as mount tables: so each
 * direction is one stream of compressed data (RFC 1951), cut at every frame.
 *
 * <p>A frame numbered {@link #FIRST} or lower begins such a stream anew. That is how a restored
 * agent, which remembers another conversation, and the harness find together.
 *
 * <p>Serves one thread at a time.
 */
public final class Channel {
  /** Number of the first exchange of a conversation. */
  public static final int FIRST = 1;

  /**
   * Starts every frame: two bytes that no text has. A console line that strays onto the channel is
   * skipped up to here.
   */
  private static final int MAGIC = 0x01f6;

  /** How compressed data ends that was flushed (RFC 1951, 3.2.4). It goes without being sent. */
  private static final byte[] FLUSHED = {0, 0, (byte) 0xff, (byte) 0xff};

  /** Of all claims' frames the largest has a tenth of it. */
  static final int LARGEST_BODY = 1 << 20;

  private final DataInputStream in;
  private final OutputStream out;
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
  private final Inflater inflater = new Inflater(true);
  private final byte[] buffer = new byte[4096];

  /** A channel over these streams. Reads no more from {@code in} than the frames take. */
  public Channel(InputStream in, OutputStream out) {
    this.in = new DataInputStream(in);
    this.out = out;
  }

  /**
   * Writes one frame and flushes.
   *
   * @throws IllegalArgumentException if it is larger than the other side would take; nothing of it
   *     is then written
   */
  public void write(Frame frame) throws IOException {
    byte[] body = Codec.encode(frame.body());
    if (body.length > LARGEST_BODY) {
      throw new IllegalArgumentException(
          frame.body().getClass().getSimpleName()
              + " of "
              + body.length
              + " bytes, where at most "
              + LARGEST_BODY
              + " travel");
    }
    byte[] packed = pack(frame.exchange(), body);
    ByteArrayOutputStream whole = new ByteArrayOutputStream(packed.length + 16);
    DataOutputStream data = new DataOutputStream(whole);
    data.writeShort(MAGIC);
    writeNumber(data, frame.exchange());
    writeNumber(data, body.length);
    writeNumber(data, packed.length - FLUSHED.length);
    data.write(packed, 0, packed.length - FLUSHED.length);
    out.write(whole.toByteArray());
    out.flush();
  }

  /** Seven bits to a byte, the lowest first; the eighth is set where more follow. */
  private static void writeNumber(DataOutputStream data, int number) throws IOException {
    int rest = number;
    while (rest >>> 7 != 0) {
      data.writeByte(rest | 0x80);
      rest >>>= 7;
    }
    data.writeByte(rest);
  }

  private int readNumber() throws IOException {
    int number = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      int bits = in.readUnsignedByte();
      number |= (bits & 0x7f) << shift;
      if (bits < 0x80) {
        return number;
      }
    }
    throw new IOException("damaged frame: a number of more than five bytes");
  }

  private byte[] pack(int exchange, byte[] body) {
    if (exchange <= FIRST) {
      deflater.reset();
    }
    deflater.setInput(body);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    int length;
    do {
      length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
      packed.write(buffer, 0, length);
    } while (length == buffer.length);
    return packed.toByteArray();
  }

  /**
   * Reads one frame.
   *
   * @throws EOFException if the other side is gone
   * @throws IOException if what came is no frame of this wire
   */
  public Frame read() throws IOException {
    int window = in.readUnsignedShort();
    while (window != MAGIC) {
      window = (window << 8 & 0xffff) | in.readUnsignedByte();
    }
    int exchange = readNumber();
    int length = length();
    int sent = length();
    byte[] packed = new byte[sent + FLUSHED.length];
    in.readFully(packed, 0, sent);
    System.arraycopy(FLUSHED, 0, packed, sent, FLUSHED.length);
    return new Frame(exchange, Codec.decode(unpack(exchange, packed, length)));
  }

  private int length() throws IOException {
    int length = readNumber();
    if (length < 0 || length > LARGEST_BODY) {
      throw new IOException("frame of " + length + " bytes");
    }
    return length;
  }

  private byte[] unpack(int exchange, byte[] packed, int length) throws IOException {
    if (exchange <= FIRST) {
      inflater.reset();
    }
    inflater.setInput(packed);
    byte[] body = new byte[length];
    int came = 0;
    try {
      int got;
      do {
        got = inflater.inflate(body, came, length - came);
        came += got;
      } while (got > 0);
      if (inflater.inflate(buffer) > 0) {
        throw new IOException("damaged frame of " + length + " bytes: more came");
      }
    } catch (DataFormatException e) {
      throw new IOException("damaged frame of " + length + " bytes: " + e, e);
    }
    if (came != length) {
      throw new IOException("damaged frame of " + length + " bytes: " + came + " came");
    }
    return body;
  }
}
