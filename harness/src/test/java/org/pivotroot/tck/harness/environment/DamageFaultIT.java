package org.pivotroot.tck.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pivotroot.tck.harness.agent.Agent;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.archive.Sha256;
import org.pivotroot.tck.images.guest.GuestImage;

/** One bit of what is booted or loaded is wrong: it is noticed before use, and made anew. */
@Timeout(300)
class DamageFaultIT {
  @TempDir Path directory;
  private Cache cache;
  private GuestImage sound;

  private static GuestImage build(Cache cache) {
    return GuestImage.build(
        cache, GuestProgram.files(), Agent.commandLine(), GuestProgram.rehearsal());
  }

  /** A cache of its own, with what the host's has of the guest. */
  @BeforeEach
  void copyTheCache() throws IOException {
    sound = build(Cache.ofHost());
    Path host = Cache.ofHost().directory();
    cache = new Cache(directory.resolve("a, cache 'of' \"mine\""));
    copy(host.resolve("debs"), cache.folder("debs"));
    Path image = sound.initramfs().getParent();
    copy(image, Files.createDirectories(cache.folder("guest").resolve(image.getFileName())));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  static void flipOneBit(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long middle = channel.size() / 2;
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, middle);
      one.put(0, (byte) (one.get(0) ^ 4));
      channel.write(one.rewind(), middle);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"initramfs.cpio", "container.tar"})
  void theGuestImage(String name) throws IOException {
    Path file =
        cache.folder("guest").resolve(sound.initramfs().getParent().getFileName()).resolve(name);
    flipOneBit(file);
    String damaged = Sha256.of(file);
    GuestImage again = build(cache);
    assertThat(again.sha256()).isEqualTo(sound.sha256());
    assertThat(Sha256.of(file)).isNotEqualTo(damaged);
    assertThat(build(cache)).as("a third time it is found").isEqualTo(again);
  }

  @Test
  void theWordOnKvm() throws IOException {
    Path known = cache.folder("accelerator").resolve("key");
    cache.make(known, List.of("word"), folder -> Files.writeString(folder.resolve("word"), "TCG"));
    Files.writeString(known.resolve("word"), "KVM");
    assertThat(Accelerator.remembered(known)).isEmpty();
  }
}
