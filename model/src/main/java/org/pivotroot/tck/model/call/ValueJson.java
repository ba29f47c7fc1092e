package org.pivotroot.tck.model.call;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** Arguments as JSON: see {@link Value}. */
final class ValueJson {
  private ValueJson() {}

  /** Writes them. */
  static final class Writer extends StdSerializer<Value> {
    Writer() {
      super(Value.class);
    }

    @Override
    public void serialize(Value value, JsonGenerator json, SerializationContext context) {
      value.accept(new Written(json));
    }
  }

  /** Reads them. */
  static final class Reader extends StdDeserializer<Value> {
    Reader() {
      super(Value.class);
    }

    @Override
    public Value deserialize(JsonParser json, DeserializationContext context) {
      return read(context.readTree(json));
    }

    @Override
    public Value getNullValue(DeserializationContext context) {
      return new Value.Null();
    }
  }

  private record Written(JsonGenerator json) implements Value.Visitor<Void> {
    private Void one(String kind, Runnable content) {
      json.writeStartObject();
      json.writeName(kind);
      content.run();
      json.writeEndObject();
      return null;
    }

    private void properties(Object... namesAndValues) {
      json.writeStartObject();
      for (int i = 0; i < namesAndValues.length; i += 2) {
        json.writeName((String) namesAndValues[i]);
        if (namesAndValues[i + 1] instanceof Integer number) {
          json.writeNumber(number);
        } else {
          json.writeString((String) namesAndValues[i + 1]);
        }
      }
      json.writeEndObject();
    }

    private void list(Iterable<?> elements) {
      json.writeStartArray();
      elements.forEach(element -> json.writeString(element.toString()));
      json.writeEndArray();
    }

    @Override
    public Void text(Value.Text text) {
      json.writeString(text.text());
      return null;
    }

    @Override
    public Void longText(Value.LongText text) {
      return one(
          "long_text",
          () -> properties("unit", text.unit(), "length", text.length(), "end", text.end()));
    }

    @Override
    public Void nullPointer() {
      json.writeNull();
      return null;
    }

    @Override
    public Void badAddress(Value.BadAddress bad) {
      return one("bad_address", () -> json.writeNumber(bad.address()));
    }

    @Override
    public Void number(Value.Int number) {
      json.writeNumber(number.number());
      return null;
    }

    @Override
    public Void flags(Value.Flags flags) {
      json.writeStartArray();
      flags.flags().forEach(flag -> json.writeString(flag.name()));
      if (flags.rest() != 0) {
        json.writeNumber(flags.rest());
      }
      json.writeEndArray();
      return null;
    }

    @Override
    public Void workingDirectory() {
      return one("fd", () -> json.writeString("AT_FDCWD"));
    }

    @Override
    public Void badDescriptor(Value.BadDescriptor bad) {
      return one("bad_fd", () -> json.writeNumber(bad.number()));
    }

    @Override
    public Void descriptor(Value.Descriptor descriptor) {
      return one("fd", () -> json.writeNumber(descriptor.descriptor()));
    }

    @Override
    public Void through(Value.Through path) {
      return one(
          "through", () -> properties("fd", path.descriptor().descriptor(), "rest", path.rest()));
    }

    @Override
    public Void ofTask(Value.OfTask path) {
      return one("of_task", () -> properties("task", path.task(), "file", path.file()));
    }

    @Override
    public Void processOf(Value.ProcessOf task) {
      return one("process_of", () -> json.writeString(task.task()));
    }

    @Override
    public Void idOf(Value.IdOf id) {
      return one(
          "id_of", () -> properties("what", word(id.what()), "fd", id.descriptor().descriptor()));
    }

    @Override
    public Void mapping(Value.Mapping mapping) {
      return one("mapping", () -> json.writeNumber(mapping.mapping()));
    }

    @Override
    public Void buffer(Value.Buffer buffer) {
      return one("buffer", () -> properties("size", buffer.size(), "holds", word(buffer.holds())));
    }

    @Override
    public Void struct(Value.Struct struct) {
      return one(
          "struct",
          () ->
              one(
                  word(struct.struct()),
                  () -> {
                    json.writeStartObject();
                    struct
                        .fields()
                        .forEach(
                            (name, value) -> {
                              json.writeName(name);
                              value.accept(this);
                            });
                    json.writeEndObject();
                  }));
    }

    @Override
    public Void capabilities(Value.Capabilities capabilities) {
      return one(
          "capabilities",
          () -> one(word(capabilities.change()), () -> list(capabilities.capabilities())));
    }

    @Override
    public Void processors(Value.Processors processors) {
      return one(
          "processors",
          () -> {
            json.writeStartArray();
            processors.processors().forEach(json::writeNumber);
            json.writeEndArray();
          });
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
  }

  private static Value read(JsonNode node) {
    if (node.isNull()) {
      return new Value.Null();
    }
    if (node.isString()) {
      return new Value.Text(node.asString());
    }
    if (node.isNumber()) {
      return new Value.Int(node.asLong());
    }
    if (node.isArray()) {
      return flags(node);
    }
    Map.Entry<String, JsonNode> property = node.properties().iterator().next();
    JsonNode of = property.getValue();
    return switch (property.getKey()) {
      case "long_text" ->
          new Value.LongText(
              of.get("unit").asString(), of.get("length").asInt(), of.get("end").asString());
      case "bad_address" -> new Value.BadAddress(of.asLong());
      case "fd" -> of.isString() ? new Value.WorkingDirectory() : new Value.Descriptor(of.asInt());
      case "bad_fd" -> new Value.BadDescriptor(of.asInt());
      case "through" ->
          new Value.Through(new Value.Descriptor(of.get("fd").asInt()), of.get("rest").asString());
      case "of_task" -> new Value.OfTask(of.get("task").asString(), of.get("file").asString());
      case "process_of" -> new Value.ProcessOf(of.asString());
      case "id_of" ->
          new Value.IdOf(
              constant(Value.Identified.class, of.get("what").asString()),
              new Value.Descriptor(of.get("fd").asInt()));
      case "mapping" -> new Value.Mapping(of.asInt());
      case "buffer" ->
          new Value.Buffer(
              of.get("size").asInt(), constant(Value.Holds.class, of.get("holds").asString()));
      case "struct" -> struct(of.properties().iterator().next());
      case "capabilities" -> capabilities(of.properties().iterator().next());
      case "processors" -> new Value.Processors(of.valueStream().map(JsonNode::asInt).toList());
      default -> throw new IllegalArgumentException("no kind of argument is " + property.getKey());
    };
  }

  static Value.Flags flags(JsonNode node) {
    List<Flag> flags = new ArrayList<>();
    long rest = 0;
    for (JsonNode element : node) {
      if (element.isString()) {
        flags.add(Flag.named(element.asString()));
      } else {
        rest |= element.asLong();
      }
    }
    return new Value.Flags(flags, rest);
  }

  private static Value.Struct struct(Map.Entry<String, JsonNode> struct) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : struct.getValue().properties()) {
      fields.put(field.getKey(), read(field.getValue()));
    }
    return new Value.Struct(constant(StructType.class, struct.getKey()), fields);
  }

  private static Value.Capabilities capabilities(Map.Entry<String, JsonNode> change) {
    return new Value.Capabilities(
        constant(Value.CapabilityChange.class, change.getKey()),
        change.getValue().valueStream().map(name -> Capability.valueOf(name.asString())).toList());
  }
}
