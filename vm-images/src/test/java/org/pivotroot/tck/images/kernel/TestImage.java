package org.pivotroot.tck.images.kernel;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Makes what looks like a bzImage to whoever reads only its setup header. */
final class TestImage {
  private TestImage() {}

  static byte[] of(String release, String version) {
    return withBanner(release + " (builder@host) " + version);
  }

  static byte[] withBanner(String banner) {
    ByteBuffer image = ByteBuffer.allocate(0x8000).order(ByteOrder.LITTLE_ENDIAN);
    image.put(0x202, "HdrS".getBytes(US_ASCII));
    image.putShort(0x20e, (short) 0x3000);
    image.put(0x3200, banner.getBytes(US_ASCII));
    return image.array();
  }
}
