package org.pivotroot.tck.reports.reproduce;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Texts as C writes them. */
final class CText {
  private CText() {}

  /** A string literal. */
  static String literal(String text) {
    StringBuilder literal = new StringBuilder("\"");
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      switch (c) {
        case '"', '\\' -> literal.append('\\').append(c);
        case '\n' -> literal.append("\\n");
        case '\t' -> literal.append("\\t");
        default -> {
          if (c < ' ' || c > '~') {
            literal.append(String.format("\\%03o", (int) c));
          } else {
            literal.append(c);
          }
        }
      }
    }
    return literal.append('"').toString();
  }

  /** Strings up to a null pointer, as execve(2) takes them. */
  static String strings(List<String> texts) {
    return texts.stream()
        .map(text -> literal(text) + ", ")
        .collect(Collectors.joining("", "(char *[]){", "NULL}"));
  }

  /** A comment that ends with its line. */
  static String comment(String line) {
    String text = line.endsWith("\\") ? line + "." : line;
    return "// " + text;
  }
}
