package org.pivotroot.tck.images.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Makes small RPM packages. */
public final class TestRpm {
  private TestRpm() {}

  /** A package with one file. */
  public static byte[] of(
      String name, String version, String release, String compressor, String path, String content)
      throws IOException {
    return of(name, version, release, compressor, path, content.getBytes(UTF_8));
  }

  /** A package with one file. */
  public static byte[] of(
      String name, String version, String release, String compressor, String path, byte[] content)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0xedabeedb);
    out.write(new byte[92]);
    header(out, Map.of(1000, "sig"));
    out.write(new byte[-bytes.size() & 7]);
    header(out, new TreeMap<>(Map.of(1000, name, 1001, version, 1002, release, 1125, compressor)));
    out.flush();
    try (OutputStream packed = packed(compressor, bytes);
        CpioArchiveOutputStream cpio = new CpioArchiveOutputStream(packed)) {
      CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, path, content.length);
      entry.setMode(0100644);
      cpio.putArchiveEntry(entry);
      cpio.write(content);
      cpio.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private static void header(DataOutputStream out, Map<Integer, String> texts) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    ByteArrayOutputStream index = new ByteArrayOutputStream();
    DataOutputStream entries = new DataOutputStream(index);
    for (Map.Entry<Integer, String> text : texts.entrySet()) {
      entries.writeInt(text.getKey());
      entries.writeInt(6);
      entries.writeInt(data.size());
      entries.writeInt(1);
      data.write(text.getValue().getBytes(UTF_8));
      data.write(0);
    }
    out.writeInt(0x8eade801);
    out.writeInt(0);
    out.writeInt(texts.size());
    out.writeInt(data.size());
    index.writeTo(out);
    data.writeTo(out);
  }

  private static OutputStream packed(String compressor, OutputStream out) throws IOException {
    return switch (compressor) {
      case "xz" -> new XZOutputStream(out, new LZMA2Options(0));
      case "zstd" -> new ZstdOutputStream(out);
      default -> new GZIPOutputStream(out);
    };
  }
}
