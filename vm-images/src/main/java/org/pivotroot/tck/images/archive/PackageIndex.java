package org.pivotroot.tck.images.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/** The packages of one suite's component main for amd64, as its verified index lists them. */
public final class PackageIndex {
  private final String suite;
  private final Map<String, List<ArchivePackage>> byName;

  private PackageIndex(String suite, Map<String, List<ArchivePackage>> byName) {
    this.suite = suite;
    this.byName = byName;
  }

  static PackageIndex parse(String suite, InputStream packagesXz) throws IOException {
    Map<String, List<ArchivePackage>> byName = new TreeMap<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new XZInputStream(packagesXz), StandardCharsets.UTF_8))) {
      Stanzas.forEach(
          reader,
          stanza ->
              byName
                  .computeIfAbsent(stanza.get("Package"), name -> new ArrayList<>(1))
                  .add(read(suite, stanza)));
    }
    return new PackageIndex(suite, byName);
  }

  private static ArchivePackage read(String suite, Map<String, String> stanza) {
    String name = stanza.get("Package");
    return new ArchivePackage(
        suite,
        name,
        stanza.get("Version"),
        stanza.get("Architecture"),
        stanza.getOrDefault("Source", name).replaceFirst(" .*", ""),
        stanza.getOrDefault("Depends", ""),
        stanza.getOrDefault("Pre-Depends", ""),
        stanza.getOrDefault("Provides", ""),
        stanza.get("Filename"),
        Long.parseLong(stanza.get("Size")),
        stanza.get("SHA256"));
  }

  /** The suite. */
  public String suite() {
    return suite;
  }

  /** All packages, by name. */
  public Stream<ArchivePackage> packages() {
    return byName.values().stream().flatMap(List::stream);
  }

  /** The packages whose whole names match, by name. */
  List<ArchivePackage> matching(Pattern names) {
    return byName.entrySet().stream()
        .filter(entry -> names.matcher(entry.getKey()).matches())
        .flatMap(entry -> entry.getValue().stream())
        .toList();
  }

  /** The packages of a name, which are several where the suite has several versions. */
  public List<ArchivePackage> named(String name) {
    return List.copyOf(byName.getOrDefault(name, List.of()));
  }

  /** The newest version of a package. */
  public Optional<ArchivePackage> newest(String name) {
    return named(name).stream()
        .max(Comparator.comparing(candidate -> DebianVersion.of(candidate.version())));
  }

  /** The packages that provide a name that is not their own, by name. */
  public List<ArchivePackage> providers(String name) {
    return packages()
        .filter(
            candidate ->
                candidate.provides().contains(name)
                    && candidate.provided().stream().anyMatch(p -> p.name().equals(name)))
        .toList();
  }
}
