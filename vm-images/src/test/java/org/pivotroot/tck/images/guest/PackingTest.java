package org.pivotroot.tck.images.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.images.archive.Sha256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PackingTest {
  private static final List<String> COMMAND = List.of("/opt/java", "-cp", "it's a path");

  @TempDir private Path directory;

  /** A tree of one node of each kind, its nodes put in two different orders. */
  private static Tree tree(boolean backwards) {
    Map<String, Node> nodes = new TreeMap<>();
    nodes.put("bin", new Node.Link("usr/bin"));
    nodes.put("usr/bin/run", new Node.File(0755, Node.Content.of("#!/bin/sh\n")));
    nodes.put("etc/empty", new Node.File(0600, Node.Content.of("")));
    nodes.put("tmp", new Node.Directory(01777));
    nodes.put("dev/console", new Node.Device(0600, 5, 1));
    nodes.put("opt/" + "long-name/".repeat(20) + "x", new Node.File(0644, Node.Content.of("y")));
    Tree tree = new Tree();
    (backwards ? ((TreeMap<String, Node>) nodes).descendingMap() : nodes).forEach(tree::put);
    return tree;
  }

  private static byte[] cpio(Tree tree) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Initramfs.write(tree, out);
    return out.toByteArray();
  }

  private byte[] image(Tree tree) throws IOException {
    Path layer = directory.resolve("layer.tar");
    try (var out = Files.newOutputStream(layer)) {
      ContainerImage.writeLayer(tree, out);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContainerImage.write(layer, Sha256.of(layer), "name:tag", COMMAND, out);
    return out.toByteArray();
  }

  @Test
  void aCopyOfAnInitramfsHasMoreBehindIt() throws IOException {
    Path first = Files.write(directory.resolve("first"), cpio(tree(false)));
    Path module = Files.writeString(directory.resolve("a.ko"), "module");
    Path both = directory.resolve("both");
    Initramfs.copy(first, Map.of("modules/a.ko", module), both);
    byte[] archives = Files.readAllBytes(both);
    int length = (int) Files.size(first);
    assertThat(archives).startsWith(Files.readAllBytes(first));
    // The kernel looks for the next archive at a multiple of four.
    assertThat(length % 4).isZero();
    try (CpioArchiveInputStream in =
        new CpioArchiveInputStream(
            new ByteArrayInputStream(archives, length, archives.length - length))) {
      assertThat(in.getNextEntry().getName()).isEqualTo("modules");
      CpioArchiveEntry entry = in.getNextEntry();
      assertThat(entry.getName()).isEqualTo("modules/a.ko");
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("module");
    }
  }

  @Test
  void initramfsIsNewcAndHoldsEveryNode() throws IOException {
    byte[] archive = cpio(tree(false));
    assertThat(new String(archive, 0, 6, StandardCharsets.US_ASCII)).isEqualTo("070701");
    Map<String, CpioArchiveEntry> entries = new TreeMap<>();
    Map<String, String> contents = new TreeMap<>();
    List<Long> inodes = new ArrayList<>();
    try (CpioArchiveInputStream in =
        new CpioArchiveInputStream(new ByteArrayInputStream(archive))) {
      for (CpioArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), entry);
        contents.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        inodes.add(entry.getInode());
      }
    }
    assertThat(entries).containsOnlyKeys(tree(false).nodes().keySet());
    assertThat(contents)
        .containsEntry("bin", "usr/bin")
        .containsEntry("usr/bin/run", "#!/bin/sh\n");
    assertThat(inodes).doesNotHaveDuplicates();
    assertThat(entries.values())
        .allSatisfy(
            entry -> {
              assertThat(entry.getTime()).isZero();
              assertThat(entry.getUID()).isZero();
              assertThat(entry.getGID()).isZero();
            });
    assertThat(entries.get("tmp").getMode()).isEqualTo(0041777);
    assertThat(entries.get("usr/bin/run").getMode()).isEqualTo(0100755);
    CpioArchiveEntry console = entries.get("dev/console");
    assertThat(console.getMode()).isEqualTo(0020600);
    assertThat(console.getRemoteDeviceMaj()).isEqualTo(5);
    assertThat(console.getRemoteDeviceMin()).isEqualTo(1);
  }

  @Test
  void directoriesComeBeforeWhatIsInThem() throws IOException {
    List<String> names = new ArrayList<>();
    try (CpioArchiveInputStream in =
        new CpioArchiveInputStream(new ByteArrayInputStream(cpio(tree(true))))) {
      for (CpioArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String parent =
            entry.getName().contains("/")
                ? entry.getName().substring(0, entry.getName().lastIndexOf('/'))
                : null;
        assertThat(parent)
            .satisfiesAnyOf(p -> assertThat(p).isNull(), p -> assertThat(names).contains(p));
        names.add(entry.getName());
      }
    }
    assertThat(names).hasSizeGreaterThan(20);
  }

  @Test
  void orderOfPuttingDoesNotShow() throws IOException {
    assertThat(cpio(tree(true))).isEqualTo(cpio(tree(false)));
    assertThat(image(tree(true))).isEqualTo(image(tree(false)));
  }

  @Test
  void imageNamesItsConfigurationAndLayer() throws IOException {
    Map<String, byte[]> members = new TreeMap<>();
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(new ByteArrayInputStream(image(tree(false))))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        members.put(entry.getName(), in.readAllBytes());
        assertThat(entry.getLastModifiedTime().toMillis()).isZero();
      }
    }
    JsonMapper json = new JsonMapper();
    JsonNode manifest = json.readTree(members.get("manifest.json")).get(0);
    assertThat(manifest.get("RepoTags").get(0).asString()).isEqualTo("name:tag");
    byte[] configuration = members.get(manifest.get("Config").asString());
    assertThat(manifest.get("Config").asString()).isEqualTo(Sha256.of(configuration) + ".json");
    byte[] layer = members.get(manifest.get("Layers").get(0).asString());
    JsonNode config = json.readTree(configuration);
    assertThat(config.get("rootfs").get("diff_ids").get(0).asString())
        .isEqualTo("sha256:" + Sha256.of(layer));
    assertThat(config.get("config").get("Entrypoint").values())
        .extracting(JsonNode::asString)
        .isEqualTo(COMMAND);
    try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(layer))) {
      assertThat(in.getNextEntry())
          .satisfies(
              entry -> assertThat(entry.isSymbolicLink()).isTrue(),
              entry -> assertThat(entry.getLinkName()).isEqualTo("usr/bin"));
      assertThat(in.getNextEntry().isDirectory()).isTrue();
      assertThat(in.getNextEntry())
          .satisfies(
              entry -> assertThat(entry.isCharacterDevice()).isTrue(),
              entry -> assertThat(entry.getMode()).isEqualTo(0600));
    }
  }

  @Test
  void initQuotesTheCommand() {
    assertThat(new String(Init.script(COMMAND), StandardCharsets.UTF_8))
        .startsWith("#!/usr/bin/busybox sh\n")
        .endsWith(
            "exec '/opt/java' '-cp' 'it'\\''s a path' </dev/ttyS1 >/dev/ttyS1 2>/dev/console\n");
  }

  @Test
  void unpackedAreFilesLinksAndDirectoriesAndNoDevices() throws IOException {
    Path packed = Files.write(directory.resolve("image.tar"), image(tree(false)));
    Path folder = Files.createDirectory(directory.resolve("unpacked"));
    RootDirectory.unpack(packed, folder);
    Path root = folder.resolve(RootDirectory.NAME);
    assertThat(root.resolve("usr/bin/run")).hasContent("#!/bin/sh\n").isExecutable();
    assertThat(Files.readSymbolicLink(root.resolve("bin"))).hasToString("usr/bin");
    assertThat(root.resolve("dev/console")).doesNotExist();
    // A link to a directory is no file that could be read to see whether it is as it was.
    assertThat(RootDirectory.files(packed))
        .contains("root/usr/bin/run", "root/etc/empty")
        .doesNotContain("root/bin", "root/dev/console");
  }
}
