package org.pivotroot.tck.reports.store;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schema that result documents follow, {@code schema/result-v1.schema.json}. */
public final class ResultSchema {
  private static final String RESOURCE = "/schema/result-v1.schema.json";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Schema schema;

  /** Loads the schema. */
  public ResultSchema() {
    try (InputStream in = ResultSchema.class.getResourceAsStream(RESOURCE)) {
      schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(MAPPER.readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is wrong with a document.
   *
   * @return a line each: JSON pointer, then what is wrong there; empty for a valid document
   */
  public List<String> violations(String json) {
    JsonNode document;
    try {
      document = MAPPER.readTree(json);
    } catch (JacksonException e) {
      return List.of(
          "line "
              + e.getLocation().getLineNr()
              + ": this is not JSON: "
              + e.getOriginalMessage().lines().findFirst().orElse(""));
    }
    return schema.validate(document).stream()
        .map(
            error -> {
              String pointer = error.getInstanceLocation().toString();
              return (pointer.isEmpty() ? "/" : pointer) + ": " + error.getMessage();
            })
        .sorted()
        .distinct()
        .toList();
  }
}
