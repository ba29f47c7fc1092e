package org.pivotroot.tck.harness.wire;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one message. Whoever wrote it may mean harm, so it is bounded how deep its values nest and
 * how much room they take, before room is made for them.
 */
final class Decoder {
  /** A sequence of calls has seven levels. */
  private static final int DEEPEST = 12;

  /** What an object takes, with its place in a list, beside what it holds. */
  private static final int OBJECT = 32;

  private final DataInputStream in;
  private int room;
  private int depth;

  /**
   * A decoder of these bytes.
   *
   * @param room how many bytes what is read may take in memory, roughly
   */
  Decoder(byte[] body, int room) {
    in = new DataInputStream(new ByteArrayInputStream(body));
    this.room = room;
  }

  /**
   * The next value.
   *
   * @throws IllegalArgumentException if it is of another kind, too deep or too large
   * @throws java.io.EOFException if it ends too early
   */
  Object read(Shape.Kind kind) throws IOException {
    take(OBJECT);
    int tag = in.readByte();
    Object value =
        switch (tag) {
          case 'l' -> in.readLong();
          case 'i' -> in.readInt();
          case 'b' -> in.readBoolean();
          case 's' -> readText();
          case 'm' -> readMemory();
          case 'L' -> readList(kind);
          case 'r' -> readRecord();
          default -> throw new IllegalArgumentException("tag " + tag);
        };
    if (!kind.type().isInstance(value)) {
      throw new IllegalArgumentException(
          value.getClass().getSimpleName() + " for " + kind.type().getSimpleName());
    }
    return value;
  }

  private void take(long bytes) {
    check(bytes);
    room -= (int) bytes;
  }

  private void check(long bytes) {
    if (bytes > room) {
      throw new IllegalArgumentException("values take more room than there is");
    }
  }

  private void descend() {
    if (++depth > DEEPEST) {
      throw new IllegalArgumentException("values nest deeper than " + DEEPEST);
    }
  }

  /** A size that the rest of the body can hold. */
  private int size() throws IOException {
    int size = in.readInt();
    if (size < 0 || size > in.available()) {
      throw new IllegalArgumentException("size " + size + ", of " + in.available() + " bytes left");
    }
    return size;
  }

  private String readText() throws IOException {
    int size = size();
    take(2L * size);
    byte[] bytes = new byte[size];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private byte[] readMemory() throws IOException {
    int length = in.readInt();
    int filled = size();
    if (filled > length) {
      throw new IllegalArgumentException(filled + " bytes in a memory of " + length);
    }
    take(length);
    byte[] bytes = new byte[length];
    in.readFully(bytes, 0, filled);
    return bytes;
  }

  private List<Object> readList(Shape.Kind kind) throws IOException {
    Shape.Kind element = kind.element();
    int size = size();
    check((long) size * OBJECT);
    descend();
    List<Object> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(read(element));
    }
    depth--;
    return List.copyOf(list);
  }

  private Object readRecord() throws IOException {
    Shape shape = Shape.numbered(in.readByte());
    descend();
    Object[] values = new Object[shape.components().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = read(shape.components().get(i).kind());
    }
    depth--;
    return shape.make(values);
  }
}
