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

  /** Starts every frame. A console line that strays onto the channel is skipped up to here. */
  private static final int MAGIC = 0x0170766f;

  static final int LARGEST_BODY = 64 << 20;

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

  /** Writes one frame and flushes. */
  public void write(Frame frame) throws IOException {
    byte[] body = Codec.encode(frame.body());
    byte[] packed = pack(frame.exchange(), body);
    ByteArrayOutputStream whole = new ByteArrayOutputStream(packed.length + 16);
    DataOutputStream data = new DataOutputStream(whole);
    data.writeInt(MAGIC);
    data.writeInt(frame.exchange());
    data.writeInt(body.length);
    data.writeInt(packed.length);
    data.write(packed);
    out.write(whole.toByteArray());
    out.flush();
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
    int window = in.readInt();
    while (window != MAGIC) {
      window = window << 8 | in.readUnsignedByte();
    }
    int exchange = in.readInt();
    int length = length();
    byte[] packed = new byte[length()];
    in.readFully(packed);
    return new Frame(exchange, Codec.decode(unpack(exchange, packed, length)));
  }

  private int length() throws IOException {
    int length = in.readInt();
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
    ByteArrayOutputStream body = new ByteArrayOutputStream(Math.min(length, packed.length * 8));
    try {
      for (int got = inflater.inflate(buffer); got > 0; got = inflater.inflate(buffer)) {
        body.write(buffer, 0, got);
        if (body.size() > length) {
          break;
        }
      }
    } catch (DataFormatException e) {
      throw new IOException("damaged frame of " + length + " bytes: " + e, e);
    }
    if (body.size() != length) {
      throw new IOException("damaged frame of " + length + " bytes: " + body.size() + " came");
    }
    return body.toByteArray();
  }
}
