package org.pivotroot.tck.harness.environment;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.pivotroot.tck.images.archive.Cache;

/** Where the sockets between this JVM and one QEMU lie. Only these two may enter. */
final class SocketFolder implements AutoCloseable {
  private static final String PREFIX = "pivot-root-tck-";
  private static final Path SHORT = Path.of("/tmp");

  /** Bytes that Java takes for the name of a Unix domain socket: two less than {@code sun_path}. */
  private static final int LONGEST_ADDRESS = 106;

  /** What follows the name of this JVM: random digits, and a socket's name. */
  private static final String LONGEST_REST = "-" + Long.toUnsignedString(-1) + "/monitor";

  private final Path folder;
  private final Confinement confinement;

  /** An empty folder. */
  SocketFolder(Confinement confinement) throws IOException {
    this.confinement = confinement;
    folder =
        Files.createTempDirectory(
            parent(),
            PREFIX + Owner.self().text() + "-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    confinement.give(folder);
  }

  private static Path parent() {
    return parent(Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath());
  }

  /** The folder asked for, or another if a socket below it would have too long an address. */
  static Path parent(Path wanted) {
    String longest = wanted + "/" + PREFIX + Owner.self().text() + LONGEST_REST;
    return longest.getBytes(StandardCharsets.UTF_8).length > LONGEST_ADDRESS ? SHORT : wanted;
  }

  /** The folder itself. QEMU is started in it, as it may not reach the folders above. */
  Path path() {
    return folder;
  }

  /** Where a socket is, or will be when QEMU makes it. */
  Path socket(String name) {
    return folder.resolve(name);
  }

  /** A socket that QEMU can connect to. */
  ServerSocketChannel listen(String name) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      listener.bind(UnixDomainSocketAddress.of(socket(name)), 1);
      confinement.give(socket(name));
      return listener;
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    Cache.deleteTree(folder);
  }

  /** Removes the folders of runs that were killed. */
  static void sweep() {
    try (Stream<Path> all = Files.list(parent())) {
      for (Path each : (Iterable<Path>) all.filter(SocketFolder::isNobodys)::iterator) {
        Cache.deleteTree(each);
      }
    } catch (IOException e) {
      // somebody else's, or another run sweeps too: there is a next time
    }
  }

  private static boolean isNobodys(Path file) {
    String name = file.getFileName().toString();
    int end = name.lastIndexOf('-');
    return name.startsWith(PREFIX)
        && end > PREFIX.length()
        && Optional.of(name.substring(PREFIX.length(), end))
            .flatMap(Owner::named)
            .filter(Owner::isGone)
            .isPresent();
  }
}
