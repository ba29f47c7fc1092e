package org.pivotroot.tck.model.look;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MountTableTest {
  private static MountTable table(String... lines) {
    return MountTable.parse(String.join("\n", lines) + "\n");
  }

  @Test
  void aLineHasOptionalFieldsOrNone() {
    assertThat(
            Mount.parse(
                "36 35 98:5 /mnt1 /mnt2 rw,noatime shared:1 master:2 propagate_from:3 - ext3"
                    + " /dev/root rw,errors=continue"))
        .isEqualTo(
            new Mount(
                36,
                35,
                "/mnt2",
                "ext3",
                FileId.device(98, 5),
                "/mnt1",
                "rw,noatime",
                new Propagation(1, 2, 3, false)));
    assertThat(Mount.parse("1 0 0:2 / / rw - rootfs none rw").propagation())
        .isEqualTo(Propagation.PRIVATE);
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
    assertThat(MountTable.parse("").mounts()).isEmpty();
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
  void aDeviceIsBothOfItsNumbers() {
    assertThat(FileId.device(98, 5)).isNotEqualTo(FileId.device(5, 98));
    assertThat(FileId.major(FileId.device(98, 5))).isEqualTo(98);
    assertThat(FileId.device(0, -1)).isEqualTo(0xffffffffL);
  }

  @Test
  void theSameFileCanBeReachedThroughTwoMounts() {
    FileId file = new FileId(22, 1, 102);
    assertThat(file).isNotEqualTo(new FileId(22, 1, 103));
    assertThat(file.sameFile(new FileId(22, 1, 103))).isTrue();
    assertThat(file.sameFile(new FileId(22, 2, 102))).isFalse();
    assertThat(file.sameFile(new FileId(23, 1, 102))).isFalse();
  }
}
