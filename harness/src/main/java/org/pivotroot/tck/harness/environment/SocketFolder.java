package org.pivotroot.tck.harness.environment;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
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

  /** The kernel takes no address of more than 107 bytes; the folder's name takes 70. */
  private static final int LONGEST_PARENT = 30;

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
    Path wanted = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    return wanted.toString().length() > LONGEST_PARENT ? SHORT : wanted;
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
