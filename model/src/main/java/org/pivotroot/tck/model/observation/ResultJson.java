package org.pivotroot.tck.model.observation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Result documents as JSON files: components in the order of the records, two blanks of
 * indentation, a newline at the end, UTF-8. Equal documents give equal bytes.
 */
public final class ResultJson {
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPrettyPrinter(
              new DefaultPrettyPrinter().withObjectIndenter(INDENTER).withArrayIndenter(INDENTER))
          .build();

  private ResultJson() {}

  /** The document's text. */
  public static String text(ResultDocument document) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
  }

  /**
   * The document that a text holds. Its shape is checked no further than the records need.
   *
   * @param origin where the text is from, for messages
   * @throws IOException if the text is no result document
   */
  public static ResultDocument parse(String text, String origin) throws IOException {
    try {
      return MAPPER.readValue(text, ResultDocument.class);
    } catch (JacksonException e) {
      throw new IOException(
          origin
              + " is not a result document: "
              + e.getOriginalMessage()
              + ". Delete it and run its kernel again, or take it from version control.",
          e);
    }
  }

  /**
   * Reads one document.
   *
   * @throws IOException if the file cannot be read or is no result document
   */
  public static ResultDocument read(Path file) throws IOException {
    return parse(Files.readString(file), file.toString());
  }

  /**
   * Writes a document as {@code <target>.json}, making the directory if need be. A document of that
   * name is replaced at once: no reader ever sees half of it.
   *
   * @return the file written
   */
  public static Path write(Path directory, ResultDocument document) throws IOException {
    Files.createDirectories(directory);
    Path file = directory.resolve(document.name() + ".json");
    Path fresh = directory.resolve("." + document.name() + ".json.new");
    Files.writeString(fresh, text(document), StandardCharsets.UTF_8);
    return Files.move(
        fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
