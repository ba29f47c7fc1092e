package org.pivotroot.tck.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A trial in a container runs on the host's own kernel, and the host must not notice. */
@Timeout(300)
class HostUntouchedIT {
  @Test
  void aTrialInAContainerLeavesTheHostAsItWas() {
    ContainerTarget target = HostTargets.container();
    Host before = Host.now();
    try (Guest guest = HostTargets.start(target)) {
      ClaimLike.tryOn(guest);
      assertThat(Host.now()).as("while the guest runs").isEqualTo(before);
    }
    assertThat(Host.now()).as("afterwards").isEqualTo(before);
  }

  /**
   * What a trial could change if it got out.
   *
   * @param mounts lines of mountinfo, without those that Docker itself makes for its containers
   * @param root where this process's root leads
   * @param cwd where its working directory leads
   * @param namespace its mount namespace
   * @param files names in the root directory
   */
  private record Host(
      List<String> mounts, String root, String cwd, String namespace, List<String> files) {
    static Host now() {
      try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mountinfo"));
          Stream<Path> files = Files.list(Path.of("/"))) {
        return new Host(
            mounts.filter(line -> !line.contains("docker")).toList(),
            link("root"),
            link("cwd"),
            link("ns/mnt"),
            files.map(Path::toString).sorted().toList());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String link(String name) throws IOException {
      return Files.readSymbolicLink(Path.of("/proc/self", name)).toString();
    }
  }
}
