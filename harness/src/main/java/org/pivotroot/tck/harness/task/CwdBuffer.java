package org.pivotroot.tck.harness.task;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.pivotroot.tck.harness.wire.Returned;

/**
 * What the getcwd system call returned, and what it did to its buffer.
 *
 * @param returned the number it returned
 * @param path the bytes it wrote up to the first null byte
 * @param written how many bytes of the buffer it wrote, the null byte included
 */
public record CwdBuffer(long returned, String path, int written) {
  /** A byte that no path in UTF-8 contains. */
  private static final byte UNUSED = (byte) 0xff;

  static byte[] unused(int size) {
    byte[] buffer = new byte[size];
    Arrays.fill(buffer, UNUSED);
    return buffer;
  }

  static CwdBuffer of(Returned returned) {
    byte[] buffer = returned.memory().get(0);
    int written = buffer.length;
    while (written > 0 && buffer[written - 1] == UNUSED) {
      written--;
    }
    int end = 0;
    while (end < written && buffer[end] != 0) {
      end++;
    }
    String path = new String(buffer, 0, end, StandardCharsets.UTF_8);
    return new CwdBuffer(returned.value(), path, written);
  }

  @Override
  public String toString() {
    return returned + ", buf: " + Task.quoted(path) + ", " + written + " bytes written";
  }
}
