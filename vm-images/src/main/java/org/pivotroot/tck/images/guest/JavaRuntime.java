package org.pivotroot.tck.images.guest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.pivotroot.tck.images.archive.Sha256;

/**
 * The guest's Java runtime, linked from the JDK that runs this.
 *
 * @param home the JDK
 */
record JavaRuntime(Path home) {
  private static final String MODULES = "java.base,java.logging,jdk.unsupported";
  private static final long LONGEST_MINUTES = 5;

  /** The JDK that runs this. */
  static JavaRuntime ofHost() {
    return new JavaRuntime(Path.of(System.getProperty("java.home")));
  }

  /**
   * Says which JDK it is, by content.
   *
   * @throws GuestImageException if it has not got what linking needs
   */
  void describe(Inputs inputs) throws IOException {
    if (!Files.isExecutable(jlink()) || !Files.exists(base())) {
      throw new GuestImageException(
          "the JDK in "
              + home
              + " has no "
              + (Files.exists(base()) ? "bin/jlink" : "jmods/java.base.jmod")
              + ", of which the guest's Java runtime is made: install a full JDK (on Debian and"
              + " Ubuntu: apt-get install openjdk-"
              + Runtime.version().feature()
              + "-jdk-headless) and run with its JAVA_HOME");
    }
    inputs.add("jdk release", Files.readAllBytes(home.resolve("release")));
    inputs.add("java.base", Sha256.of(base()));
  }

  /** Links the runtime into a directory that does not exist yet. */
  void link(Path directory) throws IOException {
    run(
        directory.resolveSibling("jlink.log"),
        Path.of("/dev/null"),
        List.of(
            jlink().toString(),
            "--module-path",
            home.resolve("jmods").toString(),
            "--add-modules",
            MODULES,
            "--vm=server",
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            // Most classes come from the archive of shared ones: the rest may as well take less
            // of the guest's memory.
            "--compress=2",
            "--output",
            directory.toString()));
  }

  private Path jlink() {
    return home.resolve("bin/jlink");
  }

  private Path base() {
    return home.resolve("jmods/java.base.jmod");
  }

  /**
   * Runs a program that is to succeed.
   *
   * @param log where its output goes, which is shown when it fails
   * @param input its standard input
   */
  static void run(Path log, Path input, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(input.toFile())
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new GuestImageException(
            String.join(" ", command) + " did not end within " + LONGEST_MINUTES + " minutes");
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new GuestImageException("interrupted while running " + command.get(0), e);
    }
    if (process.exitValue() != 0) {
      throw new GuestImageException(
          String.join(" ", command)
              + " failed with status "
              + process.exitValue()
              + ": "
              + Files.readString(log, StandardCharsets.UTF_8).strip());
    }
  }
}
