package org.pivotroot.tck.reports.store;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The JSON Schemas that stored documents follow, those of the folder {@code schema}. */
final class Schemas {
  /** A schema. */
  enum Kind {
    /** What one target showed in a run. */
    RESULT("result"),
    /** What is on record of one claim. */
    CLAIM("record"),
    /** What the targets on record were. */
    TARGETS("targets");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String fileName() {
      return word + "-v2.schema.json";
    }

    private String id() {
      return "urn:pivot-root-tck:" + word + ":2";
    }
  }

  private static final SchemaRegistry REGISTRY = registry();

  private Schemas() {}

  private static SchemaRegistry registry() {
    Map<String, String> texts =
        Arrays.stream(Kind.values())
            .collect(Collectors.toMap(Kind::id, kind -> resource(kind.fileName())));
    return SchemaRegistry.withDefaultDialect(
        SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(texts));
  }

  private static String resource(String name) {
    try (InputStream in = Schemas.class.getResourceAsStream("/schema/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is wrong with a document.
   *
   * @return a line each: JSON pointer, then what is wrong there; empty for a valid document
   */
  static List<String> violations(Kind kind, String json) {
    JsonNode document;
    try {
      document = Json.MAPPER.readTree(json);
    } catch (JacksonException e) {
      return List.of(
          "line "
              + e.getLocation().getLineNr()
              + ": this is not JSON: "
              + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
    Schema schema = REGISTRY.getSchema(SchemaLocation.of(kind.id()));
    Function<com.networknt.schema.Error, String> line =
        error -> {
          String pointer = error.getInstanceLocation().toString();
          return (pointer.isEmpty() ? "/" : pointer) + ": " + error.getMessage();
        };
    return schema.validate(document).stream().map(line).sorted().distinct().toList();
  }
}
