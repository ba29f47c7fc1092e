package org.pivotroot.tck.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.images.archive.Cache;

/** Machines of a user who is nobody, and of a file system that has no room for one. */
@Timeout(300)
class PrivilegeFaultIT {
  private static final List<String> NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  /** Copies between file systems, which have no links to each other. */
  private static final String LINK = "cp -rlT \"$0\" \"$1\" 2>/dev/null || cp -rT \"$0\" \"$1\"";

  @TempDir Path directory;
  private Path cache;
  private String classPath;

  /** A cache and classes that everybody may read, wherever the host's are. */
  @BeforeEach
  void copyWhatIsNeeded() throws IOException, InterruptedException {
    assumeTrue(Confinement.ofHost().otherUser(), "root alone can be others");
    HostTargets.start(HostTargets.vm()).close();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    cache = Files.createDirectory(directory.resolve("a cache"));
    for (String folder : List.of("debs", "guest", "kernels")) {
      String from = Cache.ofHost().folder(folder).toString();
      run("sh", "-c", LINK, from, cache.resolve(folder).toString());
    }
    Path classes = Files.createDirectory(directory.resolve("classes"));
    List<String> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (Files.exists(Path.of(entry))) {
        Path copy = classes.resolve(path.size() + "-" + Path.of(entry).getFileName());
        run("cp", "-rT", entry, copy.toString());
        path.add(copy.toString());
      }
    }
    run("chmod", "-R", "a+rX", classes.toString());
    classPath = String.join(File.pathSeparator, path);
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", List.of(command), output).isZero();
    return output;
  }

  /** What the program says that starts a machine twice, after words that start it as another. */
  private List<String> started(List<String> as) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(as);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath,
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
            MachineStarter.class.getName()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("TCK_CACHE", cache.toString());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.lines().toList();
  }

  @Test
  void nobodyBootsAndRestores() throws IOException, InterruptedException {
    // The files in it are links to the host's own.
    run("find", cache.toString(), "-type", "d", "-exec", "chown", "65534:65534", "{}", "+");
    assertThat(started(NOBODY)).hasSize(2).allMatch(line -> line.startsWith(HostTargets.SERIES));
  }

  @Test
  void aCacheThatMayNotBeWrittenToIsNamed() throws IOException, InterruptedException {
    assertThat(started(NOBODY).get(0))
        .startsWith("cannot write " + cache)
        .endsWith(": Permission denied.");
  }

  @Test
  void aFileSystemWithoutRoomForAMachineIsTheHosts() throws IOException, InterruptedException {
    String mount = "mount -t tmpfs -o size=100m none \"$0\" && exec \"$@\"";
    String snapshots = Files.createDirectory(cache.resolve("snapshots")).toString();
    assertThat(started(List.of("unshare", "--mount", "sh", "-c", mount, snapshots)).get(0))
        .startsWith("cannot save a booted machine as " + snapshots)
        .endsWith(": No space left on device.");
  }
}
