package org.pivotroot.tck.images.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.images.archive.Absent;
import org.pivotroot.tck.images.archive.ArchiveException;
import org.pivotroot.tck.images.archive.ArchivePackage;

class UserlandTest {
  private static ArchivePackage named(String name, String version, String depends) {
    return new ArchivePackage(
        "suite", name, version, "amd64", name, depends, "", "", name + ".deb", 1, "0".repeat(64));
  }

  private static Function<String, Optional<ArchivePackage>> index(ArchivePackage... packages) {
    Map<String, ArchivePackage> byName =
        Stream.of(packages).collect(Collectors.toMap(ArchivePackage::name, one -> one));
    return name -> Optional.ofNullable(byName.get(name));
  }

  @Test
  void closureTakesWhatIsNeededAndNotWhatIsLeftOut() {
    var index =
        index(
            named("shell", "1", "libc, base (>= 2), debconf | debconf-2.0"),
            named("libc", "1", "shell"),
            named("base", "2", "perl"),
            named("debconf", "1", "perl"),
            named("perl", "1", ""));
    assertThat(Userland.closure(List.of("shell"), Set.of("base", "debconf"), index))
        .containsOnlyKeys("shell", "libc");
  }

  @Test
  void closureTakesTheFirstAlternativeThatFits() {
    var index =
        index(
            named("shell", "1", "absent | libc (>= 3) | libc6 (>= 3)"),
            named("libc", "2", ""),
            named("libc6", "3", ""));
    assertThat(Userland.closure(List.of("shell"), Set.of(), index))
        .containsOnlyKeys("shell", "libc6");
  }

  @Test
  void needThatNothingMeetsIsAnError() {
    assertThatThrownBy(
            () -> Userland.closure(List.of("a"), Set.of(), index(named("a", "1", "b | c"))))
        .isInstanceOf(GuestImageException.class)
        .hasMessageContaining("a 1 needs b or c")
        .hasMessageContaining("LEFT_OUT");
    assertThatThrownBy(() -> Userland.closure(List.of("a"), Set.of(), index()))
        .isInstanceOf(GuestImageException.class)
        .hasMessageContaining("no package a");
  }

  @Test
  void unpackingLeavesOutFilesAndFollowsTheMergedUsr(@TempDir Path directory) throws IOException {
    Path deb = directory.resolve("x.deb");
    try (ArArchiveOutputStream ar = new ArArchiveOutputStream(Files.newOutputStream(deb))) {
      byte[] data = data();
      ar.putArchiveEntry(new ArArchiveEntry("data.tar", data.length));
      ar.write(data);
      ar.closeArchiveEntry();
    }
    Tree tree = new Tree();
    Userland.lay(tree);
    Userland.unpack(deb, tree);
    assertThat(tree.nodes())
        .containsKeys("usr/bin/ls", "usr/bin/dir", "usr/bin/ll")
        .doesNotContainKeys("usr/share/doc/x", "usr/bin/md5sum", "usr/share", "var");
    assertThat(tree.nodes().get("usr/bin/ls").mode()).isEqualTo(0104755);
    assertThat(tree.nodes().get("usr/bin/dir")).isEqualTo(tree.nodes().get("usr/bin/ls"));
    assertThat(tree.nodes().get("usr/bin/ll")).isEqualTo(new Node.Link("ls"));
  }

  private static byte[] data() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      for (String name : List.of("./usr/share/doc/x", "./bin/ls", "./usr/bin/md5sum")) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(04755);
        entry.setSize(4);
        tar.putArchiveEntry(entry);
        tar.write("text".getBytes(StandardCharsets.UTF_8));
        tar.closeArchiveEntry();
      }
      TarArchiveEntry hard = new TarArchiveEntry("./usr/bin/dir", TarConstants.LF_LINK);
      hard.setLinkName("./bin/ls");
      tar.putArchiveEntry(hard);
      tar.closeArchiveEntry();
      TarArchiveEntry soft = new TarArchiveEntry("./usr/bin/ll", TarConstants.LF_SYMLINK);
      soft.setLinkName("ls");
      tar.putArchiveEntry(soft);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static final UserlandLock OLD =
      UserlandLock.of(List.of(named("libc", "1", ""), named("bash", "5", "")));
  private static final UserlandLock NEW =
      UserlandLock.of(List.of(named("libc", "2", ""), named("bash", "5", "")));

  @Test
  void lockedPackagesAreTaken() {
    List<String> said = new ArrayList<>();
    var fetched = OLD.fetch(one -> Path.of(one.name() + one.version()), () -> NEW, said::add);
    assertThat(fetched.lock()).isEqualTo(OLD);
    assertThat(fetched.debs()).containsExactly(Path.of("bash5"), Path.of("libc1"));
    assertThat(said).isEmpty();
  }

  @Test
  void lockedPackageThatIsGoneMeansTheNewestAndIsSaid() {
    List<String> said = new ArrayList<>();
    var fetched =
        OLD.fetch(
            one -> {
              if (one.version().equals("1")) {
                throw Absent.exception("no libc 1");
              }
              return Path.of(one.name() + one.version());
            },
            () -> NEW,
            said::add);
    assertThat(fetched.lock()).isEqualTo(NEW);
    assertThat(fetched.debs()).containsExactly(Path.of("bash5"), Path.of("libc2"));
    assertThat(said)
        .singleElement()
        .asString()
        .contains("no libc 1", "instead: libc 2")
        .doesNotContain("bash 5");
  }

  @Test
  void otherTroubleIsNotHiddenByTheFallBack() {
    assertThatThrownBy(
            () ->
                OLD.fetch(
                    one -> {
                      throw new ArchiveException("checksum");
                    },
                    () -> NEW,
                    line -> {}))
        .isInstanceOf(ArchiveException.class)
        .hasMessage("checksum");
  }

  @Test
  void lockFileIsReadAsItWasWritten(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("lock.json");
    UserlandLock committed = UserlandLock.committed();
    committed.write(file);
    assertThat(committed.packages())
        .extracting(UserlandLock.Entry::name)
        .containsAll(Userland.WANTED)
        .doesNotContainAnyElementsOf(Userland.LEFT_OUT)
        .isSorted();
    assertThat(Files.readString(file)).doesNotContain("://");
    assertThat(file).hasSameTextualContentAs(Path.of("userland.lock.json"));
  }
}
