package org.pivotroot.tck.harness.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.model.observation.Topology;

class NamesTest {
  private final Names names = new Names();

  @Test
  void numbersAreNamedInTheOrderInWhichTheyAreMet() {
    assertThat(names.mount(900)).isEqualTo("mount#1");
    assertThat(names.mount(17)).isEqualTo("mount#2");
    assertThat(names.mount(900)).isEqualTo("mount#1");
    assertThat(names.namespace(900)).isEqualTo("mntns#1");
    assertThat(names.device(new FileId.Device(0, 900))).isEqualTo("dev#1");
  }

  @Test
  void anInodeOfAnotherDeviceIsAnotherFile() {
    FileId one = new FileId(new FileId.Device(0, 1), 5, 1);
    FileId other = new FileId(new FileId.Device(0, 2), 5, 1);
    assertThat(names.of(one)).isEqualTo("{dev#1, inode#1, mount#1}");
    assertThat(names.of(other)).isEqualTo("{dev#2, inode#2, mount#1}");
  }

  @Test
  void aMountIsNamedAlikeInTranscriptsAndDocuments() {
    Mount mount =
        Mount.parse("36 35 0:9 /sub /mnt rw,ro shared:41 master:7 unbindable - tmpfs none rw");
    assertThat(names.of(mount))
        .isEqualTo(
            "/mnt tmpfs mount#1 on mount#2 dev#1/sub rw,ro shared:peers#1 master:peers#2"
                + " unbindable");
    assertThat(names.entry(mount))
        .isEqualTo(
            new Topology.MountEntry(
                "mount#1",
                "mount#2",
                "/mnt",
                "tmpfs",
                "dev#1",
                "/sub",
                "rw,ro",
                List.of("shared:peers#1", "master:peers#2", "unbindable")));
  }

  @Test
  void twoBootsGiveTheSameText() {
    assertThat(view(new Names(), 100, 4000)).isEqualTo(view(new Names(), 731, 5000));
  }

  private static String view(Names names, int first, long namespace) {
    MountTable table =
        new MountTable(
            List.of(
                Mount.parse(first + " 1 0:" + first + " / / rw shared:" + first + " - t t rw"),
                Mount.parse((first + 9) + " " + first + " 0:3 / /new rw - t t rw")));
    FileId root = new FileId(new FileId.Device(0, first), first, first);
    return names.of(new View(root, root, table, namespace, table));
  }

  @Test
  void otherValuesAreThemselves() {
    assertThat(names.of("x")).isEqualTo("x");
    assertThat(names.of(true)).isEqualTo("true");
    assertThat(names.of(null)).isEqualTo("null");
  }
}
