package org.pivotroot.tck.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoffTest {
  private static List<Statement> statements(String... lines) {
    return Roff.statements("sample(7)", String.join("\n", lines));
  }

  private static List<String> split(String... lines) {
    return statements(lines).stream()
        .map(one -> one.section() + " | " + one.tag() + " | " + one.text())
        .toList();
  }

  @Test
  void aSentenceEndsWhereItsLineDoes() {
    assertThat(
            split(
                ".TH SAMPLE 7",
                ".\\\" a remark",
                ".SH DESCRIPTION",
                ".BR tilt ()",
                "turns the",
                ".I table",
                "over.",
                "tilt() is slow.",
                "It is heavy. Nobody minds,",
                "e.g. the cat."))
        .containsExactly(
            "DESCRIPTION |  | tilt() turns the table over.",
            "DESCRIPTION |  | tilt() is slow.",
            "DESCRIPTION |  | It is heavy.",
            "DESCRIPTION |  | Nobody minds, e.g. the cat.");
  }

  @Test
  void aNameOfOneOrTwoDotsEndsNoSentence() {
    assertThat(split(".SH NOTES", "The name", ".RI \\[dq] . \\[dq]", "stands for here."))
        .containsExactly("NOTES |  | The name \".\" stands for here.");
  }

  @Test
  void itemsKeepTheirTagAndBulletsHaveNone() {
    assertThat(
            split(
                ".SH ERRORS",
                ".TP",
                ".B ENOTABLE",
                "There is no table.",
                "It was sold.",
                ".TP",
                ".BR ECAT \" (since 2.1)\"",
                "The cat is in the way.",
                ".IP",
                "It sleeps.",
                ".PP",
                "No more.",
                ".IP \\[bu] 3",
                "A bullet.",
                ".IP 2.",
                "A number."))
        .containsExactly(
            "ERRORS | ENOTABLE | There is no table.",
            "ERRORS | ENOTABLE | It was sold.",
            "ERRORS | ECAT (since 2.1) | The cat is in the way.",
            "ERRORS | ECAT (since 2.1) | It sleeps.",
            "ERRORS |  | No more.",
            "ERRORS |  | A bullet.",
            "ERRORS |  | A number.");
  }

  @Test
  void indentedTextBelongsToItsItem() {
    assertThat(
            split(
                ".SH OPTIONS",
                ".TP",
                ".B \\-t",
                "Tilts.",
                ".RS",
                ".PP",
                "Gently.",
                ".RE",
                ".PP",
                "Done."))
        .containsExactly("OPTIONS | -t | Tilts.", "OPTIONS | -t | Gently.", "OPTIONS |  | Done.");
  }

  @Test
  void generatedPagesMarkItemsByIndentation() {
    assertThat(
            split(
                ".\\\" Generator: Asciidoctor 2",
                ".SH \"OPTIONS\"",
                ".sp",
                "\\fB\\-t\\fP, \\fB\\-\\-tilt\\fP=\\fIangle\\fP",
                ".RS 4",
                "Tilts by the angle. \\fBtilt\\fP is slow.",
                ".RE",
                ".sp",
                "Afterwards nothing stands:",
                ".RS 3",
                "a quotation",
                ".RE",
                ".sp",
                ".RS 4",
                ".ie n \\{\\",
                "\\h'-04'\\(bu\\h'+03'\\c",
                ".\\}",
                ".el \\{\\",
                ".  sp -1",
                ".\\}",
                "A bullet.",
                ".RE"))
        .containsExactly(
            "OPTIONS | -t, --tilt=angle | Tilts by the angle.",
            "OPTIONS | -t, --tilt=angle | tilt is slow.",
            "OPTIONS |  | Afterwards nothing stands:",
            "OPTIONS |  | a quotation",
            "OPTIONS |  | A bullet.");
  }

  @Test
  void anExampleIsOneStatement() {
    List<Statement> statements =
        statements(".SH EXAMPLES", "Thus:", ".EX", "$ tilt. Now.", "$ \\fBlift\\fP", ".EE");
    assertThat(statements)
        .containsExactly(
            new Statement("EXAMPLES", "", "Thus:", false),
            new Statement("EXAMPLES", "", "$ tilt. Now. $ lift", true));
  }

  @Test
  void subsectionsAreNamedWithTheirSection() {
    assertThat(split(".SH NOTES", ".SS \"On cats\"", "They sleep."))
        .containsExactly("NOTES / On cats |  | They sleep.");
  }

  @Test
  void whatIsNotKnownIsNotLost() {
    assertThatThrownBy(() -> split(".SH NOTES", ".XY important text"))
        .isInstanceOf(CoverageException.class)
        .hasMessageContaining("sample(7) uses the macro .XY");
    assertThatThrownBy(() -> split(".SH NOTES", "a \\[cat] b"))
        .isInstanceOf(CoverageException.class)
        .hasMessageContaining("\\[cat]");
  }
}
