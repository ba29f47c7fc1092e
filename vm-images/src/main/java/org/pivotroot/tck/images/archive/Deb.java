package org.pivotroot.tck.images.archive;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** What is inside a binary package, read as a stream: see deb(5). */
public final class Deb {
  private Deb() {}

  /** Is given the entries of a package in the order in which they lie there. */
  @FunctionalInterface
  public interface EntryHandler {
    /**
     * Takes one entry.
     *
     * @param entry name (most begin with "./"), kind, mode, owner and size
     * @param content what a regular file holds; empty for others; need not be read
     */
    void entry(TarArchiveEntry entry, InputStream content) throws IOException;
  }

  /** Like {@link EntryHandler}, and says when it has seen enough. */
  @FunctionalInterface
  public interface Search {
    /** Takes one entry, and returns whether to go on. */
    boolean entry(TarArchiveEntry entry, InputStream content) throws IOException;
  }

  /**
   * Hands over every entry of a package's files.
   *
   * @throws IOException if the file cannot be read or is no package, or the handler threw it
   */
  public static void forEach(Path deb, EntryHandler handler) throws IOException {
    search(
        deb,
        (entry, content) -> {
          handler.entry(entry, content);
          return true;
        });
  }

  /**
   * Hands over entries of a package's files until the search has seen enough.
   *
   * @throws IOException if the file cannot be read or is no package, or the search threw it
   */
  public static void search(Path deb, Search search) throws IOException {
    walk(deb, "data.tar", search);
  }

  /**
   * The control fields of a package, by name in any case.
   *
   * @throws IOException if the file cannot be read or is no package
   */
  public static Map<String, String> control(Path deb) throws IOException {
    Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    walk(
        deb,
        "control.tar",
        (entry, content) -> {
          if (!entry.getName().replaceFirst("^\\./", "").equals("control")) {
            return true;
          }
          Stanzas.forEach(
              new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8)),
              fields::putAll);
          return false;
        });
    return fields;
  }

  private static void walk(Path deb, String member, Search search) throws IOException {
    try (ArArchiveInputStream ar =
        new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(deb), 1 << 16))) {
      for (ArArchiveEntry part = ar.getNextEntry(); part != null; part = ar.getNextEntry()) {
        if (part.getName().startsWith(member)) {
          walkTar(new TarArchiveInputStream(unpacked(deb, part.getName(), ar)), search);
          return;
        }
      }
    }
    throw new IOException(deb + " is no Debian package: it has no member " + member);
  }

  private static void walkTar(TarArchiveInputStream tar, Search search) throws IOException {
    TarArchiveEntry entry = tar.getNextEntry();
    while (entry != null && search.entry(entry, tar)) {
      entry = tar.getNextEntry();
    }
  }

  private static InputStream unpacked(Path deb, String member, InputStream in) throws IOException {
    return switch (member.substring(member.lastIndexOf('.') + 1)) {
      case "xz" -> new XZInputStream(in);
      case "zst" -> new ZstdInputStream(in);
      case "gz" -> new GZIPInputStream(in);
      case "tar" -> in;
      default ->
          throw new IOException(
              deb + " has its files in " + member + ", and only .xz, .zst and .gz can be unpacked");
    };
  }
}
