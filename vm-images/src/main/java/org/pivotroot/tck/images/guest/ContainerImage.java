package org.pivotroot.tck.images.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.pivotroot.tck.images.archive.Sha256;
import tools.jackson.databind.json.JsonMapper;

/** Packs a tree for {@code docker load}: an image of one layer, from scratch. */
final class ContainerImage {
  private static final JsonMapper JSON = new JsonMapper();

  private ContainerImage() {}

  /** Writes the tree as a layer; the caller closes the stream. */
  static void writeLayer(Tree tree, OutputStream out) throws IOException {
    TarArchiveOutputStream tar = tar(out);
    for (Map.Entry<String, Node> each : tree.nodes().entrySet()) {
      Node node = each.getValue();
      byte[] content = node instanceof Node.File file ? file.content().read() : new byte[0];
      TarArchiveEntry entry;
      if (node instanceof Node.Link link) {
        entry = new TarArchiveEntry(each.getKey(), TarConstants.LF_SYMLINK);
        entry.setLinkName(link.target());
      } else if (node instanceof Node.Device device) {
        entry = new TarArchiveEntry(each.getKey(), TarConstants.LF_CHR);
        entry.setDevMajor(device.major());
        entry.setDevMinor(device.minor());
      } else {
        entry = new TarArchiveEntry(each.getKey() + (node instanceof Node.Directory ? "/" : ""));
      }
      entry.setMode(node.mode() & 07777);
      put(tar, entry, content.length);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    tar.finish();
    tar.flush();
  }

  /**
   * Writes an archive as {@code docker save} does; the caller closes the stream.
   *
   * @param layer file written by {@link #writeLayer}
   * @param digest SHA-256 of that file, in hexadecimal
   */
  static void write(
      Path layer, String digest, String tag, List<String> entrypoint, OutputStream out)
      throws IOException {
    Map<String, Object> run = new TreeMap<>();
    run.put("Entrypoint", entrypoint);
    run.put("Env", List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"));
    run.put("WorkingDir", "/");
    Map<String, Object> config = new TreeMap<>();
    config.put("architecture", "amd64");
    config.put("os", "linux");
    config.put("created", "1970-01-01T00:00:00Z");
    config.put("config", run);
    config.put("history", List.of(Map.of("created", "1970-01-01T00:00:00Z")));
    config.put(
        "rootfs", new TreeMap<>(Map.of("type", "layers", "diff_ids", List.of("sha256:" + digest))));
    byte[] configuration = JSON.writeValueAsBytes(config);
    String configurationName = Sha256.of(configuration) + ".json";
    String layerName = digest + "/layer.tar";
    Map<String, Object> manifest = new TreeMap<>();
    manifest.put("Config", configurationName);
    manifest.put("RepoTags", List.of(tag));
    manifest.put("Layers", List.of(layerName));

    TarArchiveOutputStream tar = tar(out);
    put(tar, new TarArchiveEntry(digest + "/"), 0);
    tar.closeArchiveEntry();
    put(tar, new TarArchiveEntry(layerName), Files.size(layer));
    try (InputStream content = Files.newInputStream(layer)) {
      content.transferTo(tar);
    }
    tar.closeArchiveEntry();
    putBytes(tar, configurationName, configuration);
    putBytes(tar, "manifest.json", JSON.writeValueAsBytes(List.of(manifest)));
    tar.finish();
    tar.flush();
  }

  private static TarArchiveOutputStream tar(OutputStream out) {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    return tar;
  }

  private static void putBytes(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    put(tar, new TarArchiveEntry(name), content.length);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, long size)
      throws IOException {
    entry.setSize(size);
    entry.setModTime(0);
    entry.setUserId(0);
    entry.setGroupId(0);
    tar.putArchiveEntry(entry);
  }
}
