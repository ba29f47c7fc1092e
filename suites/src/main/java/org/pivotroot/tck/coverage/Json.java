package org.pivotroot.tck.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** The committed files: components in the order of the records, two blanks of indentation. */
final class Json {
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(INDENTER))
          .build();

  private Json() {}

  /**
   * Reads a file.
   *
   * @throws CoverageException if it is not there or does not hold such a record
   */
  static <T> T read(Path file, Class<T> type) {
    try {
      return MAPPER.readValue(Files.readString(file), type);
    } catch (NoSuchFileException e) {
      throw new CoverageException(
          file + " is missing: take it from version control, or name its folder with --folder", e);
    } catch (IOException e) {
      throw new CoverageException("cannot read " + file + ": " + e.getMessage(), e);
    } catch (JacksonException e) {
      throw new CoverageException(
          file + " is not as it must be: " + e.getOriginalMessage() + "; see README.md beside it",
          e);
    }
  }

  /** Writes a file, and the folder that it is in. */
  static void write(Path file, Object content) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(
          file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
