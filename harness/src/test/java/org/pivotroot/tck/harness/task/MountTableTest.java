package org.pivotroot.tck.harness.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {
  private static MountTable table(String... lines) {
    return MountTable.parse((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aLineHasOptionalFieldsOrNone() {
    assertThat(
            Mount.parse(
                "36 35 98:0 /mnt1 /mnt2 rw,noatime shared:1 master:2 propagate_from:3 - ext3"
                    + " /dev/root rw,errors=continue"))
        .isEqualTo(
            new Mount(
                36,
                35,
                new FileId.Device(98, 0),
                "/mnt1",
                "/mnt2",
                "rw,noatime",
                List.of("shared:1", "master:2", "propagate_from:3"),
                "ext3"));
    assertThat(Mount.parse("1 0 0:2 / / rw - rootfs none rw").propagation()).isEmpty();
  }

  @Test
  void escapedCharactersAreThemselvesAgain() {
    Mount mount =
        Mount.parse("1 0 0:2 /a\\134b /c\\040d\\011e\\012f\\134040 rw - tmpfs x\\040y rw");
    assertThat(mount.root()).isEqualTo("/a\\b");
    assertThat(mount.point()).isEqualTo("/c d\te\nf\\040");
  }

  @Test
  void whatWasDeletedSaysSo() {
    assertThat(Mount.parse("1 0 0:2 /x//deleted /y rw - tmpfs t rw").root())
        .isEqualTo("/x//deleted");
  }

  @Test
  void mountsAreFoundByIdAndPoint() {
    MountTable table = table("1 0 0:2 / / rw - a a rw", "7 1 0:3 / /new rw - b b rw");
    assertThat(table.mounts()).hasSize(2);
    assertThat(table.at("/new")).map(Mount::id).contains(7L);
    assertThat(table.at("/newer")).isEmpty();
    assertThat(table.withId(1)).map(Mount::point).contains("/");
    assertThat(table.withId(2)).isEmpty();
    assertThat(MountTable.parse(new byte[0]).mounts()).isEmpty();
  }

  @Test
  void theTopmostOfAStackIsTheOneThatNoneIsMountedOn() {
    String lower = "7 1 0:3 / /new rw - lower l rw";
    String upper = "8 7 0:4 / /new rw - upper u rw";
    assertThat(table(lower, upper).at("/new")).map(Mount::type).contains("upper");
    assertThat(table(upper, lower).at("/new")).map(Mount::type).contains("upper");
  }

  /** pivot_root(".", ".") puts the old root, which has the lower ID, on top of the new one. */
  @Test
  void theTopmostNeedNotBeTheYoungest() {
    assertThat(table("5 6 0:3 / / rw - old o rw", "6 1 0:4 / / rw - new n rw").at("/"))
        .map(Mount::type)
        .contains("old");
  }

  @Test
  void theRootOfTheRootfsIsItsOwnParent() {
    assertThat(table("1 1 0:2 / / rw - rootfs none rw").at("/")).map(Mount::id).contains(1L);
  }

  @Test
  void identityIsDeviceAndInodeAndMount() {
    FileId id = FileId.of(FakeKernel.statx(FakeKernel.NEW));
    assertThat(id).isEqualTo(new FileId(new FileId.Device(0, 22), 1, 102));
    FileId otherMount = new FileId(id.device(), id.inode(), 103);
    assertThat(id).isNotEqualTo(otherMount);
    assertThat(id.sameFile(otherMount)).isTrue();
    assertThat(id.sameFile(new FileId(id.device(), 2, 102))).isFalse();
    assertThat(id.sameFile(new FileId(new FileId.Device(1, 22), 1, 102))).isFalse();
  }
}
