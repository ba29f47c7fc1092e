package org.pivotroot.tck.coverage;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The escapes of groff(7) within a line of a page. */
final class Escapes {
  /** Stands where a font begins: a sentence may begin there with a lower-case name. */
  static final char FONT = '\u0001';

  /** Stands for a full stop that is followed by {@code \&} and so ends no sentence. */
  static final char NO_END = '\u0002';

  /** Stands at the end of text that is joined to the next line without a blank. */
  static final char JOINED = '\u0003';

  private static final Map<String, String> SPECIAL =
      Map.ofEntries(
          Map.entry("aq", "'"),
          Map.entry("cq", "'"),
          Map.entry("oq", "'"),
          Map.entry("ga", "`"),
          Map.entry("dq", "\""),
          Map.entry("lq", "\""),
          Map.entry("rq", "\""),
          Map.entry("Aq", "'"),
          Map.entry("rs", "\\"),
          Map.entry("bu", "•"),
          Map.entry("em", "—"),
          Map.entry("en", "–"),
          Map.entry("at", "@"),
          Map.entry("co", "©"),
          Map.entry("ha", "^"),
          Map.entry("ti", "~"),
          Map.entry("->", "->"),
          Map.entry("la", "<"),
          Map.entry("ra", ">"),
          Map.entry("mu", "x"),
          Map.entry("R", "®"));

  private static final Pattern ESCAPE =
      Pattern.compile(
          "\\\\(?:f(?:\\[(?<font>[^\\]]*)\\]|\\((?<font2>..)|(?<font1>.))"
              + "|s(?:\\[[^\\]]*\\]|[-+]?\\d)"
              + "|[hvwXDl]'[^']*'"
              + "|n(?:\\[[^\\]]*\\]|\\(..|.)"
              + "|\\*?\\[(?<name>[^\\]]*)\\]"
              + "|\\*?\\((?<name2>..)"
              + "|(?<one>.))");

  private Escapes() {}

  /**
   * Text without its escapes, with marks where fonts begin and sentences do not end.
   *
   * @throws CoverageException if there is a special character that is not known here
   */
  static String plain(String page, String raw) {
    StringBuilder plain = new StringBuilder();
    Matcher escape = ESCAPE.matcher(raw);
    int from = 0;
    while (escape.find()) {
      plain.append(raw, from, escape.start());
      plain.append(character(page, escape, raw));
      from = escape.end();
    }
    return plain.append(raw.substring(from)).toString();
  }

  private static String character(String page, Matcher escape, String raw) {
    if (escape.group("font1") != null) {
      return "PR".contains(escape.group("font1")) ? "" : String.valueOf(FONT);
    }
    if (escape.group("font") != null || escape.group("font2") != null) {
      return "";
    }
    String special = escape.group("name") != null ? escape.group("name") : escape.group("name2");
    if (special != null) {
      String known = SPECIAL.get(special);
      if (known == null) {
        throw new CoverageException(
            page
                + " uses the special character "
                + escape.group()
                + " ("
                + raw
                + "), which is not known: add it to Escapes");
      }
      return known;
    }
    return escape.group("one") == null ? "" : simple(escape.group("one"));
  }

  private static String simple(String one) {
    return switch (one) {
      case "-" -> "-";
      case "e", "\\" -> "\\";
      case "'" -> "'";
      case "`" -> "`";
      case "." -> ".";
      case "~", " ", "0" -> " ";
      case "&" -> String.valueOf(NO_END);
      case "c" -> String.valueOf(JOINED);
      default -> "";
    };
  }

  /** Text without those marks, on one line. */
  static String clean(String text) {
    return text.replaceAll("[\\x01\\x02\\x03]", "").replaceAll("\\s+", " ").strip();
  }
}
