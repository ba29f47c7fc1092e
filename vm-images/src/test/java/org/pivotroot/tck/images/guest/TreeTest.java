package org.pivotroot.tck.images.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeTest {
  private static final Node FILE = new Node.File(0644, Node.Content.of("x"));
  private static final String JAVA = "opt/tck/jre/bin/java";

  @Test
  void whatIsPutBelowALinkLandsWhereItLeads() {
    Tree tree = new Tree();
    Userland.lay(tree);
    tree.put("lib64/ld.so", FILE);
    tree.put("bin", new Node.Directory(0755));
    assertThat(tree.nodes()).containsKey("usr/lib64/ld.so").doesNotContainKey("lib64/ld.so");
    assertThat(tree.nodes().get("bin")).isInstanceOf(Node.Link.class);
    assertThat(tree.find("/lib64/ld.so"))
        .hasValueSatisfying(e -> assertThat(e.getKey()).isEqualTo("usr/lib64/ld.so"));
    assertThat(tree.find("/lib64/other")).isEmpty();
  }

  @Test
  void loopOfLinksIsAnError() {
    Tree tree = new Tree();
    tree.put("a", new Node.Link("b"));
    tree.put("b", new Node.Link("a"));
    assertThatThrownBy(() -> tree.find("a"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("/a in the guest's file system is a loop of links");
  }

  @Test
  void guestHasItsPlacesAndUsers() {
    Tree tree = new Tree();
    Userland.lay(tree);
    assertThat(tree.nodes())
        .containsKeys(
            "proc", "sys", "dev", "tmp", "run", "stage", "mnt", "etc/passwd", "etc/group");
    assertThat(tree.nodes().get("tmp").mode()).isEqualTo(0041777);
  }

  private static Tree withHostJava() {
    Tree tree = new Tree();
    Path home = Path.of(System.getProperty("java.home"));
    tree.put(JAVA, new Node.File(0755, Node.Content.of(home.resolve("bin/java"))));
    return tree;
  }

  @Test
  void programWithoutItsLibrariesIsAnError() {
    assertThatThrownBy(() -> Libraries.check(withHostJava(), List.of()))
        .isInstanceOf(GuestImageException.class)
        .hasMessageContaining("/" + JAVA + " needs libc.so.6")
        .hasMessageContaining("/" + JAVA + " needs /lib64/ld-linux-x86-64.so.2")
        .hasMessageContaining("LEFT_OUT");
  }

  @Test
  void programFindsLibrariesThroughItsRunPathAndTheSystemFolders() throws IOException {
    Tree tree = withHostJava();
    Userland.lay(tree);
    tree.put("lib64/ld-linux-x86-64.so.2", FILE);
    tree.put("opt/tck/jre/lib/libjli.so", FILE);
    for (String library : List.of("libc.so.6", "libz.so.1", "libdl.so.2", "libpthread.so.0")) {
      tree.put("lib/x86_64-linux-gnu/" + library, FILE);
    }
    Libraries.check(tree, List.of());
    tree.put("usr/bin/text", new Node.File(0755, Node.Content.of("#!/bin/sh\n")));
    Libraries.check(tree, List.of());
    assertThat(tree.nodes()).containsKey(JAVA);
  }

  @Test
  void jdkWithoutJlinkIsAnErrorThatSaysWhatToInstall(@TempDir Path home) {
    assertThatThrownBy(() -> new JavaRuntime(home).describe(new Inputs()))
        .isInstanceOf(GuestImageException.class)
        .hasMessageContaining(home.toString())
        .hasMessageContaining("-jdk-headless");
  }

  @Test
  void guestFileNeedsAnAbsolutePath() {
    assertThatThrownBy(() -> new GuestFile("opt/x", new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("opt/x");
  }
}
