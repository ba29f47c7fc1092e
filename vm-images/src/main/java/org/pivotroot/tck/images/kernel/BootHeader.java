package org.pivotroot.tck.images.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the setup header of an x86 kernel image says, see Documentation/arch/x86/boot.rst in the
 * kernel's source.
 */
final class BootHeader {
  private static final int MAGIC_AT = 0x202;
  private static final int VERSION_POINTER_AT = 0x20e;
  private static final int VERSION_BASE = 0x200;

  /** Setup code is at most 64 sectors and one of boot code. */
  private static final int SETUP_SIZE = 65 * 512;

  /** Release, who built it and where in parentheses, version. */
  private static final Pattern BANNER =
      Pattern.compile("((\\d+\\.\\d+)[\\w.+~:-]{0,56}) \\([ -~]*?\\) (#[ -~]*)");

  private BootHeader() {}

  /**
   * Reads the header of a file.
   *
   * @throws KernelException if the file is no bzImage
   */
  static Identity read(Path file) {
    byte[] setup;
    try (InputStream in = Files.newInputStream(file)) {
      setup = in.readNBytes(SETUP_SIZE);
    } catch (IOException e) {
      throw new KernelException(
          "cannot read " + file + " (" + e + "): give a readable bzImage or kernel .deb", e);
    }
    return parse(file, setup);
  }

  private static Identity parse(Path file, byte[] setup) {
    if (setup.length < VERSION_POINTER_AT + 2
        || !new String(setup, MAGIC_AT, 4, StandardCharsets.ISO_8859_1).equals("HdrS")) {
      throw notAnImage(file, "it has no \"HdrS\" at offset 0x202");
    }
    int pointer =
        Short.toUnsignedInt(
            ByteBuffer.wrap(setup).order(ByteOrder.LITTLE_ENDIAN).getShort(VERSION_POINTER_AT));
    int start = VERSION_BASE + pointer;
    int end = start;
    while (end < setup.length && setup[end] != 0) {
      end++;
    }
    if (pointer == 0 || end >= setup.length) {
      throw notAnImage(file, "its header points to no version text");
    }
    String banner = new String(setup, start, end - start, StandardCharsets.ISO_8859_1);
    Matcher matcher = BANNER.matcher(banner.strip());
    if (!matcher.matches()) {
      throw notAnImage(
          file,
          "its version text \""
              + banner.replaceAll("[^ -~]", "?")
              + "\" does not begin with a kernel release");
    }
    return new Identity(matcher.group(1), matcher.group(3), matcher.group(2));
  }

  private static KernelException notAnImage(Path file, String because) {
    return new KernelException(
        file
            + " is not a kernel image: "
            + because
            + ". Expected is an x86 bzImage (arch/x86/boot/bzImage in a build tree, vmlinuz-RELEASE"
            + " in /boot; not the ELF file vmlinux), a .deb or .rpm that holds one, or a build tree");
  }
}
