package org.pivotroot.tck.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerTest {
  private static final Owner SELF = Owner.self();

  @Test
  void isFoundByItsText() {
    assertThat(Owner.named(SELF.text())).contains(SELF);
    assertThat(SELF.isGone()).isFalse();
  }

  @Test
  void whoHasItsProcessIdNowIsSomebodyElse() {
    assertThat(new Owner(SELF.boot(), SELF.namespace(), SELF.pid(), SELF.started() - 1).isGone())
        .isTrue();
  }

  @Test
  void aProcessThatHasEndedIsGone() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    assertThat(new Owner(SELF.boot(), SELF.namespace(), process.pid(), 1).isGone()).isTrue();
  }

  @Test
  void ofOtherHostsAndNamespacesNothingIsSaid() {
    assertThat(new Owner("00000000", SELF.namespace(), 1, 1).isGone()).isFalse();
    assertThat(new Owner(SELF.boot(), "1", 1, 1).isGone()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1.2.3", "ab.1.2.3.4", "../../etc"})
  void whatNamesNobodyIsNobodys(String text) {
    assertThat(Owner.named(text)).isEmpty();
  }

  @Test
  void foldersOfThoseWhoAreGoneAreSwept() throws IOException {
    SocketFolder own = new SocketFolder(Confinement.ofHost());
    Path parent = own.path().getParent();
    Owner gone = new Owner(SELF.boot(), SELF.namespace(), SELF.pid(), SELF.started() - 1);
    Path left = Files.createDirectory(parent.resolve("pivot-root-tck-" + gone.text() + "-1"));
    Files.createFile(left.resolve("monitor"));
    try {
      SocketFolder.sweep();
      assertThat(left).doesNotExist();
      assertThat(own.path()).exists();
    } finally {
      own.close();
    }
    assertThat(own.path()).doesNotExist();
  }

  @Test
  void noTemporaryFolderMakesTheAddressOfASocketTooLong() {
    String rest = "pivot-root-tck-" + SELF.text() + "-" + "9".repeat(20) + "/monitor";
    for (int length = 1; length < 120; length++) {
      Path wanted = Path.of("/" + "d".repeat(length));
      assertThat(SocketFolder.parent(wanted).resolve(rest).toString()).hasSizeLessThan(107);
    }
    assertThat(SocketFolder.parent(Path.of("/var/tmp"))).isEqualTo(Path.of("/var/tmp"));
  }
}
