package org.pivotroot.tck.images.guest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.pivotroot.tck.images.archive.Sha256;

/** All that an image is made from, as one checksum: by it a made image is found again. */
final class Inputs {
  private final MessageDigest digest = Sha256.digest();

  Inputs add(String name, byte[] part) {
    digest.update((name + '\0' + part.length + '\0').getBytes(StandardCharsets.UTF_8));
    digest.update(part);
    return this;
  }

  Inputs add(String name, String part) {
    return add(name, part.getBytes(StandardCharsets.UTF_8));
  }

  /** The checksum; nothing can be added after it. */
  String key() {
    return Sha256.hex(digest);
  }
}
