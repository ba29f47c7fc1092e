package org.pivotroot.tck.images.guest;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/** Packs a tree for the kernel: an uncompressed cpio archive of the "newc" kind. */
public final class Initramfs {
  private Initramfs() {}

  /**
   * Copies an initramfs and adds files to it. The kernel unpacks one archive after another.
   *
   * @param files by their paths, relative to the root
   */
  public static void copy(Path initramfs, Map<String, Path> files, Path to) throws IOException {
    Tree tree = new Tree();
    files.forEach((path, file) -> tree.put(path, new Node.File(0600, Node.Content.of(file))));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(to))) {
      Files.copy(initramfs, out);
      write(tree, out);
    }
  }

  /** The caller closes the stream. */
  static void write(Tree tree, OutputStream out) throws IOException {
    CpioArchiveOutputStream cpio =
        new CpioArchiveOutputStream(
            out, CpioConstants.FORMAT_NEW, CpioConstants.BLOCK_SIZE, StandardCharsets.UTF_8.name());
    long inode = 0;
    for (Map.Entry<String, Node> each : tree.nodes().entrySet()) {
      Node node = each.getValue();
      byte[] content =
          node instanceof Node.File file
              ? file.content().read()
              : node instanceof Node.Link link
                  ? link.target().getBytes(StandardCharsets.UTF_8)
                  : new byte[0];
      CpioArchiveEntry entry =
          new CpioArchiveEntry(CpioConstants.FORMAT_NEW, each.getKey(), content.length);
      entry.setMode(node.mode());
      entry.setInode(++inode);
      entry.setNumberOfLinks(node instanceof Node.Directory ? 2 : 1);
      entry.setTime(0);
      if (node instanceof Node.Device device) {
        entry.setRemoteDeviceMaj(device.major());
        entry.setRemoteDeviceMin(device.minor());
      }
      cpio.putArchiveEntry(entry);
      cpio.write(content);
      cpio.closeArchiveEntry();
    }
    cpio.finish();
    cpio.flush();
  }
}
