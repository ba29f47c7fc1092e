package org.pivotroot.tck.images.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.pivotroot.tck.images.archive.Deb;
import org.pivotroot.tck.images.archive.Rpm;
import org.pivotroot.tck.images.archive.Sha256;

/** A package with a kernel that somebody has given by path: a .deb or a .rpm. */
final class PackageFile {
  private static final String DEB_BEGINS = "!<arch>\n";

  private PackageFile() {}

  /** Whether a file is a package, by how it begins. */
  static boolean isOne(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return Rpm.isOne(file) || new String(in.readNBytes(8), ISO_8859_1).equals(DEB_BEGINS);
    } catch (IOException e) {
      throw new KernelException("cannot read " + file + " (" + e + ")", e);
    }
  }

  /** Told by the name of the package, for to look for the file takes seconds. */
  static Kind kind(Path packed) {
    String name = origin(packed).name();
    return name.equals("user-mode-linux")
        ? Kind.UML
        : name.equals("runsc") ? Kind.GVISOR : Kind.BZ_IMAGE;
  }

  /** Its name, version and checksum. */
  static KernelPackage origin(Path packed) {
    try {
      String sha256 = Sha256.of(packed);
      if (Rpm.isOne(packed)) {
        Rpm.Label label = Rpm.label(packed);
        return new KernelPackage(label.name(), label.version(), KernelPackage.LOCAL, sha256);
      }
      Map<String, String> control = Deb.control(packed);
      return new KernelPackage(
          control.getOrDefault("Package", ""),
          control.getOrDefault("Version", ""),
          KernelPackage.LOCAL,
          sha256);
    } catch (IOException e) {
      throw unreadable(packed, e);
    }
  }

  /** What is said of one that cannot be read. */
  static KernelException unreadable(Path packed, Exception e) {
    return new KernelException(packed + " cannot be read as a package: " + e.getMessage(), e);
  }
}
