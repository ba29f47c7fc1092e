package org.pivotroot.tck.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Some folders of a cache once more, as hard links, deleted when it is closed. */
record ScratchCache(Path directory) implements AutoCloseable {

  /** Links the folders into a new one beside the cache. */
  static ScratchCache of(Path cache, List<String> folders) throws IOException {
    Path directory = Files.createTempDirectory(cache.getParent(), cache.getFileName() + "-bench");
    ScratchCache scratch = new ScratchCache(directory);
    try {
      for (String folder : folders) {
        link(cache.resolve(folder), directory.resolve(folder));
      }
    } catch (IOException e) {
      scratch.close();
      throw e;
    }
    return scratch;
  }

  private static void link(Path from, Path to) throws IOException {
    if (!Files.exists(from)) {
      return;
    }
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Path place = to.resolve(from.relativize(each));
        if (Files.isDirectory(each)) {
          Files.createDirectories(place);
        } else {
          Files.createLink(place, each);
        }
      }
    }
  }

  /** Bytes on disk below a folder, holes left out. */
  static long bytes(Path directory) throws IOException {
    Process du =
        new ProcessBuilder("du", "-s", "--block-size=1", directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String text = new String(du.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    return Long.parseLong(text.substring(0, text.indexOf('\t')));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(each);
      }
    }
  }
}
