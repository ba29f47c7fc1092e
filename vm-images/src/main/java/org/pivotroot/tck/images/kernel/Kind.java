package org.pivotroot.tck.images.kernel;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What comes from the archive, is verified, locked and kept, and what is run of it. */
public enum Kind {
  /** A bzImage, for a virtual machine. */
  BZ_IMAGE(
      "series.json",
      KernelLock.FILE,
      "vmlinuz",
      "(?:\\./)?(?:boot/vmlinuz-[^/]+|(?:usr/)?lib/modules/[^/]+/vmlinuz)",
      "no kernel image: expected is boot/vmlinuz-RELEASE or usr/lib/modules/RELEASE/vmlinuz. From"
          + " 6.19 on Debian's linux-image packages only lead to linux-binary, which holds it"),
  /** User-mode Linux: a kernel that is a program. */
  UML(
      "uml.json",
      "uml.lock.json",
      "linux",
      "(?:\\./)?usr/bin/linux(?:\\.uml)?",
      "no user-mode Linux: expected is usr/bin/linux.uml or usr/bin/linux"),
  /** gVisor's runsc. */
  GVISOR(
      "gvisor.json",
      "gvisor.lock.json",
      "runsc",
      "(?:\\./)?usr/s?bin/runsc",
      "no gVisor: expected is usr/bin/runsc");

  /** Name of the resource that lists the series. */
  final String catalogue;

  /** Name of the lock file. */
  final String lock;

  /** Name of what is run, in the cache. */
  final String file;

  /** The names that it has in packages. */
  final Pattern inPackage;

  /** How to go on where a package has none. */
  final String expected;

  Kind(String catalogue, String lock, String file, String inPackage, String expected) {
    this.catalogue = catalogue;
    this.lock = lock;
    this.file = file;
    this.inPackage = Pattern.compile(inPackage);
    this.expected = expected;
  }

  /** The environment's word for it. */
  String word() {
    return this == BZ_IMAGE ? "vm" : name().toLowerCase(Locale.ROOT);
  }

  /**
   * What a file says that it is.
   *
   * @param origin the package that it is from
   * @throws KernelException if it is nothing of this kind
   */
  Identity identify(Path image, Optional<KernelPackage> origin) {
    return switch (this) {
      case BZ_IMAGE -> BootHeader.read(image);
      case UML -> UmlBanner.read(image);
      case GVISOR -> GvisorRelease.of(image, origin);
    };
  }
}
