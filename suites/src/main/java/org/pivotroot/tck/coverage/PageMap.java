package org.pivotroot.tck.coverage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the statements of one page are to the suite: a file such as pivot_root.2.json.
 *
 * @param page name and section
 * @param statements by fingerprint, in the order of the newest edition, older ones before
 * @param unpackaged statements of editions for which there is no package
 */
record PageMap(
    String page,
    Map<String, Entry> statements,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Unpackaged> unpackaged) {

  PageMap {
    unpackaged = unpackaged == null ? List.of() : List.copyOf(unpackaged);
  }

  /**
   * A statement. One of claims, untestable and notBehaviour is given; wanted may stand for claims
   * or beside them.
   *
   * @param section where the newest edition that has it has it
   * @param editions versions of the project's editions that have it, oldest first
   * @param claims ids of the claims that try it
   * @param wanted ids for claims that are to try it, and are not written yet
   * @param untestable why it cannot be tried
   * @param notBehaviour what it is, if it does not say what happens
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Entry(
      String section,
      List<String> editions,
      List<String> claims,
      List<String> wanted,
      String untestable,
      String notBehaviour) {
    Entry {
      claims = claims == null ? List.of() : List.copyOf(claims);
      wanted = wanted == null ? List.of() : List.copyOf(wanted);
      editions = editions == null ? List.of() : List.copyOf(editions);
      int given = (claims.isEmpty() && wanted.isEmpty() ? 0 : 1) + (untestable == null ? 0 : 1);
      if (given + (notBehaviour == null ? 0 : 1) > 1) {
        throw new IllegalArgumentException(
            "a statement in "
                + section
                + " has more than one of claims (or wanted), untestable, notBehaviour");
      }
    }

    /** What the statement is to the suite. */
    Meaning meaning() {
      if (!claims.isEmpty() || !wanted.isEmpty()) {
        return new Meaning.Testable(claims, wanted);
      }
      if (untestable != null) {
        return new Meaning.Untestable(untestable);
      }
      return notBehaviour == null ? new Meaning.Unmapped() : new Meaning.NotBehaviour(notBehaviour);
    }

    Entry at(String newSection, List<String> newEditions) {
      return new Entry(newSection, newEditions, claims, wanted, untestable, notBehaviour);
    }
  }

  /**
   * A statement of an edition that no suite packages any more.
   *
   * @param edition such as {@code 4.15}
   * @param says the statement in our own words
   * @param claims ids of the claims that try it
   */
  record Unpackaged(String edition, String says, List<String> claims) {
    Unpackaged {
      claims = List.copyOf(claims);
    }

    /** What the statement is to the suite. */
    Meaning meaning() {
      return new Meaning.Testable(claims, List.of());
    }
  }

  /** Reads the map of a page in a folder. */
  static PageMap in(Path folder, Scope.PageScope page) {
    return Json.read(folder.resolve(page.mapFile()), PageMap.class);
  }

  /** What a statement is to the suite. */
  Meaning meaning(String fingerprint) {
    Entry entry = statements.get(fingerprint);
    return entry == null ? new Meaning.Unmapped() : entry.meaning();
  }

  /** All claims that are wanted, with where first. */
  Map<String, String> wanted() {
    Map<String, String> wanted = new TreeMap<>();
    statements.forEach(
        (fingerprint, entry) ->
            entry.wanted().forEach(claim -> wanted.putIfAbsent(claim, page + " " + fingerprint)));
    return wanted;
  }

  /** All claims that are named, with where. */
  Map<String, String> named() {
    Map<String, String> named = new TreeMap<>();
    statements.forEach(
        (fingerprint, entry) ->
            entry.claims().forEach(claim -> named.putIfAbsent(claim, page + " " + fingerprint)));
    unpackaged.forEach(
        one -> one.claims().forEach(c -> named.putIfAbsent(c, page + " " + one.edition())));
    return named;
  }
}
