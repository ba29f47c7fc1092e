package org.pivotroot.tck.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StatementTest {
  private static Statement statement(String tag, String text) {
    return new Statement("NOTES", tag, text, false);
  }

  @Test
  void theFingerprintIsOnRecord() {
    assertThat(statement("ECAT", "The cat is in the way.").fingerprint())
        .isEqualTo("7945211262053185");
  }

  @Test
  void fontsCaseHyphensBlanksAndPunctuationDoNotCount() {
    Statement one = statement("", "The file-system \"/..\" is  the same; so is '.'.");
    Statement other = statement("", "the file system /.. is the same, so is \".\"");
    assertThat(one.words()).isEqualTo("the file system /.. is the same so is .");
    assertThat(one.fingerprint()).isEqualTo(other.fingerprint());
  }

  @Test
  void wordsNumbersAndTagCount() {
    Statement one = statement("ECAT", "It returns -1.");
    assertThat(one.fingerprint())
        .isNotEqualTo(statement("EDOG", "It returns -1.").fingerprint())
        .isNotEqualTo(statement("ECAT", "It returns 1.").fingerprint())
        .isNotEqualTo(statement("ECAT", "It never returns -1.").fingerprint());
  }

  @Test
  void theSectionDoesNotCount() {
    assertThat(new Statement("HISTORY", "", "It is old.", false).fingerprint())
        .isEqualTo(statement("", "It is old.").fingerprint());
  }

  @Test
  void likenessIsTheSharedPairsOfWords() {
    Statement one = statement("", "the cat sleeps");
    assertThat(one.likeness(one)).isEqualTo(1);
    assertThat(one.likeness(statement("", "dogs bark"))).isZero();
    // Of four pairs each, ^ the, the cat and eats $ or sleeps $ apart, two are the same.
    assertThat(one.likeness(statement("", "the cat eats"))).isCloseTo(0.5, within(1e-9));
  }
}
