package org.pivotroot.tck.coverage;

import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How much of the pages the claims cover, and what stands in the way of believing it.
 *
 * @param pages the numbers, by page and edition
 * @param unread editions that could not be read, with the reason
 * @param wanted claims that are not written yet, each with a statement that it is to try
 * @param notes what was not as expected, and is no error
 * @param unmapped statements that the maps do not know, with the mapped statement nearest to each
 * @param problems everything that makes the check fail, in sentences
 */
record Coverage(
    List<Numbers> pages,
    List<String> unread,
    List<String> wanted,
    List<String> notes,
    List<News> unmapped,
    List<String> problems) {

  /**
   * The numbers of one page in one edition.
   *
   * @param page name and section
   * @param edition such as {@code man-pages 6.03}
   * @param covered testable statements of which every claim that the map names is written, and none
   *     wanted
   * @param testable statements that claims try or are to try
   * @param untestable statements that cannot be tried
   * @param notBehaviour statements that do not say what happens
   * @param unmapped statements that the map does not know
   */
  record Numbers(
      String page,
      String edition,
      int covered,
      int testable,
      int untestable,
      int notBehaviour,
      int unmapped) {
    Numbers plus(Meaning meaning, Set<String> written) {
      return switch (Kind.of(meaning)) {
        case TESTABLE ->
            new Numbers(
                page,
                edition,
                covered + (((Meaning.Testable) meaning).isCovered(written) ? 1 : 0),
                testable + 1,
                untestable,
                notBehaviour,
                unmapped);
        case UNTESTABLE ->
            new Numbers(page, edition, covered, testable, untestable + 1, notBehaviour, unmapped);
        case NOT_BEHAVIOUR ->
            new Numbers(page, edition, covered, testable, untestable, notBehaviour + 1, unmapped);
        case UNMAPPED ->
            new Numbers(page, edition, covered, testable, untestable, notBehaviour, unmapped + 1);
      };
    }
  }

  /** The kinds of meaning, to switch over: Java 17 cannot switch over sealed types. */
  private enum Kind {
    TESTABLE,
    UNTESTABLE,
    NOT_BEHAVIOUR,
    UNMAPPED;

    static Kind of(Meaning meaning) {
      if (meaning instanceof Meaning.Testable) {
        return TESTABLE;
      }
      if (meaning instanceof Meaning.Untestable) {
        return UNTESTABLE;
      }
      return meaning instanceof Meaning.NotBehaviour ? NOT_BEHAVIOUR : UNMAPPED;
    }
  }

  /**
   * A statement that the map does not know.
   *
   * @param page name and section
   * @param edition the oldest edition that has it
   * @param section where it stands there
   * @param fingerprint of the statement
   * @param nearest fingerprint of the mapped statement whose wording is nearest; "" if none is near
   * @param likeness how near, from 0 to 1
   */
  record News(
      String page,
      String edition,
      String section,
      String fingerprint,
      String nearest,
      double likeness) {
    /** Whether it is a mapped statement in other words. */
    boolean reworded() {
      return !nearest.isEmpty();
    }
  }

  /** Less likeness than this, and a statement is new rather than reworded. */
  private static final double NEAR = 0.4;

  /**
   * Measures.
   *
   * @param maps by page
   * @param texts the editions, oldest first
   */
  static Coverage of(
      Scope scope,
      Map<String, PageMap> maps,
      List<EditionText> texts,
      WrittenClaims written,
      List<String> notes) {
    List<Numbers> numbers = new ArrayList<>();
    List<News> news = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Scope.PageScope page : scope.pages()) {
      Page measured = new Page(page, maps.get(page.page()), texts);
      numbers.addAll(measured.numbers(written.claims().keySet()));
      news.addAll(measured.news());
      measured.problems(problems);
    }
    for (News one : news) {
      problems.add(describe(one));
    }
    Map<String, String> named = new TreeMap<>();
    maps.values().forEach(map -> map.named().forEach(named::putIfAbsent));
    named.forEach(
        (claim, where) -> {
          if (!written.claims().containsKey(claim)) {
            problems.add(
                where + " is said to be tried by the claim " + claim + ", which is not written");
          }
        });
    written
        .claims()
        .forEach(
            (id, claim) -> {
              if (claim.isMadeByPage()
                  && scope.page(claim.page()).isPresent()
                  && !named.containsKey(id)) {
                problems.add(
                    "no statement of "
                        + claim.page()
                        + " is said to be tried by the claim "
                        + id
                        + ": name it in the map, or let it say editions = \""
                        + WrittenClaims.NO_EDITION
                        + "\" if no page makes it");
              }
            });
    List<String> wanted = new ArrayList<>();
    for (Scope.PageScope page : scope.pages()) {
      maps.get(page.page())
          .wanted()
          .forEach(
              (claim, where) -> {
                if (written.claims().containsKey(claim)) {
                  problems.add(
                      where
                          + " wants the claim "
                          + claim
                          + ", which is written: move it from wanted to claims in "
                          + page.mapFile());
                } else if (page.complete()) {
                  problems.add(
                      where
                          + " wants the claim "
                          + claim
                          + ", and all of "
                          + page.page()
                          + " must be covered: write it");
                } else {
                  wanted.add(where + " wants the claim " + claim);
                }
              });
    }
    List<String> unread =
        texts.stream()
            .filter(EditionText.Unread.class::isInstance)
            .map(EditionText.Unread.class::cast)
            .map(text -> text.edition().name() + " was not read: " + text.reason())
            .toList();
    return new Coverage(numbers, unread, wanted, notes, news, problems);
  }

  private static String describe(News one) {
    return one.page()
        + " of "
        + one.edition()
        + ", "
        + one.section()
        + ": statement "
        + one.fingerprint()
        + (one.reworded()
            ? " is " + one.nearest() + " reworded (" + percent(one.likeness()) + " alike)"
            : " is new")
        + " and not mapped; read it with \"coverage show "
        + one.fingerprint()
        + "\"";
  }

  private static String percent(double share) {
    return Math.round(100 * share) + " %";
  }

  /** One page over all editions. */
  private static final class Page {
    private final Scope.PageScope scope;
    private final PageMap map;
    private final Map<String, EditionText.Read> read = new LinkedHashMap<>();
    private final Set<String> unread;

    Page(Scope.PageScope scope, PageMap map, List<EditionText> texts) {
      this.scope = scope;
      this.map = map;
      List<EditionText> own =
          texts.stream().filter(text -> text.edition().project().equals(scope.project())).toList();
      for (EditionText text : own) {
        if (text instanceof EditionText.Read known) {
          read.put(text.edition().version(), known);
        }
      }
      unread =
          own.stream()
              .filter(EditionText.Unread.class::isInstance)
              .map(text -> text.edition().version())
              .collect(toCollection(LinkedHashSet::new));
    }

    /** The different statements of an edition, by fingerprint. */
    private Map<String, Statement> statements(EditionText.Read text) {
      Map<String, Statement> statements = new LinkedHashMap<>();
      text.pages()
          .getOrDefault(scope.page(), List.of())
          .forEach(statement -> statements.putIfAbsent(statement.fingerprint(), statement));
      return statements;
    }

    List<Numbers> numbers(Set<String> written) {
      Map<String, Numbers> numbers = new LinkedHashMap<>();
      for (PageMap.Unpackaged one : map.unpackaged()) {
        numbers.merge(
            one.edition(),
            none(one.edition()).plus(one.meaning(), written),
            (old, next) -> old.plus(one.meaning(), written));
      }
      read.forEach(
          (version, text) -> {
            Numbers sum = none(version);
            for (String fingerprint : statements(text).keySet()) {
              sum = sum.plus(map.meaning(fingerprint), written);
            }
            numbers.put(version, sum);
          });
      return List.copyOf(numbers.values());
    }

    private Numbers none(String version) {
      return new Numbers(scope.page(), scope.project() + " " + version, 0, 0, 0, 0, 0);
    }

    List<News> news() {
      Map<String, Statement> mapped = new LinkedHashMap<>();
      Map<String, Statement> unknown = new LinkedHashMap<>();
      Map<String, String> since = new LinkedHashMap<>();
      read.forEach(
          (version, text) ->
              statements(text)
                  .forEach(
                      (fingerprint, statement) -> {
                        if (map.meaning(fingerprint) instanceof Meaning.Unmapped) {
                          unknown.putIfAbsent(fingerprint, statement);
                          since.putIfAbsent(fingerprint, text.edition().name());
                        } else {
                          mapped.put(fingerprint, statement);
                        }
                      }));
      List<News> news = new ArrayList<>();
      unknown.forEach(
          (fingerprint, statement) -> {
            Map.Entry<String, Statement> nearest =
                mapped.entrySet().stream()
                    .max(Comparator.comparingDouble(e -> statement.likeness(e.getValue())))
                    .orElse(Map.entry("", statement));
            double likeness =
                nearest.getKey().isEmpty() ? 0 : statement.likeness(nearest.getValue());
            news.add(
                new News(
                    scope.page(),
                    since.get(fingerprint),
                    statement.section(),
                    fingerprint,
                    likeness < NEAR ? "" : nearest.getKey(),
                    likeness));
          });
      return news;
    }

    void problems(List<String> problems) {
      Map<String, List<String>> editions = new LinkedHashMap<>();
      read.forEach(
          (version, text) ->
              statements(text)
                  .keySet()
                  .forEach(
                      fingerprint ->
                          editions
                              .computeIfAbsent(fingerprint, key -> new ArrayList<>())
                              .add(version)));
      map.statements()
          .forEach(
              (fingerprint, entry) -> {
                List<String> has = editions.getOrDefault(fingerprint, List.of());
                List<String> said =
                    entry.editions().stream().filter(version -> !unread.contains(version)).toList();
                String where = scope.mapFile() + ": statement " + fingerprint;
                if (has.isEmpty() && (!said.isEmpty() || unread.isEmpty())) {
                  problems.add(
                      where
                          + " is in no edition that was read: remove it with \"coverage update\"");
                } else if (!has.equals(said)) {
                  problems.add(
                      where
                          + " is in the editions "
                          + has
                          + ", not "
                          + said
                          + ": put that right with \"coverage update\"");
                }
              });
    }
  }
}
