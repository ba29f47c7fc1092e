package org.pivotroot.tck.reports.reproduce;

import java.util.List;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.Value;

/** An argument as an expression of Java, as claims have it. */
final class JavaValue implements Value.Visitor<String> {
  static String flag(Flag flag) {
    return ((Enum<?>) flag).getDeclaringClass().getSimpleName() + "." + flag.name();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  @Override
  public String text(Value.Text text) {
    return "text(" + quoted(text.text()) + ")";
  }

  @Override
  public String longText(Value.LongText text) {
    return "text("
        + quoted(text.unit())
        + ".repeat("
        + (text.length() / text.unit().length() + 1)
        + ").substring(0, "
        + text.length()
        + ") + "
        + quoted(text.end())
        + ")";
  }

  @Override
  public String nullPointer() {
    return "nullPointer()";
  }

  @Override
  public String badAddress(Value.BadAddress bad) {
    return "badAddress()";
  }

  @Override
  public String number(Value.Int number) {
    return "number(" + number.number() + ")";
  }

  @Override
  public String flags(Value.Flags flags) {
    if (flags.rest() != 0) {
      return "new Value.Flags(List.of("
          + flags.flags().stream().map(JavaValue::flag).collect(Collectors.joining(", "))
          + "), "
          + flags.rest()
          + ")";
    }
    return flags.flags().stream()
        .map(JavaValue::flag)
        .collect(Collectors.joining(", ", "flags(", ")"));
  }

  @Override
  public String workingDirectory() {
    return "workingDirectory()";
  }

  @Override
  public String badDescriptor(Value.BadDescriptor bad) {
    return "new Value.BadDescriptor(" + bad.number() + ")";
  }

  @Override
  public String descriptor(Value.Descriptor descriptor) {
    return "fd" + descriptor.descriptor();
  }

  @Override
  public String through(Value.Through path) {
    return "fd" + path.descriptor().descriptor() + ".path(" + quoted(path.rest()) + ")";
  }

  @Override
  public String ofTask(Value.OfTask path) {
    return "new Value.OfTask(" + quoted(path.task()) + ", " + quoted(path.file()) + ")";
  }

  @Override
  public String idOf(Value.IdOf id) {
    return "new Value.IdOf(Value.Identified."
        + id.what()
        + ", "
        + descriptor(id.descriptor())
        + ")";
  }

  @Override
  public String processOf(Value.ProcessOf task) {
    return "new Value.ProcessOf(" + quoted(task.task()) + ")";
  }

  @Override
  public String mapping(Value.Mapping mapping) {
    return "new Value.Mapping(" + mapping.mapping() + ")";
  }

  @Override
  public String buffer(Value.Buffer buffer) {
    return "buffer(" + buffer.size() + ", Value.Holds." + buffer.holds() + ")";
  }

  @Override
  public String struct(Value.Struct struct) {
    return struct.fields().entrySet().stream()
        .map(field -> ", " + quoted(field.getKey()) + ", " + field.getValue().accept(this))
        .collect(Collectors.joining("", "struct(StructType." + struct.struct().name(), ")"));
  }

  @Override
  public String capabilities(Value.Capabilities capabilities) {
    return "new Value.Capabilities(Value.CapabilityChange."
        + capabilities.change()
        + list(capabilities.capabilities().stream().map(one -> "Capability." + one.name()).toList())
        + ")";
  }

  @Override
  public String processors(Value.Processors processors) {
    return "new Value.Processors(List.of("
        + processors.processors().stream().map(String::valueOf).collect(Collectors.joining(", "))
        + "))";
  }

  private static String list(List<String> names) {
    return ", List.of(" + String.join(", ", names) + ")";
  }
}
