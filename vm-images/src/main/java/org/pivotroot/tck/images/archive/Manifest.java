package org.pivotroot.tck.images.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the files of a folder must be, written as a file beside them when they were made. Its last
 * line is the SHA-256 of those before it, so that damage to it is noticed as well.
 *
 * @param files by name
 */
public record Manifest(SortedMap<String, Entry> files) {
  private static final String NAME = "manifest";
  private static final ByteBuffer ZEROES = ByteBuffer.allocate(1 << 16).asReadOnlyBuffer();

  /**
   * What one file must be.
   *
   * @param size its length in bytes
   * @param filled how many of them are not in a hole, or could not be
   * @param sha256 of all of them, holes included
   */
  public record Entry(long size, long filled, String sha256) {}

  /**
   * Describes files and writes the description into their folder.
   *
   * @param names of files in the folder
   */
  public static Manifest write(Path folder, List<String> names) throws IOException {
    SortedMap<String, Entry> files = new TreeMap<>();
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      Entry entry = describe(folder.resolve(name));
      files.put(name, entry);
      text.append(entry.sha256()).append(' ').append(entry.size()).append(' ');
      text.append(entry.filled()).append(' ').append(name).append('\n');
    }
    Files.writeString(folder.resolve(NAME), text + Sha256.of(text.toString()) + "\n", UTF_8);
    return new Manifest(files);
  }

  /** The manifest of a folder, if it has a sound one; what it speaks of is not looked at. */
  public static Optional<Manifest> read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    String text = new String(Files.readAllBytes(file), UTF_8);
    int seal = text.lastIndexOf('\n', text.length() - 2) + 1;
    if (!text.substring(seal).equals(Sha256.of(text.substring(0, seal)) + "\n")) {
      return Optional.empty();
    }
    SortedMap<String, Entry> files = new TreeMap<>();
    for (String line : text.substring(0, seal).lines().toList()) {
      String[] words = line.split(" ", 4);
      files.put(words[3], new Entry(Long.parseLong(words[1]), Long.parseLong(words[2]), words[0]));
    }
    return Optional.of(new Manifest(files));
  }

  /**
   * Like {@link #read}, but empty too if any file that the manifest speaks of is not as it says.
   */
  public static Optional<Manifest> verified(Path folder) throws IOException {
    Optional<Manifest> manifest = read(folder);
    return manifest.isPresent() && manifest.get().holdsFor(folder) ? manifest : Optional.empty();
  }

  /** How much room the files take, in bytes. */
  public long bytesOnDisk() {
    return files.values().stream().mapToLong(Entry::filled).sum();
  }

  private boolean holdsFor(Path folder) throws IOException {
    for (String name : files.keySet()) {
      Path file = folder.resolve(name);
      Entry entry = files.get(name);
      if (!Files.isRegularFile(file)
          || Files.size(file) != entry.size()
          || !Sha256.of(file).equals(entry.sha256())) {
        return false;
      }
    }
    return true;
  }

  private static Entry describe(Path file) throws IOException {
    MessageDigest digest = Sha256.digest();
    ByteBuffer buffer = ByteBuffer.allocate(ZEROES.capacity());
    long size = 0;
    long filled = 0;
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(buffer) != -1) {
        buffer.flip();
        size += buffer.limit();
        filled += buffer.equals(ZEROES.slice(0, buffer.limit())) ? 0 : buffer.limit();
        digest.update(buffer);
        buffer.clear();
      }
    }
    return new Entry(size, filled, Sha256.hex(digest));
  }
}
