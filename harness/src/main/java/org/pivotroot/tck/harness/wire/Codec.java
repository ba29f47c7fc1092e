package org.pivotroot.tck.harness.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Turns messages into bytes and back: the number of the type in a fixed table, then the components
 * in order. Only the record types of this package travel, so that no frame can name another class.
 */
final class Codec {
  /** What a decoded message may take in memory, in bytes. */
  static final int ROOM = 4 << 20;

  private Codec() {}

  /** The bytes of a message. */
  static byte[] encode(Message message) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    put(new DataOutputStream(body), message);
    return body.toByteArray();
  }

  /**
   * The message that has these bytes.
   *
   * @throws IOException if none has
   */
  static Message decode(byte[] body) throws IOException {
    try {
      return (Message) new Decoder(body, ROOM).read(Shape.Kind.MESSAGE);
    } catch (EOFException | RuntimeException | Error e) { // none of them may end who reads
      throw new IOException("damaged frame of " + body.length + " bytes: " + e, e);
    }
  }

  private static void put(DataOutputStream out, Object value) throws IOException {
    if (value instanceof Long number) {
      out.writeByte('l');
      out.writeLong(number);
    } else if (value instanceof Integer number) {
      out.writeByte('i');
      out.writeInt(number);
    } else if (value instanceof Boolean flag) {
      out.writeByte('b');
      out.writeBoolean(flag);
    } else if (value instanceof String text) {
      out.writeByte('s');
      putBytes(out, text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof byte[] bytes) {
      out.writeByte('m');
      putMemory(out, bytes);
    } else if (value instanceof List<?> list) {
      out.writeByte('L');
      out.writeInt(list.size());
      for (Object element : list) {
        put(out, element);
      }
    } else if (value instanceof Record record) {
      out.writeByte('r');
      putRecord(out, record);
    } else {
      throw new IllegalArgumentException("cannot travel: " + value);
    }
  }

  private static void putBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Buffers are mostly empty: the zeros at the end do not travel. */
  private static void putMemory(DataOutputStream out, byte[] bytes) throws IOException {
    int used = bytes.length;
    while (used > 0 && bytes[used - 1] == 0) {
      used--;
    }
    out.writeInt(bytes.length);
    out.writeInt(used);
    out.write(bytes, 0, used);
  }

  private static void putRecord(DataOutputStream out, Record record) throws IOException {
    int type = Shape.numberOf(record.getClass());
    out.writeByte(type);
    try {
      for (Shape.Component component : Shape.numbered(type).components()) {
        put(out, component.accessor().invoke(record));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
