package org.pivotroot.tck.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/** The smallest root that a kernel can be booted into: a static busybox that powers off. */
final class BareInitramfs {
  private static final String BUSYBOX = "usr/bin/busybox";
  private static final String INIT = "#!/busybox sh\nexec /busybox poweroff -f\n";

  private BareInitramfs() {}

  /** Writes it, with the busybox of a guest's initramfs. */
  static void write(Path guest, Path file) throws IOException {
    byte[] busybox = busybox(guest);
    try (OutputStream out = Files.newOutputStream(file);
        CpioArchiveOutputStream cpio = new CpioArchiveOutputStream(out)) {
      add(cpio, "busybox", busybox);
      add(cpio, "init", INIT.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private static byte[] busybox(Path guest) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(guest));
        CpioArchiveInputStream cpio = new CpioArchiveInputStream(in)) {
      for (CpioArchiveEntry entry = cpio.getNextEntry();
          entry != null;
          entry = cpio.getNextEntry()) {
        if (entry.getName().equals(BUSYBOX)) {
          return cpio.readAllBytes();
        }
      }
    }
    throw new BenchException(
        guest + " has no " + BUSYBOX + "; delete the folder that it is in, and it is made anew");
  }

  /** Adds a program. */
  static void add(CpioArchiveOutputStream cpio, String name, byte[] content) throws IOException {
    CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, name, content.length);
    entry.setMode(CpioConstants.C_ISREG | 0755);
    entry.setTime(0);
    cpio.putArchiveEntry(entry);
    cpio.write(content);
    cpio.closeArchiveEntry();
  }
}
