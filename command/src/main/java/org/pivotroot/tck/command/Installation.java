package org.pivotroot.tck.command;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import org.pivotroot.tck.images.archive.Cache;

/**
 * Where the program is, and what belongs to it: a checkout, which {@code ./tck} names by the
 * property tck.home, or the folder of its jar, which a package or an archive filled and nobody
 * writes to.
 *
 * @param folder the checkout, or the folder of the jar
 * @param isCheckout which of them it is
 * @param state where an installed program keeps what it found
 */
record Installation(Path folder, boolean isCheckout, Path state) {
  private static final String REVISION = "Implementation-Revision";

  /** This program's. */
  static Installation ofHost() {
    Path state = state(System.getenv("XDG_STATE_HOME"), Cache.home());
    String home = System.getProperty("tck.home");
    if (home != null) {
      return new Installation(Path.of(home), true, state);
    }
    Path folder = jar().getParent();
    boolean installed = Files.isDirectory(folder.resolve("observed"));
    return new Installation(installed ? folder : Path.of("."), !installed, state);
  }

  /** As the XDG Base Directory Specification has it: what is not absolute does not count. */
  static Path state(String given, Path home) {
    return Optional.ofNullable(given)
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> home.resolve(".local/state"))
        .resolve("pivot-root-tck");
  }

  private static Path jar() {
    try {
      return Path.of(Tck.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The record. */
  Path observed() {
    return folder.resolve(isCheckout ? "reports/observed" : "observed");
  }

  /** What the last run saw. */
  Path results() {
    return output().resolve("results");
  }

  /** Where reports go. */
  Path output() {
    return isCheckout ? folder.resolve("reports/target") : state;
  }

  /**
   * The commit of the suite, with {@code -dirty} appended where it was changed: that of the
   * checkout, or that which the package was built from.
   */
  String commit() {
    try {
      return isCheckout ? described() : built();
    } catch (IOException e) {
      return "unknown"; // no git on this host
    }
  }

  private String described() throws IOException {
    Process git =
        new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12", "--match=-")
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return commit.isBlank() ? "unknown" : commit.strip();
  }

  /** What the manifest of the program's jar says; a build that knew none left something else. */
  private static String built() throws IOException {
    try (JarFile jar = new JarFile(jar().toFile())) {
      return Optional.ofNullable(jar.getManifest().getMainAttributes().getValue(REVISION))
          .filter(commit -> commit.matches("[0-9a-f]+(-dirty)?"))
          .orElse("unknown");
    }
  }
}
