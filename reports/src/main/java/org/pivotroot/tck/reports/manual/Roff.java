package org.pivotroot.tck.reports.manual;

/** A manual page in the man(7) macros. Text given to it is escaped. */
final class Roff {
  private static final int WIDTH = 78;

  private final StringBuilder text = new StringBuilder();

  /** The title line of a page of section 7; the date may be empty. */
  Roff title(String name, String date) {
    text.append(".TH ").append(name).append(" 7 \"").append(date).append("\" pivot-root-tck\n");
    return this;
  }

  /** A macro with quoted arguments, such as {@code .SH "SEE ALSO"}. */
  Roff macro(String name, String... arguments) {
    text.append('.').append(name);
    for (String argument : arguments) {
      String escaped = escape(argument).replace("\"", "\\(dq");
      text.append(' ');
      text.append(escaped.contains(" ") || escaped.isEmpty() ? "\"" + escaped + "\"" : escaped);
    }
    text.append('\n');
    return this;
  }

  /** Filled text; each sentence starts a line, as man-pages(7) wants it. */
  Roff text(String paragraph) {
    for (String sentence : paragraph.strip().split("(?<=[.:;!?])\\s+", -1)) {
      StringBuilder line = new StringBuilder();
      for (String word : sentence.split("\\s+", -1)) {
        if (escape(line + word).length() >= WIDTH) {
          append(line.toString());
          line.setLength(0);
        }
        line.append(line.length() == 0 ? "" : " ").append(word);
      }
      append(line.toString());
    }
    return this;
  }

  private void append(String line) {
    String escaped = escape(line.stripTrailing());
    boolean control = escaped.startsWith(".") || escaped.startsWith("'");
    text.append(control ? "\\&" : "").append(escaped).append('\n');
  }

  private static String escape(String text) {
    return text.replace("\\", "\\e")
        .replace("-", "\\-")
        .replace("'", "\\(aq")
        .replace("^", "\\(ha")
        .replace("~", "\\(ti")
        .replace("`", "\\(ga")
        .replace("→", "\\->")
        .replace("\t", " ");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
