package org.pivotroot.tck.images.archive;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One package named in a relationship field, as deb-control(5) describes it; architecture and
 * profile restrictions do not occur in the index and are passed over.
 *
 * @param name the package or virtual package
 * @param operator one of {@code <<}, {@code <=}, {@code =}, {@code >=}, {@code >>}
 * @param version the version that the operator speaks of; there if the operator is
 */
public record Relation(String name, Optional<String> operator, Optional<String> version) {
  private static final Pattern FORM =
      Pattern.compile(
          "([^\\s:(\\[<]+)(?::\\w+)?\\s*(?:\\(\\s*(<<|<=|=|>=|>>)\\s*([^)\\s]+)\\s*\\))?.*");

  /**
   * Reads a field: all elements of the list are needed, any of the alternatives in each will do.
   */
  static List<List<Relation>> parse(String field) {
    return Arrays.stream(field.split(",", -1))
        .map(String::strip)
        .filter(group -> !group.isEmpty())
        .map(Relation::alternatives)
        .toList();
  }

  private static List<Relation> alternatives(String group) {
    return Arrays.stream(group.split("\\|", -1)).map(Relation::one).toList();
  }

  private static Relation one(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new ArchiveException(
          "the package index has a relationship that deb-control(5) does not allow: \""
              + text
              + "\"");
    }
    return new Relation(
        matcher.group(1),
        Optional.ofNullable(matcher.group(2)),
        Optional.ofNullable(matcher.group(3)));
  }

  /** Whether a version of the named package is one that the relation speaks of. */
  public boolean admits(String candidate) {
    if (operator.isEmpty()) {
      return true;
    }
    int order = DebianVersion.of(candidate).compareTo(DebianVersion.of(version.orElseThrow()));
    return switch (operator.get()) {
      case "<<" -> order < 0;
      case "<=" -> order <= 0;
      case "=" -> order == 0;
      case ">=" -> order >= 0;
      default -> order > 0;
    };
  }
}
