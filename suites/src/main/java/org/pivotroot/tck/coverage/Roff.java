package org.pivotroot.tck.coverage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a page written with the macros of man(7) into statements. A macro or special character
 * that it does not know is an error: text must not get lost without anybody noticing.
 */
final class Roff {
  private static final Set<String> WITHOUT_TEXT =
      Set.of(
          "TH", "ad", "hy", "nh", "na", "ll", "in", "ti", "ne", "PD", "br", "fam", "ss", "ps", "nr",
          "it", "als", "mso", "ds", "ft", "UE", "ME", "UR", "MT", "tr", "\\", "bp", "ce");

  private static final Pattern BULLET =
      Pattern.compile("|[-*o•—–]|\\(?(?:\\d{1,2}|[a-z]|[ivx]+)[.)]|\\[\\d+\\]");
  private static final Pattern END =
      Pattern.compile(
          "(?<=[.?!])[)\"'\\]]*(?:(?<line>\\n)|\\s+(?=[\\x01(\"']*(?:\\x01|\\p{Lu})))\\s*");
  private static final Pattern ABBREVIATION =
      Pattern.compile(
          "(?s).*(?:^|[\\s(\\x01])(?:e\\.g|i\\.e|cf|vs|approx|resp|St|No)\\."
              + "|(?s).*[\\s\\x01(][\"']\\.{1,2}[\"']");

  private final String name;
  private final boolean asciidoctor;
  private final List<String> lines;
  private final List<Statement> statements = new ArrayList<>();
  private final Deque<String> outerTags = new ArrayDeque<>();
  private final StringBuilder paragraph = new StringBuilder();
  private String heading = "";
  private String subheading = "";
  private String tag = "";
  private int at;

  private Roff(String name, String source) {
    this.name = name;
    this.asciidoctor = source.contains("Generator: Asciidoctor");
    this.lines = source.lines().toList();
  }

  /**
   * The statements of a page, in its order.
   *
   * @param name what errors call the page
   * @param source the page as it is packaged, unpacked
   * @throws CoverageException if the page holds a macro or character that is not known here
   */
  static List<Statement> statements(String name, String source) {
    Roff roff = new Roff(name, source);
    roff.read();
    return List.copyOf(roff.statements);
  }

  private void read() {
    boolean afterText = false;
    while (at < lines.size()) {
      String line = next();
      if (isMacro(line)) {
        List<String> words = arguments(line.substring(1));
        if (!words.isEmpty()) {
          macro(words.get(0), words.subList(1, words.size()), line, afterText);
        }
        afterText = !paragraph.isEmpty() && !line.startsWith(".sp");
      } else if (line.isBlank()) {
        flush();
        afterText = false;
      } else {
        text(line);
        afterText = true;
      }
    }
    flush();
  }

  /** The next line, without its comment, joined to those after it that it is continued on. */
  private String next() {
    StringBuilder whole = new StringBuilder();
    while (true) {
      String line = lines.get(at++).replaceFirst("(?<!\\\\)\\\\[\"#].*", "");
      if (line.matches("(?s)(?:.*[^\\\\])?\\\\") && at < lines.size()) {
        whole.append(line, 0, line.length() - 1);
      } else {
        return whole.append(line).toString();
      }
    }
  }

  private static boolean isMacro(String line) {
    return line.startsWith(".") || line.startsWith("'");
  }

  private void macro(String macro, List<String> given, String line, boolean afterText) {
    switch (macro) {
      case "SH" -> {
        flush();
        heading = Escapes.clean(Escapes.plain(name, String.join(" ", given)));
        subheading = "";
        tag = "";
        outerTags.clear();
      }
      case "SS" -> {
        flush();
        subheading = Escapes.clean(Escapes.plain(name, String.join(" ", given)));
        tag = "";
        outerTags.clear();
      }
      case "PP", "P", "LP" -> {
        flush();
        tag = "";
      }
      case "HP", "sp" -> flush();
      case "TP" -> {
        flush();
        tag = tagLine();
      }
      case "TQ" -> {
        flush();
        tag = tag + ", " + tagLine();
      }
      case "IP" -> {
        flush();
        if (!given.isEmpty()) {
          String marker = Escapes.plain(name, given.get(0)).strip();
          tag = BULLET.matcher(marker).matches() ? "" : marker;
        }
      }
      case "RS" -> {
        if (asciidoctor && afterText && isTag(paragraph.toString())) {
          tag = Escapes.clean(paragraph.toString());
          paragraph.setLength(0);
        }
        flush();
        outerTags.push(tag);
        if (asciidoctor) {
          tag = "";
        }
      }
      case "RE" -> {
        flush();
        tag = asciidoctor || outerTags.isEmpty() ? "" : outerTags.peek();
        if (!outerTags.isEmpty()) {
          outerTags.pop();
        }
      }
      case "EX", "nf" -> example(macro.equals("EX") ? "EE" : "fi");
      case "EE", "fi" -> flush();
      case "TS" -> example("TE");
      case "if", "ie", "el" -> condition(given, line);
      case "de", "am" -> skipTo("..");
      default -> {
        if (!WITHOUT_TEXT.contains(macro)) {
          text(words(macro, given, line));
        }
      }
    }
  }

