package org.pivotroot.tck.images.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads files made of stanzas of fields, as deb822(5) describes them. */
final class Stanzas {
  private Stanzas() {}

  /** Hands over each stanza in turn, by field name in any case. */
  static void forEach(BufferedReader reader, Consumer<Map<String, String>> consumer)
      throws IOException {
    Map<String, String> stanza = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    String field = "";
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.isBlank()) {
        if (!stanza.isEmpty()) {
          consumer.accept(stanza);
          stanza = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        }
      } else if (Character.isWhitespace(line.charAt(0))) {
        stanza.merge(field, line.strip(), (before, more) -> before + "\n" + more);
      } else if (line.charAt(0) != '#') {
        int colon = line.indexOf(':');
        if (colon > 0) {
          field = line.substring(0, colon);
          stanza.put(field, line.substring(colon + 1).strip());
        }
      }
    }
    if (!stanza.isEmpty()) {
      consumer.accept(stanza);
    }
  }
}
