package org.pivotroot.tck.images.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressesTest {
  @TempDir private Path apt;

  private void configure(String file, String text) throws IOException {
    Files.createDirectories(apt.resolve(file).getParent());
    Files.writeString(apt.resolve(file), text);
  }

  private Addresses read() {
    return Addresses.of(apt, Optional.empty(), Optional.empty());
  }

  @Test
  void readsStanzas() throws IOException {
    configure(
        "sources.list.d/debian.sources",
        """
        Types: deb deb-src
        # a remark
        URIs: http://mirror.test/debian
        Suites: bookworm bookworm-updates
        Components: main

        Types: deb
        URIs: http://mirror.test/security
        Suites: bookworm-security
        Components: main
        """);
    assertThat(read().of("sid")).isEqualTo(URI.create("http://mirror.test/debian/"));
    assertThat(read().of("sid-security")).isEqualTo(URI.create("http://mirror.test/security/"));
  }

  @Test
  void readsLinesAndPassesOverWhatIsNoDebianArchive() throws IOException {
    configure(
        "sources.list",
        """
        # deb http://commented.test/debian sid main
        deb cdrom:[Debian]/ bookworm main
        deb mirror+file:/etc/apt/mirrors.list bookworm main
        deb-src http://source.test/debian bookworm main
        deb http://vendor.test/debian bookworm stable
        deb http://vendor.test/repository bookworm-vendor main
        deb [arch=amd64 signed-by=/a] https://mirror.test/debian/ stable contrib main # home
        """);
    configure(
        "sources.list.d/a.sources",
        """
        Enabled: no
        Types: deb
        URIs: http://disabled.test/debian
        Suites: sid-security
        Components: main
        """);
    assertThat(read())
        .isEqualTo(
            new Addresses(
                URI.create("https://mirror.test/debian/"),
                Optional.of(URI.create("https://mirror.test/debian-security/"))));
  }

  @Test
  void tellsWhatToDoWhereOnlyUbuntuIsConfigured() throws IOException {
    configure("sources.list", "deb http://mirror.test/ubuntu noble main\n");
    assertThatExceptionOfType(ArchiveException.class)
        .isThrownBy(this::read)
        .withMessageContaining("-Dtck.archive=ADDRESS");
  }

  @Test
  void prefersTheProperties() throws IOException {
    configure("sources.list", "deb http://mirror.test/debian sid main\n");
    Addresses given =
        Addresses.of(apt, Optional.of("file:/srv/mirror"), Optional.of("http://other.test/s/"));
    assertThat(given.main()).isEqualTo(URI.create("file:/srv/mirror/"));
    assertThat(given.security()).contains(URI.create("http://other.test/s/"));
  }

  @Test
  void asksForTheSecurityArchiveOnlyWhenItIsNeeded() {
    Addresses given = Addresses.of(apt, Optional.of("file:/srv/mirror"), Optional.empty());
    assertThat(given.of("bullseye")).isEqualTo(given.main());
    assertThatExceptionOfType(ArchiveException.class)
        .isThrownBy(() -> given.of("bullseye-security"))
        .withMessageContaining("bullseye-security")
        .withMessageContaining("-Dtck.archive.security=ADDRESS");
  }

  @Test
  void refusesOtherSchemes() {
    assertThatExceptionOfType(ArchiveException.class)
        .isThrownBy(() -> Addresses.of(apt, Optional.of("ftp://a.test/debian"), Optional.empty()))
        .withMessageContaining("-Dtck.archive=ftp://a.test/debian cannot be used");
  }
}
