package org.pivotroot.tck.images.guest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The files of a container image in a directory of the host, for who brings up containers without a
 * daemon. They belong to whoever unpacked them; devices are left out.
 */
final class RootDirectory {
  private RootDirectory() {}

  /** Unpacks the layers of an archive that {@code docker load} takes. */
  static void unpack(Path containerImage, Path directory) throws IOException {
    try (TarArchiveInputStream image = open(containerImage)) {
      for (TarArchiveEntry part = image.getNextEntry(); part != null; part = image.getNextEntry()) {
        if (part.getName().endsWith("/layer.tar")) {
          unpackLayer(image, directory);
        }
      }
    }
  }

  private static TarArchiveInputStream open(Path file) throws IOException {
    return new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
  }

  private static void unpackLayer(InputStream in, Path directory) throws IOException {
    TarArchiveInputStream layer = new TarArchiveInputStream(in);
    for (TarArchiveEntry entry = layer.getNextEntry();
        entry != null;
        entry = layer.getNextEntry()) {
      Path place = directory.resolve(entry.getName());
      if (entry.isDirectory()) {
        Files.createDirectories(place);
        Files.setAttribute(place, "unix:mode", entry.getMode() & 07777);
      } else if (entry.isSymbolicLink()) {
        Files.createSymbolicLink(place, Path.of(entry.getLinkName()));
      } else if (entry.isFile()) {
        Files.copy(layer, place);
        Files.setAttribute(place, "unix:mode", entry.getMode() & 07777);
      }
    }
  }
}
