package org.pivotroot.tck.images.archive;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * What is inside an RPM package, read as a stream: a lead, two headers that describe it, and a
 * compressed cpio archive of its files.
 */
public final class Rpm {
  private static final int MAGIC = 0xedabeedb;
  private static final int LEAD = 96;

  /** Starts each header, with its version behind it. */
  private static final int HEADER_MAGIC = 0x8eade801;

  private static final int INDEX_ENTRY = 16;
  private static final int LARGEST_HEADER = 256 << 20;
  private static final int STRING = 6;
  private static final int NAME = 1000;
  private static final int VERSION = 1001;
  private static final int RELEASE = 1002;
  private static final int COMPRESSOR = 1125;

  private Rpm() {}

  /** Is given the entries of a package in order, and says whether it has seen enough. */
  @FunctionalInterface
  public interface Search {
    /** Takes one entry, whose name begins with "./", and returns whether to end. */
    boolean entry(CpioArchiveEntry entry, InputStream content) throws IOException;
  }

  /**
   * What a package says of itself.
   *
   * @param name its name
   * @param version its version and, behind a hyphen, its release
   */
  public record Label(String name, String version) {}

  /** Whether a file begins like an RPM package. */
  public static boolean isOne(Path file) throws IOException {
    try (DataInputStream in = open(file)) {
      return in.readInt() == MAGIC;
    } catch (EOFException e) {
      return false;
    }
  }

  /**
   * What a package says of itself.
   *
   * @throws IOException if the file cannot be read or is no package
   */
  public static Label label(Path rpm) throws IOException {
    try (DataInputStream in = open(rpm)) {
      Map<Integer, String> header = readHeaders(rpm, in);
      return new Label(
          header.getOrDefault(NAME, ""),
          header.getOrDefault(VERSION, "") + "-" + header.getOrDefault(RELEASE, ""));
    }
  }

  /**
   * Hands over entries of a package's files until the search has seen enough.
   *
   * @throws IOException if the file cannot be read or is no package, or the search threw it
   */
  public static void search(Path rpm, Search search) throws IOException {
    try (DataInputStream in = open(rpm)) {
      String compressor = readHeaders(rpm, in).getOrDefault(COMPRESSOR, "gzip");
      CpioArchiveInputStream cpio = new CpioArchiveInputStream(unpacked(rpm, compressor, in));
      CpioArchiveEntry entry = cpio.getNextEntry();
      while (entry != null && !search.entry(entry, cpio)) {
        entry = cpio.getNextEntry();
      }
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
  }

  /** Reads up to the files; gives the texts of the second header, by number. */
  private static Map<Integer, String> readHeaders(Path rpm, DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException(rpm + " is no RPM package");
    }
    in.skipNBytes(LEAD - Integer.BYTES);
    int signature = readHeader(rpm, in, new HashMap<>());
    in.skipNBytes(-signature & 7); // what follows is aligned to eight bytes
    Map<Integer, String> texts = new HashMap<>();
    readHeader(rpm, in, texts);
    return texts;
  }

  /** Reads one header into the map, and returns the bytes of its data. */
  private static int readHeader(Path rpm, DataInputStream in, Map<Integer, String> texts)
      throws IOException {
    if (in.readInt() != HEADER_MAGIC) {
      throw new IOException(rpm + " is a damaged RPM package: a header is missing");
    }
    in.skipNBytes(Integer.BYTES);
    int entries = in.readInt();
    int size = in.readInt();
    if (entries < 0
        || size < 0
        || entries > LARGEST_HEADER / INDEX_ENTRY
        || size > LARGEST_HEADER) {
      throw new IOException(rpm + " is a damaged RPM package: a header of impossible size");
    }
    ByteBuffer index = ByteBuffer.wrap(in.readNBytes(entries * INDEX_ENTRY));
    byte[] data = in.readNBytes(size);
    while (index.remaining() >= INDEX_ENTRY) {
      int tag = index.getInt();
      int type = index.getInt();
      int at = index.getInt();
      index.getInt();
      if (type == STRING && at >= 0 && at < data.length) {
        int end = at;
        while (end < data.length && data[end] != 0) {
          end++;
        }
        texts.put(tag, new String(data, at, end - at, StandardCharsets.UTF_8));
      }
    }
    return size;
  }

  private static InputStream unpacked(Path rpm, String compressor, InputStream in)
      throws IOException {
    return switch (compressor) {
      case "gzip" -> new GZIPInputStream(in);
      case "xz" -> new XZInputStream(in);
      case "lzma" -> new LZMAInputStream(in);
      case "zstd" -> new ZstdInputStream(in);
      default ->
          throw new IOException(
              rpm
                  + " has its files compressed by "
                  + compressor
                  + ", and only gzip, xz, lzma and zstd can be unpacked");
    };
  }
}
