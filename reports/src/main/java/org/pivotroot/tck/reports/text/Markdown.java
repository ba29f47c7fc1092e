package org.pivotroot.tck.reports.text;

import java.util.regex.Pattern;

/** Text within Markdown. */
public final class Markdown {
  private static final Pattern SPECIAL = Pattern.compile("[\\\\`*_\\[\\]<>|#]");

  private Markdown() {}

  /** Text that Markdown shows as it is, on one line. */
  public static String escape(String text) {
    return SPECIAL.matcher(text.replace('\n', ' ')).replaceAll("\\\\$0");
  }

  /** A fenced block, whose fence is longer than any within. */
  public static String block(Iterable<String> lines) {
    String text = String.join("\n", lines);
    String fence = "```";
    while (text.contains(fence)) {
      fence += "`";
    }
    return fence + "\n" + text + "\n" + fence;
  }
}
