package org.pivotroot.tck.model.transcript;

import java.util.ArrayList;
import java.util.List;

/** A typed text taken apart where it is neither quoted nor in brackets. */
final class Words {
  private final String text;
  private final boolean byCommas;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private int depth;
  private char quote;
  private boolean escaped;

  private Words(String text, boolean byCommas) {
    this.text = text;
    this.byCommas = byCommas;
  }

  /** Between blanks, as a shell does. Quotes stay. */
  static List<String> byBlanks(String text) {
    return new Words(text, false).split();
  }

  /** Between commas. Quotes stay, blanks around a word do not. */
  static List<String> byCommas(String text) {
    return new Words(text, true).split();
  }

  private List<String> split() {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote == 0 && depth == 0 && (byCommas ? c == ',' : c == ' ' || c == '\t')) {
        end();
      } else {
        look(c);
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new SyntaxException("a quote " + quote + " is not closed: " + text);
    }
    if (depth != 0) {
      throw new SyntaxException("a bracket is not closed: " + text);
    }
    end();
    return words;
  }

  private void look(char c) {
    if (escaped) {
      escaped = false;
    } else if (quote == '"' && c == '\\') {
      escaped = true;
    } else if (quote != 0) {
      quote = c == quote ? 0 : quote;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if ("({[".indexOf(c) >= 0) {
      depth++;
    } else if (")}]".indexOf(c) >= 0) {
      depth--;
    }
  }

  private void end() {
    String done = byCommas ? word.toString().strip() : word.toString();
    if (!done.isEmpty()) {
      words.add(done);
    }
    word.setLength(0);
  }

  /** Where the bracket that is opened at the start of a text is closed; -1 for nowhere. */
  static int closing(String text) {
    Words reader = new Words(text, true);
    for (int i = 0; i < text.length(); i++) {
      reader.look(text.charAt(i));
      if (reader.depth == 0 && reader.quote == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Without the quotes around it or in it; a backslash between double quotes is as in C. */
  static String unquoted(String word) {
    StringBuilder plain = new StringBuilder();
    char open = 0;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (open == 0 && (c == '"' || c == '\'')) {
        open = c;
      } else if (c == open) {
        open = 0;
      } else if (open == '"' && c == '\\' && i + 1 < word.length()) {
        i++;
        plain.append(escape(word.charAt(i)));
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private static char escape(char letter) {
    return letter == 'n' ? '\n' : letter == 't' ? '\t' : letter;
  }
}
