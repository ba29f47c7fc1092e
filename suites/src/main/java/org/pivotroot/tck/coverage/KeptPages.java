package org.pivotroot.tck.coverage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.pivotroot.tck.images.archive.Archive;
import org.pivotroot.tck.images.archive.ArchiveException;
import org.pivotroot.tck.images.archive.ArchivePackage;
import org.pivotroot.tck.images.archive.Deb;

/**
 * The manual pages of packages, taken out of each once and kept in the cache: to go through the
 * packages themselves takes seconds, for what does not change.
 */
final class KeptPages {
  /** A page that is no translation. */
  private static final Pattern PAGE = Pattern.compile("(?:\\./)?(usr/share/man/man\\d/[^/]+)\\.gz");

  private final Archive archive;

  KeptPages(Archive archive) {
    this.archive = archive;
  }

  /**
   * The sources of those of the pages that the package has.
   *
   * @param pages paths within the package, without .gz
   * @return sources by path
   * @throws ArchiveException if the package cannot be had
   * @throws IOException if it cannot be read
   */
  Map<String, String> sources(ArchivePackage packaged, Set<String> pages) throws IOException {
    Path kept = archive.cache().folder("pages").resolve(packaged.sha256() + ".zip");
    if (!Files.exists(kept)) {
      Path deb = archive.fetch(packaged);
      archive.cache().write(kept, out -> keep(deb, out));
    }
    Map<String, String> sources = new TreeMap<>();
    try (ZipFile zip = new ZipFile(kept.toFile())) {
      for (String page : pages) {
        ZipEntry entry = zip.getEntry(page);
        if (entry != null) {
          byte[] source = zip.getInputStream(entry).readAllBytes();
          sources.put(page, new String(source, StandardCharsets.UTF_8));
        }
      }
    }
    return sources;
  }

  private static void keep(Path deb, OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    Deb.forEach(
        deb,
        (entry, content) -> {
          Matcher page = PAGE.matcher(entry.getName());
          // What has no size of its own is a link to another page.
          if (entry.getSize() > 0 && page.matches()) {
            zip.putNextEntry(new ZipEntry(page.group(1)));
            new GZIPInputStream(content).transferTo(zip);
          }
        });
    zip.finish();
  }
}
