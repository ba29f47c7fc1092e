package org.pivotroot.tck.images.archive;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where the archive is, taken from properties or from the host's apt configuration, see
 * sources.list(5).
 *
 * @param main the address below which dists/ and pool/ of the main archive lie
 * @param security the same for the suites of security updates; empty where nothing tells
 */
record Addresses(URI main, Optional<URI> security) {
  private static final Set<String> SCHEMES = Set.of("http", "https", "file");
  private static final String RELEASE =
      "(?:old)*stable|testing|unstable|sid|experimental|bullseye|bookworm|trixie|forky|duke";
  private static final Pattern MAIN_SUITE = Pattern.compile("(?:" + RELEASE + ")(?:-updates)?");
  private static final Pattern SECURITY_SUITE = Pattern.compile("(?:" + RELEASE + ")-security");

  private record Source(URI address, String suite) {}

  /** The addresses from the properties tck.archive and tck.archive.security, else from apt. */
  static Addresses ofHost() {
    return of(
        Path.of("/etc/apt"),
        Optional.ofNullable(System.getProperty("tck.archive")),
        Optional.ofNullable(System.getProperty("tck.archive.security")));
  }

  static Addresses of(Path apt, Optional<String> givenMain, Optional<String> givenSecurity) {
    List<Source> sources = sources(apt);
    URI main =
        givenMain
            .map(text -> given("tck.archive", text))
            .or(() -> first(sources, MAIN_SUITE))
            .orElseThrow(
                () ->
                    new ArchiveException(
                        "no Debian archive is configured for apt in "
                            + apt
                            + " (sources.list, sources.list.d): name one with"
                            + " -Dtck.archive=ADDRESS, where ADDRESS is http, https or file and"
                            + " has the folders dists and pool"));
    Optional<URI> security =
        givenSecurity
            .map(text -> given("tck.archive.security", text))
            .or(() -> givenMain.isPresent() ? Optional.empty() : first(sources, SECURITY_SUITE))
            .or(() -> sibling(main));
    return new Addresses(main, security);
  }

  /** The address for a suite. */
  URI of(String suite) {
    if (!suite.endsWith("-security")) {
      return main;
    }
    return security.orElseThrow(
        () ->
            new ArchiveException(
                "no address is known for the suite "
                    + suite
                    + ": name one with -Dtck.archive.security=ADDRESS"));
  }

  private static URI given(String property, String text) {
    return usable(text)
        .orElseThrow(
            () ->
                new ArchiveException(
                    "-D"
                        + property
                        + "="
                        + text
                        + " cannot be used: give an address that begins with http:, https: or"
                        + " file:"));
  }

  private static Optional<URI> usable(String text) {
    try {
      URI address = new URI(text.endsWith("/") ? text : text + "/");
      return address.getScheme() != null
              && SCHEMES.contains(address.getScheme().toLowerCase(Locale.ROOT))
          ? Optional.of(address)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<URI> first(List<Source> sources, Pattern suite) {
    return sources.stream()
        .filter(source -> suite.matcher(source.suite()).matches())
        .map(Source::address)
        .findFirst();
  }

  /** Mirrors of Debian keep the security archive beside the main one. */
  private static Optional<URI> sibling(URI main) {
    return main.getPath().endsWith("/debian/")
        ? Optional.of(main.resolve("../debian-security/"))
        : Optional.empty();
  }

  private static List<Source> sources(Path apt) {
    List<Source> sources = new ArrayList<>();
    for (Path file : files(apt)) {
      try (BufferedReader reader = Files.newBufferedReader(file)) {
        if (file.toString().endsWith(".sources")) {
          Stanzas.forEach(
              reader,
              stanza -> {
                if (words(stanza.get("Types")).contains("deb")
                    && !stanza.getOrDefault("Enabled", "yes").equals("no")) {
                  add(
                      sources,
                      words(stanza.get("URIs")),
                      words(stanza.get("Suites")),
                      words(stanza.get("Components")));
                }
              });
        } else {
          reader.lines().forEach(line -> addLine(sources, line));
        }
      } catch (IOException | UncheckedIOException e) {
        throw new ArchiveException(
            "cannot read "
                + file
                + " to learn where the Debian archive is: name it with -Dtck.archive=ADDRESS",
            e);
      }
    }
    return sources;
  }

  private static List<Path> files(Path apt) {
    Path single = apt.resolve("sources.list");
    Path folder = apt.resolve("sources.list.d");
    List<Path> files = new ArrayList<>();
    if (Files.isRegularFile(single)) {
      files.add(single);
    }
    if (Files.isDirectory(folder)) {
      try (Stream<Path> entries = Files.list(folder)) {
        entries
            .filter(f -> f.toString().endsWith(".sources") || f.toString().endsWith(".list"))
            .sorted()
            .forEach(files::add);
      } catch (IOException e) {
        throw new ArchiveException("cannot list " + folder + ": " + e.getMessage(), e);
      }
    }
    return files;
  }

  private static void addLine(List<Source> sources, String line) {
    List<String> words = words(line.replaceFirst("#.*", "").replaceFirst("\\[[^\\]]*\\]", " "));
    if (words.size() > 3 && words.get(0).equals("deb")) {
      add(sources, words.subList(1, 2), words.subList(2, 3), words.subList(3, words.size()));
    }
  }

  private static void add(
      List<Source> sources, List<String> uris, List<String> suites, List<String> components) {
    if (!components.contains("main")) {
      return;
    }
    for (String uri : uris) {
      usable(uri)
          .ifPresent(address -> suites.forEach(suite -> sources.add(new Source(address, suite))));
    }
  }

  private static List<String> words(String text) {
    return text == null || text.isBlank() ? List.of() : Arrays.asList(text.strip().split("\\s+"));
  }
}
