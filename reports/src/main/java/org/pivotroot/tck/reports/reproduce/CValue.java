package org.pivotroot.tck.reports.reproduce;

import java.util.List;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.Parameter;
import org.pivotroot.tck.model.call.Value;

/**
 * An argument as a C expression.
 *
 * @param kind what its parameter is
 * @param pointer what stands for a pointer: a field of a structure takes a number
 */
record CValue(Parameter.Kind kind, String pointer) implements Value.Visitor<String> {
  private static final CValue FIELD = new CValue(Parameter.Kind.NUMBER, "");

  /** An argument for a parameter. */
  static String of(Value value, Parameter.Kind kind) {
    return value.accept(new CValue(kind, "(void *)"));
  }

  /** A text that the program need not hold in full. */
  static String text(String text) {
    return of(Value.text(text), Parameter.Kind.TEXT);
  }

  @Override
  public String text(Value.Text text) {
    return CText.literal(text.text());
  }

  @Override
  public String longText(Value.LongText text) {
    return "lengthened("
        + CText.literal(text.unit())
        + ", "
        + text.length()
        + ", "
        + CText.literal(text.end())
        + ")";
  }

  @Override
  public String nullPointer() {
    return "NULL";
  }

  @Override
  public String badAddress(Value.BadAddress bad) {
    return pointer + bad.address();
  }

  @Override
  public String number(Value.Int number) {
    return switch (kind) {
      case MODE -> octal(number.number());
      case DEVICE ->
          number.number() == 0
              ? "0"
              : "makedev(" + (number.number() >> 8) + ", " + (number.number() & 0xff) + ")";
      default -> String.valueOf(number.number());
    };
  }

  static String octal(long number) {
    return number == 0 ? "0" : "0" + Long.toOctalString(number);
  }

  @Override
  public String flags(Value.Flags flags) {
    String rest =
        kind == Parameter.Kind.MODE ? octal(flags.rest()) : "0x" + Long.toHexString(flags.rest());
    if (flags.flags().isEmpty()) {
      return flags.rest() == 0 ? "0" : rest;
    }
    return names(flags.flags()) + (flags.rest() == 0 ? "" : "|" + rest);
  }

  /** Some flags, at least one. */
  static String names(List<Flag> flags) {
    return flags.stream().map(Flag::name).collect(Collectors.joining("|"));
  }

  @Override
  public String workingDirectory() {
    return "AT_FDCWD";
  }

  @Override
  public String badDescriptor(Value.BadDescriptor bad) {
    return String.valueOf(bad.number());
  }

  @Override
  public String descriptor(Value.Descriptor descriptor) {
    return "fd[" + descriptor.descriptor() + "]";
  }

  @Override
  public String through(Value.Through path) {
    return "at_fd(" + descriptor(path.descriptor()) + ", " + CText.literal(path.rest()) + ")";
  }

  @Override
  public String ofTask(Value.OfTask path) {
    return "of_task(" + CText.literal(path.task()) + ", " + CText.literal(path.file()) + ")";
  }

  @Override
  public String idOf(Value.IdOf id) {
    return (id.what() == Value.Identified.MOUNT ? "mount_id" : "namespace_id")
        + "("
        + descriptor(id.descriptor())
        + ")";
  }

  @Override
  public String processOf(Value.ProcessOf task) {
    return "pid_of(" + CText.literal(task.task()) + ")";
  }

  @Override
  public String mapping(Value.Mapping mapping) {
    return "mapping[" + mapping.mapping() + "]";
  }

  @Override
  public String buffer(Value.Buffer buffer) {
    return switch (buffer.holds()) {
      case STATX -> "&st";
      case TOUCHED -> "untouched()";
      case TEXT, BYTES, LINES, INOTIFY_EVENTS, MOUNT_EVENTS, NOTHING -> "text";
    };
  }

  /** The calls with a struct pollfd write into it, so it is a variable. */
  @Override
  public String struct(Value.Struct struct) {
    String literal =
        struct.fields().entrySet().stream()
            .map(field -> "." + field.getKey() + " = " + field.getValue().accept(FIELD))
            .collect(Collectors.joining(", ", "(struct " + struct.struct().tag() + "){", "}"));
    return switch (struct.struct()) {
      case POLLFD -> "(polled = " + literal + ", &polled)";
      default -> "&" + literal;
    };
  }

  @Override
  public String capabilities(Value.Capabilities capabilities) {
    String change =
        switch (capabilities.change()) {
          case WITHOUT -> "DROP";
          case WITHOUT_EFFECTIVE -> "LOWER";
          case WITH_EFFECTIVE -> "RAISE";
          case ONLY -> "ONLY";
        };
    String mask =
        capabilities.capabilities().stream()
            .map(Capability::name)
            .map(name -> "1ULL << " + name)
            .collect(Collectors.joining(" | "));
    return "capabilities(" + change + ", " + (mask.isEmpty() ? "0" : mask) + ")";
  }

  @Override
  public String processors(Value.Processors processors) {
    String numbers =
        processors.processors().stream().map(String::valueOf).collect(Collectors.joining(", "));
    return "processors(" + processors.processors().size() + ", (int[]){" + numbers + "})";
  }
}
