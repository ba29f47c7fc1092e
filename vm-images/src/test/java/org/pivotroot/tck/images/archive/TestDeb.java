package org.pivotroot.tck.images.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Makes small packages. */
public final class TestDeb {
  private TestDeb() {}

  /** A package with one file. */
  public static byte[] of(String name, String version, String path, byte[] content)
      throws IOException {
    return of(name, version, "xz", Map.of(path, content));
  }

  /** A package with some files, packed one way or another. */
  public static byte[] of(String name, String version, String packing, Map<String, byte[]> files)
      throws IOException {
    String control = "Package: " + name + "\nVersion: " + version + "\nArchitecture: amd64\n";
    ByteArrayOutputStream deb = new ByteArrayOutputStream();
    try (ArArchiveOutputStream ar = new ArArchiveOutputStream(deb)) {
      put(ar, "debian-binary", "2.0\n".getBytes(UTF_8));
      put(ar, "control.tar.xz", tar("xz", Map.of("./control", control.getBytes(UTF_8))));
      put(ar, "data.tar." + packing, tar(packing, new TreeMap<>(files)));
    }
    return deb.toByteArray();
  }

  private static void put(ArArchiveOutputStream ar, String name, byte[] content)
      throws IOException {
    ar.putArchiveEntry(new ArArchiveEntry(name, content.length));
    ar.write(content);
    ar.closeArchiveEntry();
  }

  private static byte[] tar(String packing, Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(packed(packing, bytes))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static OutputStream packed(String packing, OutputStream out) throws IOException {
    return switch (packing) {
      case "xz" -> new XZOutputStream(out, new LZMA2Options(0));
      case "zst" -> new ZstdOutputStream(out);
      default -> new GZIPOutputStream(out);
    };
  }
}
