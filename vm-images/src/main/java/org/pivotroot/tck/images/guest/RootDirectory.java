package org.pivotroot.tck.images.guest;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * The files of a container image in a directory of the host, for who brings up containers without a
 * daemon. They belong to whoever unpacked them; devices are left out.
 */
final class RootDirectory {
  private static final String MODE = "unix:mode";

  /** Within the folder that it is unpacked into. */
  static final String NAME = "root";

  private RootDirectory() {}

  @FunctionalInterface
  private interface Visitor {
    void visit(TarArchiveEntry entry, InputStream content) throws IOException;
  }

  /** Names of the regular files that {@link #unpack} makes. */
  static List<String> files(Path containerImage) throws IOException {
    List<String> names = new ArrayList<>();
    forEach(
        containerImage,
        (entry, content) -> {
          if (isRegular(entry)) {
            names.add(NAME + "/" + entry.getName());
          }
        });
    return names;
  }

  /** Unpacks the layers of an archive that {@code docker load} takes. */
  static void unpack(Path containerImage, Path folder) throws IOException {
    Path root = Files.createDirectory(folder.resolve(NAME));
    forEach(containerImage, (entry, content) -> put(entry, content, root));
    Files.setAttribute(root, MODE, 0755);
  }

  private static void put(TarArchiveEntry entry, InputStream content, Path root)
      throws IOException {
    Path place = root.resolve(entry.getName());
    if (entry.isDirectory()) {
      Files.createDirectories(place);
      Files.setAttribute(place, MODE, entry.getMode() & 07777);
    } else if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(place, Path.of(entry.getLinkName()));
    } else if (isRegular(entry)) {
      Files.copy(content, place);
      Files.setAttribute(place, MODE, entry.getMode() & 07777);
    }
  }

  /** The library's own word for it takes symbolic links and devices for files. */
  private static boolean isRegular(TarArchiveEntry entry) {
    return entry.getLinkFlag() == TarConstants.LF_NORMAL;
  }

  private static void forEach(Path containerImage, Visitor visitor) throws IOException {
    try (TarArchiveInputStream image = open(containerImage)) {
      for (TarArchiveEntry part = image.getNextEntry(); part != null; part = image.getNextEntry()) {
        if (part.getName().endsWith("/layer.tar")) {
          forEachOfLayer(image, visitor);
        }
      }
    }
  }

  private static TarArchiveInputStream open(Path file) throws IOException {
    return new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
  }

  private static void forEachOfLayer(InputStream in, Visitor visitor) throws IOException {
    TarArchiveInputStream layer = new TarArchiveInputStream(in);
    for (TarArchiveEntry entry = layer.getNextEntry();
        entry != null;
        entry = layer.getNextEntry()) {
      visitor.visit(entry, layer);
    }
  }
}
