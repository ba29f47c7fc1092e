package org.pivotroot.tck.reports.compare;

import java.util.List;
import org.pivotroot.tck.model.record.TargetRecord;
import org.pivotroot.tck.reports.store.Seen;

/** Two targets compared, as plain text for a mail or a cover letter. */
final class PairText {
  private static final int WIDTH = 72;

  /** What may be longer than a line is shown up to here. */
  private static final int LONGEST = 160;

  private final StringBuilder text = new StringBuilder();

  private PairText() {}

  /** Ends in a newline. */
  static String of(TargetRecord before, TargetRecord after, int tried, List<Change> changes) {
    PairText pair = new PairText();
    pair.target("A", before);
    pair.target("B", after);
    pair.text.append('\n');
    pair.wrapped(
        "",
        "Of "
            + tried
            + " claims of manual pages that were tried on both, "
            + (changes.isEmpty() ? "none differs." : changes.size() + " came out otherwise."));
    changes.forEach(pair::change);
    return pair.text.toString();
  }

  private void target(String letter, TargetRecord target) {
    text.append(letter).append(": ").append(target.name()).append('\n');
    wrapped("   ", target.target().kernel().release() + " " + target.target().kernel().version());
    wrapped("   ", "tried by pivot-root-tck " + target.suite().commit());
  }

  private void change(Change change) {
    text.append('\n').append(change.claim().page()).append(": ").append(change.claim().id());
    text.append('\n');
    wrapped("  ", change.claim().says());
    if (change.changesVerdict() || change.changesDecision()) {
      verdict("A", change.before());
      verdict("B", change.after());
    }
    change
        .facts()
        .forEach(
            fact -> wrapped("  ", fact.name() + ": A " + fact.before() + ", B " + fact.after()));
    if (!change.why().isEmpty()) {
      wrapped("  ", "Known: " + change.why());
    }
    for (SideBySide.Pair pair : change.transcripts()) {
      if (!pair.same()) {
        line("A", pair.left());
        line("B", pair.right());
      }
    }
  }

  private void verdict(String letter, Seen seen) {
    wrapped(
        "  ",
        letter
            + ": "
            + seen.verdict().word()
            + (seen.because().isEmpty() ? "" : ", " + shortened(seen.because())));
  }

  private void line(String letter, String call) {
    if (call != null) {
      text.append("    ").append(letter).append("> ").append(shortened(call)).append('\n');
    }
  }

  /**
   * A program that somebody gave to a shell is not for a mail; how it begins and what came of it.
   */
  private static String shortened(String call) {
    String line = call.replaceAll("\\s+", " ");
    return line.length() <= LONGEST
        ? line
        : line.substring(0, LONGEST / 2) + " ... " + line.substring(line.length() - LONGEST / 2);
  }

  private void wrapped(String indent, String words) {
    StringBuilder line = new StringBuilder(indent);
    for (String word : words.split("\\s+", -1)) {
      if (line.length() > indent.length() && line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(indent);
      }
      line.append(line.length() == indent.length() ? "" : " ").append(word);
    }
    text.append(line).append('\n');
  }
}
