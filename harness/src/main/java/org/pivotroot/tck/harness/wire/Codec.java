package org.pivotroot.tck.harness.wire;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Turns messages into bytes and back: the number of the type in a fixed table, then the components
 * in order. Only the record types of this package travel, so that no frame can name another class.
 */
final class Codec {
  private static final List<Class<?>> TYPES =
      Stream.of(
              NativeArgument.class.getPermittedSubclasses(),
              Request.class.getPermittedSubclasses(),
              Reply.class.getPermittedSubclasses(),
              new Class<?>[] {NativeCall.class, Returned.class, Reply.TaskSurvey.class})
          .<Class<?>>flatMap(Stream::of)
          .toList();

  private static final List<Shape> SHAPES = TYPES.stream().map(Shape::of).toList();

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
      return (Message) get(new DataInputStream(new ByteArrayInputStream(body)));
    } catch (EOFException | RuntimeException e) {
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
    int type = TYPES.indexOf(record.getClass());
    if (type < 0) {
      throw new IllegalArgumentException("no type of the wire: " + record.getClass());
    }
    out.writeByte(type);
    try {
      for (Method component : SHAPES.get(type).components()) {
        put(out, component.invoke(record));
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object get(DataInputStream in) throws IOException {
    int tag = in.readByte();
    return switch (tag) {
      case 'l' -> in.readLong();
      case 'i' -> in.readInt();
      case 'b' -> in.readBoolean();
      case 's' -> new String(getBytes(in), StandardCharsets.UTF_8);
      case 'm' -> getMemory(in);
      case 'L' -> getList(in);
      case 'r' -> getRecord(in);
      default -> throw new IllegalArgumentException("tag " + tag);
    };
  }

  private static byte[] getBytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[size(in)];
    in.readFully(bytes);
    return bytes;
  }

  private static byte[] getMemory(DataInputStream in) throws IOException {
    int length = in.readInt();
    int filled = size(in);
    if (filled > length || length > Channel.LARGEST_BODY) {
      throw new IllegalArgumentException(filled + " bytes in a memory of " + length);
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes, 0, filled);
    return bytes;
  }

  /** A size that the rest of the body can hold. */
  private static int size(DataInputStream in) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > in.available()) {
      throw new IllegalArgumentException("size " + size + ", of " + in.available() + " bytes left");
    }
    return size;
  }

  private static List<Object> getList(DataInputStream in) throws IOException {
    int size = size(in);
    List<Object> list = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      list.add(get(in));
    }
    return List.copyOf(list);
  }

  private static Object getRecord(DataInputStream in) throws IOException {
    Shape shape = SHAPES.get(in.readByte());
    Object[] values = new Object[shape.components().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(in);
    }
    try {
      return shape.constructor().newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How a record is taken apart and put together; to ask its class each time takes long. */
  private record Shape(List<Method> components, Constructor<?> constructor) {
    static Shape of(Class<?> type) {
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      try {
        return new Shape(
            Arrays.stream(components).map(RecordComponent::getAccessor).toList(),
            type.getDeclaredConstructor(types));
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
