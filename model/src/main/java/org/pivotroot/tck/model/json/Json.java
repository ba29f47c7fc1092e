package org.pivotroot.tck.model.json;

import java.io.IOException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON as this project writes it: components in the order of the records, two blanks of
 * indentation, what lies deep on one line, a newline at the end. Equal values give equal texts.
 */
public final class Json {
  /** For what is written on one line, and for reading. */
  public static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private Json() {}

  /** The text of a value, indented to a depth of so many levels. */
  public static String text(Object value, int levels) {
    return MAPPER.writer().with(new Printer(levels)).writeValueAsString(value) + "\n";
  }

  private static final class Printer extends DefaultPrettyPrinter {
    private static final long serialVersionUID = 1;

    private final int levels;

    Printer(int levels) {
      super(
          Separators.createDefaultInstance()
              .withObjectNameValueSpacing(Separators.Spacing.AFTER)
              .withObjectEmptySeparator("")
              .withArrayEmptySeparator(""));
      this.levels = levels;
      Indenter indenter = new Indentation(levels);
      indentObjectsWith(indenter);
      indentArraysWith(indenter);
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
      return new Printer(levels);
    }

    @Override
    public void writeEndObject(JsonGenerator json, int entries) {
      end(json, entries, '}');
    }

    @Override
    public void writeEndArray(JsonGenerator json, int entries) {
      end(json, entries, ']');
    }

    /** The bracket of what stands on one line stands there too. */
    private void end(JsonGenerator json, int entries, char bracket) {
      _nesting--;
      if (entries > 0 && _nesting < levels) {
        _objectIndenter.writeIndentation(json, _nesting);
      }
      json.writeRaw(bracket);
    }
  }

  private record Indentation(int levels) implements DefaultPrettyPrinter.Indenter {
    @Override
    public void writeIndentation(JsonGenerator json, int level) {
      if (level <= levels) {
        json.writeRaw("\n" + "  ".repeat(level));
      }
    }

    @Override
    public boolean isInline() {
      return false;
    }
  }

  /**
   * The value that a text holds.
   *
   * @param origin where the text is from, for messages
   * @throws IOException if it holds none of this type
   */
  public static <T> T parse(String text, Class<T> type, String origin) throws IOException {
    try {
      return MAPPER.readValue(text, type);
    } catch (JacksonException e) {
      throw new IOException(origin + " cannot be read: " + e.getOriginalMessage(), e);
    }
  }
}
