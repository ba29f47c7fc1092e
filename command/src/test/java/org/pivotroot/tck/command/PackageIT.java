package org.pivotroot.tck.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.images.archive.Cache;

/** The packages, unpacked where there is no checkout. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PackageIT {
  @TempDir Path scratch;

  private Path unpacked(String glob, String... command) throws IOException, InterruptedException {
    Path root = Files.createDirectory(scratch.resolve("root"));
    List<String> words = new ArrayList<>(List.of(command));
    try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("target"), glob)) {
      List<Path> packages = new ArrayList<>();
      found.forEach(packages::add);
      assumeTrue(packages.size() == 1, "there is one package only if packages.skip is not set");
      words.add(packages.get(0).toAbsolutePath().toString());
    }
    Process unpacking = new ProcessBuilder(words).directory(root.toFile()).inheritIO().start();
    assertThat(unpacking.waitFor()).isZero();
    return root;
  }

  private Path deb() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "dpkg-deb is missing");
    return unpacked("*.deb", "sh", "-c", "dpkg-deb -x \"$0\" .");
  }

  private Program program(Path path) throws IOException {
    Path home = Files.createDirectory(scratch.resolve("home"));
    return new Program(
        List.of(path.toString()),
        home,
        Map.of(
            "HOME",
            home.toString(),
            "XDG_CACHE_HOME",
            "",
            "XDG_STATE_HOME",
            "",
            "TCK_CACHE",
            Cache.ofHost().directory().toString()),
        Files.createDirectory(scratch.resolve("of-processes")));
  }

  private static Set<String> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.map(file -> root.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void installedItRunsWithoutTheCheckoutAndWritesToTheUsersState() throws Exception {
    Path root = deb();
    Set<String> installed = files(root);
    Program tck = program(root.resolve("usr/bin/tck"));
    Program.Ended run = tck.run("run", "--kernel", "7.3", "--claim", "cwd-at-old-root-moves");
    assertThat(run.error()).isEmpty();
    assertThat(run.output()).contains("all as on record");
    assertThat(run.status()).isZero();
    assertThat(tck.run("report").status()).isZero();
    assertThat(tck.folder().resolve(".local/state/pivot-root-tck"))
        .isDirectoryContaining("glob:**/results")
        .isDirectoryContaining("glob:**/site");
    assertThat(files(root)).isEqualTo(installed);
  }

  @Test
  void whatADebianSystemWantsIsWhereItWantsIt() throws Exception {
    assertThat(files(deb()))
        .contains(
            "usr/bin/tck",
            "usr/share/man/man1/tck.1.gz",
            "usr/share/man/man1/tck-run.1.gz",
            "usr/share/bash-completion/completions/tck",
            "usr/share/zsh/vendor-completions/_tck",
            "usr/share/fish/vendor_completions.d/tck.fish",
            "usr/share/doc/pivot-root-tck/changelog.gz",
            "usr/share/doc/pivot-root-tck/copyright",
            "usr/share/pivot-root-tck/observed/targets.json");
  }

  @Test
  void theArchiveIsUnpackedAnywhere() throws Exception {
    Path root = unpacked("pivot-root-tck-*.tar.gz", "tar", "-xzf");
    try (DirectoryStream<Path> top = Files.newDirectoryStream(root)) {
      Program tck = program(top.iterator().next().resolve("tck"));
      assertThat(tck.run("--version").output()).startsWith("tck 0.").contains("commit ");
      assertThat(tck.run("show", "cwd-at-old-root-moves", "--on", "7.3").output())
          .contains("S: pivot_root(\"/new\", \"/new/old\") = 0");
    }
  }
}