  /** What a macro prints that changes nothing but fonts, with the escapes still in it. */
  private String words(String macro, List<String> given, String line) {
    return switch (macro) {
      case "B", "I", "SM", "SB" -> Escapes.FONT + String.join(" ", given);
      case "BR", "RB", "BI", "IB", "IR", "RI" -> Escapes.FONT + String.join("", given);
      case "MR" ->
          Escapes.FONT
              + given.get(0)
              + "("
              + given.get(1)
              + ")"
              + (given.size() > 2 ? given.get(2) : "");
      case "URL", "MTO" -> String.join(" ", given.subList(Math.min(1, given.size()), given.size()));
      default ->
          throw new CoverageException(
              name
                  + " uses the macro ."
                  + macro
                  + " ("
                  + line
                  + "), which is not known: say in Roff what it prints");
    };
  }

  private String tagLine() {
    while (at < lines.size()) {
      String line = next();
      if (!isMacro(line)) {
        return Escapes.clean(Escapes.plain(name, line));
      }
      List<String> words = arguments(line.substring(1));
      if (!words.isEmpty() && !WITHOUT_TEXT.contains(words.get(0)) && !words.get(0).equals("PD")) {
        return Escapes.clean(
            Escapes.plain(name, words(words.get(0), words.subList(1, words.size()), line)));
      }
    }
    return "";
  }

  /** Generated pages indent what belongs to an item, and also what is quoted. */
  private static boolean isTag(String text) {
    return text.startsWith(String.valueOf(Escapes.FONT)) && !text.strip().matches("(?s).*[.:]");
  }

  private void example(String end) {
    flush();
    StringBuilder literal = new StringBuilder();
    while (at < lines.size()) {
      String line = next();
      if (isMacro(line)) {
        List<String> words = arguments(line.substring(1));
        String macro = words.isEmpty() ? "" : words.get(0);
        if (macro.equals(end)) {
          break;
        }
        if (macro.equals("SH") || macro.equals("SS")) {
          at--;
          break;
        }
        if (isFont(macro)) {
          literal
              .append(Escapes.plain(name, words(macro, words.subList(1, words.size()), line)))
              .append(' ');
        }
      } else {
        literal.append(Escapes.plain(name, line)).append(' ');
      }
    }
    String text = Escapes.clean(literal.toString());
    if (!text.isEmpty()) {
      statements.add(new Statement(section(), enclosingTag(), text, true));
    }
  }

  private static boolean isFont(String macro) {
    return Set.of("B", "I", "SM", "SB", "BR", "RB", "BI", "IB", "IR", "RI", "MR").contains(macro);
  }

  /** Conditions tell output devices apart, and in generated pages draw bullets and indent. */
  private void condition(List<String> given, String line) {
    if (line.contains("\\{")) {
      flush();
      int depth = 1;
      while (depth > 0 && at < lines.size()) {
        String inside = next();
        depth += count(inside, "\\{") - count(inside, "\\}");
      }
    } else if (given.size() > 1 && given.get(0).equals("n") && given.get(1).equals(".RS")) {
      flush();
      outerTags.push(tag);
    } else if (given.size() > 1 && given.get(0).equals("n") && given.get(1).equals(".RE")) {
      flush();
      tag = outerTags.isEmpty() ? "" : outerTags.pop();
    }
  }

  private static int count(String line, String part) {
    return (line.length() - line.replace(part, "").length()) / part.length();
  }

  private void skipTo(String end) {
    String line = "";
    while (at < lines.size() && !line.startsWith(end)) {
      line = next();
    }
  }

  private void text(String raw) {
    String plain = Escapes.plain(name, raw);
    boolean joins = plain.indexOf(Escapes.JOINED) >= 0;
    paragraph.append(plain.replace(String.valueOf(Escapes.JOINED), "").stripTrailing());
    paragraph.append(joins ? "" : "\n");
  }

  private void flush() {
    String text = paragraph.toString();
    paragraph.setLength(0);
    StringBuilder sentence = new StringBuilder();
    Matcher end = END.matcher(text);
    int from = 0;
    while (end.find()) {
      sentence.append(text, from, end.end());
      from = end.end();
      if (!ABBREVIATION.matcher(sentence.toString().stripTrailing()).matches()) {
        add(sentence);
      }
    }
    add(sentence.append(text.substring(from)));
  }

  private void add(StringBuilder sentence) {
    String text = Escapes.clean(sentence.toString());
    sentence.setLength(0);
    if (!text.isEmpty()) {
      statements.add(new Statement(section(), enclosingTag(), text, false));
    }
  }

  private String section() {
    return subheading.isEmpty() ? heading : heading + " / " + subheading;
  }

  private String enclosingTag() {
    Iterator<String> outer = outerTags.iterator();
    String nearest = tag;
    while (nearest.isEmpty() && outer.hasNext()) {
      nearest = outer.next();
    }
    return nearest;
  }

  /** Splits a line into words at blanks that are neither escaped nor within quotes. */
  private static List<String> arguments(String line) {
    List<String> words = new ArrayList<>();
    int i = 0;
    while (i < line.length()) {
      if (line.charAt(i) == ' ' || line.charAt(i) == '\t') {
        i++;
        continue;
      }
      StringBuilder word = new StringBuilder();
      boolean quoted = line.charAt(i) == '"';
      i += quoted ? 1 : 0;
      for (; i < line.length(); i++) {
        char c = line.charAt(i);
        if (quoted && c == '"') {
          if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
            i++;
          } else {
            i++;
            break;
          }
        } else if (!quoted && (c == ' ' || c == '\t')) {
          break;
        } else if (c == '\\' && i + 1 < line.length()) {
          word.append(c);
          i++;
          c = line.charAt(i);
        }
        word.append(c);
      }
      words.add(word.toString());
    }
    return words;
  }
}
