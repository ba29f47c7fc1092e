package org.pivotroot.tck.coverage;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which statements of which pages are to be covered: the file scope.json.
 *
 * @param leftOut sections that are left out of every page, and why
 * @param pages the pages, in the order in which they are reported
 */
record Scope(Map<String, String> leftOut, List<PageScope> pages) {
  /** The file's name. */
  static final String FILE = "scope.json";

  Scope {
    leftOut = Map.copyOf(leftOut);
    pages = List.copyOf(pages);
  }

  /**
   * A page.
   *
   * @param page name and section as claims name it, such as {@code pivot_root(2)}
   * @param alsoNamed other names under which claims are filed that are made by this page
   * @param project whose page it is: {@code man-pages}, {@code util-linux} or {@code coreutils}
   * @param complete whether all that can be tested must be covered: no claim may be wanted
   * @param file where it lies in a package, without .gz
   * @param because why it is in scope, and what part of it
   * @param parts statements that any of them takes in are in scope; all are if there is none
   */
  record PageScope(
      String page,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> alsoNamed,
      String project,
      @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean complete,
      String file,
      String because,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Part> parts) {
    PageScope {
      alsoNamed = alsoNamed == null ? List.of() : List.copyOf(alsoNamed);
      parts = parts == null ? List.of() : List.copyOf(parts);
    }

    /** The name of the page's map, such as {@code pivot_root.2.json}. */
    String mapFile() {
      return Path.of(file).getFileName() + ".json";
    }

    /** Whether claims filed under a name are claims of this page. */
    boolean isNamed(String name) {
      return page.equals(name) || alsoNamed.contains(name);
    }
  }

  /**
   * A part of a page: statements in some sections that hold some words.
   *
   * @param sections regular expression that the whole of section or "section / subsection" must
   *     match; every section if absent
   * @param matching regular expression that must be found in tag and text; anything if absent
   */
  record Part(
      @JsonInclude(JsonInclude.Include.NON_NULL) String sections,
      @JsonInclude(JsonInclude.Include.NON_NULL) String matching) {
    boolean takesIn(Statement statement) {
      return (sections == null || statement.section().matches(sections))
          && (matching == null
              || Pattern.compile(matching)
                  .matcher(statement.tag() + " " + statement.text())
                  .find());
    }

    private boolean names(Statement statement) {
      return sections != null && statement.section().matches(sections);
    }
  }

  /** Reads the scope in a folder. */
  static Scope in(Path folder) {
    return Json.read(folder.resolve(FILE), Scope.class);
  }

  /** The page under which a claim is filed; empty if that is none of those in scope. */
  Optional<PageScope> page(String name) {
    return pages.stream().filter(page -> page.isNamed(name)).findFirst();
  }

  /**
   * Whether a statement is to be covered. A section that is left out of every page is taken in if a
   * part of the page names it.
   */
  boolean takesIn(PageScope page, Statement statement) {
    String section = statement.section().replaceFirst(" / .*", "");
    if (leftOut.containsKey(section)) {
      return page.parts().stream()
          .anyMatch(part -> part.names(statement) && part.takesIn(statement));
    }
    return page.parts().isEmpty()
        || page.parts().stream().anyMatch(part -> part.takesIn(statement));
  }
}
