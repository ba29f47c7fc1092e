package org.pivotroot.tck.harness.wire;

import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a record that travels is taken apart and put together; to ask its class each time takes long.
 *
 * @param components in order
 */
record Shape(List<Component> components, Constructor<?> constructor) {
  private static final List<Class<?>> TYPES =
      Stream.of(
              NativeArgument.class.getPermittedSubclasses(),
              Request.class.getPermittedSubclasses(),
              Reply.class.getPermittedSubclasses(),
              new Class<?>[] {
                NativeCall.class,
                Returned.class,
                PlayedCall.class,
                Reply.TaskSurvey.class,
                Reply.Performance.class,
                Reply.Moment.class
              })
          .<Class<?>>flatMap(Stream::of)
          .toList();

  private static final List<Shape> SHAPES = TYPES.stream().map(Shape::of).toList();

  /** A component of a record. */
  record Component(Method accessor, Kind kind) {}

  /**
   * What values may stand somewhere.
   *
   * @param of what the elements are if they are lists, else nothing
   */
  record Kind(Class<?> type, List<Kind> of) {
    static final Kind MESSAGE = new Kind(Message.class, List.of());

    private static Kind of(Type type) {
      if (type instanceof ParameterizedType list) {
        return new Kind(List.class, List.of(of(list.getActualTypeArguments()[0])));
      }
      return new Kind(MethodType.methodType((Class<?>) type).wrap().returnType(), List.of());
    }

    /**
     * What the elements of a list are.
     *
     * @throws IllegalArgumentException if no list may stand here
     */
    Kind element() {
      if (of.isEmpty()) {
        throw new IllegalArgumentException("a list for " + type.getSimpleName());
      }
      return of.get(0);
    }
  }

  private static Shape of(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return new Shape(
          Arrays.stream(components)
              .map(one -> new Component(one.getAccessor(), Kind.of(one.getGenericType())))
              .toList(),
          type.getDeclaredConstructor(types));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The shape with this number.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  static Shape numbered(int number) {
    return SHAPES.get(number);
  }

  /**
   * The number of a type.
   *
   * @throws IllegalArgumentException if it does not travel
   */
  static int numberOf(Class<?> type) {
    int number = TYPES.indexOf(type);
    if (number < 0) {
      throw new IllegalArgumentException("no type of the wire: " + type);
    }
    return number;
  }

  Object make(Object... values) {
    try {
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
