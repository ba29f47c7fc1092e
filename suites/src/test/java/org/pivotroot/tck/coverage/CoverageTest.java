package org.pivotroot.tck.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final Statement TILTS = statement("tilt() turns the table over");
  private static final Statement TILTS_SLOWLY = statement("tilt() slowly turns the table over");
  private static final Statement SLEEPS = statement("The cat sleeps");
  private static final Statement OLD = statement("All of this is old");

  private static final Scope.PageScope PAGE =
      new Scope.PageScope("tilt(2)", List.of(), "tables", false, "man2/tilt.2", "", List.of());
  private static final Scope SCOPE = new Scope(Map.of("NAME", "a title"), List.of(PAGE));
  private static final PageMap.Entry TESTED =
      new PageMap.Entry("NOTES", List.of("1", "2"), List.of("table-turns"), List.of(), null, null);
  private static final PageMap.Entry UNTESTABLE =
      new PageMap.Entry(
          "NOTES", List.of("1", "2"), List.of(), List.of(), "the guests have no cat", null);
  private static final PageMap.Entry HISTORY =
      new PageMap.Entry("NOTES", List.of("1"), List.of(), List.of(), null, "history");

  private static Statement statement(String text) {
    return new Statement("NOTES", "", text, false);
  }

  private static EditionText read(String version, Statement... statements) {
    return new EditionText.Read(edition(version), Map.of(PAGE.page(), List.of(statements)));
  }

  private static Edition edition(String version) {
    return new Edition("tables", version, "suite-" + version, List.of());
  }

  private static PageMap map(Map<Statement, PageMap.Entry> entries) {
    Map<String, PageMap.Entry> statements = new LinkedHashMap<>();
    entries.forEach((statement, entry) -> statements.put(statement.fingerprint(), entry));
    return new PageMap(PAGE.page(), statements, List.of());
  }

  private static WrittenClaims written(String... ids) {
    Map<String, WrittenClaims.Written> claims = new LinkedHashMap<>();
    for (String id : ids) {
      claims.put(id, new WrittenClaims.Written(PAGE.page(), "all"));
    }
    return new WrittenClaims(claims);
  }

  private static PageMap.Entry wants(String... claims) {
    return new PageMap.Entry("NOTES", List.of("1"), List.of(), List.of(claims), null, null);
  }

  private static Coverage measure(PageMap map, WrittenClaims written, EditionText... texts) {
    return Coverage.of(SCOPE, Map.of(PAGE.page(), map), List.of(texts), written, List.of());
  }

  @Test
  void countsByEdition() {
    Coverage coverage =
        measure(
            map(Map.of(TILTS, TESTED, SLEEPS, UNTESTABLE, OLD, HISTORY)),
            written("table-turns"),
            read("1", TILTS, SLEEPS, OLD),
            read("2", TILTS, SLEEPS));
    assertThat(coverage.problems()).isEmpty();
    assertThat(coverage.pages())
        .containsExactly(
            new Coverage.Numbers("tilt(2)", "tables 1", 1, 1, 1, 1, 0),
            new Coverage.Numbers("tilt(2)", "tables 2", 1, 1, 1, 0, 0));
    assertThat(CoverageTable.of(coverage))
        .contains("| tilt(2) | tables 1 | 1 | 1 | 100 % | 1 | 1 | 0 |\n");
  }

  @Test
  void aClaimThatIsNotWrittenCoversNothing() {
    Coverage coverage =
        measure(map(Map.of(TILTS, TESTED)), written(), read("1", TILTS), read("2", TILTS));
    assertThat(coverage.pages().get(0).covered()).isZero();
    assertThat(coverage.problems())
        .singleElement()
        .asString()
        .contains(TILTS.fingerprint(), "table-turns, which is not written");
  }

  @Test
  void aWantedClaimIsListedAndCoversNothing() {
    Coverage coverage =
        measure(map(Map.of(SLEEPS, wants("cat-sleeps"))), written(), read("1", SLEEPS));
    assertThat(coverage.problems()).isEmpty();
    assertThat(coverage.pages())
        .containsExactly(new Coverage.Numbers("tilt(2)", "tables 1", 0, 1, 0, 0, 0));
    assertThat(coverage.wanted())
        .containsExactly("tilt(2) " + SLEEPS.fingerprint() + " wants the claim cat-sleeps");
  }

  @Test
  void aClaimBesideAWantedOneDoesNotCoverYet() {
    PageMap.Entry half =
        new PageMap.Entry(
            "NOTES", List.of("1"), List.of("table-turns"), List.of("table-stays"), null, null);
    Coverage coverage = measure(map(Map.of(TILTS, half)), written("table-turns"), read("1", TILTS));
    assertThat(coverage.problems()).isEmpty();
    assertThat(coverage.pages().get(0).covered()).isZero();
    assertThat(coverage.wanted()).singleElement().asString().endsWith(" table-stays");
  }

  @Test
  void aWantedClaimThatIsWrittenIsAProblem() {
    PageMap.Entry entry =
        new PageMap.Entry(
            "NOTES", List.of("1"), List.of("cat-sleeps"), List.of("cat-sleeps"), null, null);
    Coverage coverage =
        measure(map(Map.of(SLEEPS, entry)), written("cat-sleeps"), read("1", SLEEPS));
    assertThat(coverage.wanted()).isEmpty();
    assertThat(coverage.problems())
        .singleElement()
        .asString()
        .contains(SLEEPS.fingerprint(), "cat-sleeps, which is written", "tilt.2.json");
  }

  @Test
  void aCompletePageMayWantNothing() {
    Scope.PageScope complete =
        new Scope.PageScope("tilt(2)", List.of(), "tables", true, "man2/tilt.2", "", List.of());
    Coverage coverage =
        Coverage.of(
            new Scope(Map.of(), List.of(complete)),
            Map.of(PAGE.page(), map(Map.of(SLEEPS, wants("cat-sleeps")))),
            List.of(read("1", SLEEPS)),
            written(),
            List.of());
    assertThat(coverage.problems())
        .singleElement()
        .asString()
        .contains("cat-sleeps", "all of tilt(2) must be covered");
  }

  @Test
  void aClaimThatNoStatementNamesIsAProblemUnlessNoPageMakesIt() {
    Map<String, WrittenClaims.Written> claims =
        Map.of(
            "table-turns", new WrittenClaims.Written("tilt(2)", "all"),
            "cat-jumps", new WrittenClaims.Written("tilt(2)", "all"),
            "cat-stays", new WrittenClaims.Written("tilt(2)", "none"),
            "elsewhere", new WrittenClaims.Written("lift(2)", "all"));
    Coverage coverage =
        measure(
            map(Map.of(TILTS, TESTED)),
            new WrittenClaims(claims),
            read("1", TILTS),
            read("2", TILTS));
    assertThat(coverage.problems()).singleElement().asString().contains("cat-jumps");
  }

  @Test
  void aNewEditionShowsWhatIsNewAndWhatIsReworded() {
    Coverage coverage =
        measure(
            map(Map.of(TILTS, TESTED)),
            written("table-turns"),
            read("1", TILTS),
            read("2", TILTS),
            read("3", TILTS_SLOWLY, SLEEPS));
    assertThat(coverage.unmapped())
        .extracting(Coverage.News::edition, Coverage.News::fingerprint, Coverage.News::nearest)
        .containsExactly(
            tuple("tables 3", TILTS_SLOWLY.fingerprint(), TILTS.fingerprint()),
            tuple("tables 3", SLEEPS.fingerprint(), ""));
    assertThat(coverage.pages().get(2).unmapped()).isEqualTo(2);
    assertThat(coverage.problems())
        .hasSize(2)
        .anyMatch(problem -> problem.contains(TILTS.fingerprint() + " reworded"))
        .anyMatch(problem -> problem.contains(SLEEPS.fingerprint() + " is new"));
  }

  @Test
  void aStatementThatNoEditionHasIsAProblem() {
    Coverage coverage =
        measure(
            map(Map.of(TILTS, TESTED, SLEEPS, UNTESTABLE)),
            written("table-turns"),
            read("1", TILTS),
            read("2", TILTS));
    assertThat(coverage.problems())
        .singleElement()
        .asString()
        .contains(SLEEPS.fingerprint(), "in no edition");
  }

  @Test
  void editionsThatAreSaidWrongAreAProblem() {
    Coverage coverage =
        measure(map(Map.of(TILTS, TESTED)), written("table-turns"), read("1", TILTS), read("2"));
    assertThat(coverage.problems()).singleElement().asString().contains("[1], not [1, 2]");
  }

  @Test
  void anEditionThatWasNotReadIsToldOfAndProvesNothing() {
    Coverage coverage =
        measure(
            map(Map.of(TILTS, TESTED)),
            written("table-turns"),
            read("1", TILTS),
            new EditionText.Unread(edition("2"), "no network"));
    assertThat(coverage.problems()).isEmpty();
    assertThat(coverage.unread()).containsExactly("tables 2 was not read: no network");
    assertThat(coverage.pages()).hasSize(1);
  }

  @Test
  void statementsWithoutPackageCountInTheirEdition() {
    PageMap map =
        new PageMap(
            PAGE.page(),
            Map.of(),
            List.of(
                new PageMap.Unpackaged("0.9", "The table turns", List.of("table-turns")),
                new PageMap.Unpackaged("0.9", "The cat jumps", List.of("cat-jumps"))));
    Coverage coverage = measure(map, written("table-turns"));
    assertThat(coverage.pages())
        .containsExactly(new Coverage.Numbers("tilt(2)", "tables 0.9", 1, 2, 0, 0, 0));
  }

  @Test
  void anUpdateKeepsMeaningsAndTakesInWhatIsNew() {
    Measurement measurement =
        new Measurement(
            SCOPE,
            Map.of(PAGE.page(), map(Map.of(TILTS, TESTED, OLD, HISTORY))),
            List.of(read("1", TILTS), read("2", SLEEPS, TILTS)),
            List.of());
    PageMap updated = measurement.updated(PAGE);
    assertThat(updated.statements().keySet())
        .containsExactly(SLEEPS.fingerprint(), TILTS.fingerprint());
    assertThat(updated.statements().get(TILTS.fingerprint())).isEqualTo(TESTED);
    assertThat(updated.meaning(SLEEPS.fingerprint())).isInstanceOf(Meaning.Unmapped.class);
  }

  @Test
  void aStatementHasOneMeaning() {
    assertThatThrownBy(
            () -> new PageMap.Entry("NOTES", List.of("1"), List.of("a"), List.of(), "no cat", null))
        .hasMessageContaining("more than one of");
    assertThatThrownBy(
            () ->
                new PageMap.Entry("NOTES", List.of("1"), List.of(), List.of("a"), null, "history"))
        .hasMessageContaining("more than one of");
  }

  @Test
  void partsOfAPageAreTakenInBySectionAndWords() {
    Scope.PageScope parts =
        new Scope.PageScope(
            "tilt(2)",
            List.of(),
            "tables",
            false,
            "man2/tilt.2",
            "",
            List.of(new Scope.Part("NOTES", "cat"), new Scope.Part("NAME", null)));
    assertThat(SCOPE.takesIn(parts, SLEEPS)).isTrue();
    assertThat(SCOPE.takesIn(parts, TILTS)).isFalse();
    assertThat(SCOPE.takesIn(parts, new Statement("NAME", "", "tilt", false))).isTrue();
    assertThat(SCOPE.takesIn(PAGE, new Statement("NAME", "", "tilt", false))).isFalse();
    assertThat(SCOPE.takesIn(PAGE, TILTS)).isTrue();
  }
}
