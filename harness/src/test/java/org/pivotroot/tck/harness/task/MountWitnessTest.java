package org.pivotroot.tck.harness.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pivotroot.tck.model.call.Value.buffer;
import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.text;
import static org.pivotroot.tck.model.call.Value.workingDirectory;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.Propagation;
import org.pivotroot.tck.model.look.View;

class MountWitnessTest {
  private static final FileId FILE = place(7, FileId.UNKNOWN);

  private final MountWitness witness = new MountWitness(true, true);

  private static FileId place(long device, long mount) {
    return new FileId(device, 1, mount);
  }

  private static Mount mount(long id, String point, long device) {
    return new Mount(id, 1, point, "tmpfs", device, "/", "rw", Propagation.PRIVATE);
  }

  private static View view(Mount... mounts) {
    MountTable table = new MountTable(List.of(mounts));
    FileId nowhere = place(99, FileId.UNKNOWN);
    return new View(nowhere, nowhere, table, 1, table);
  }

  private static Call stat(Value directory, String path) {
    return Call.of(
        Syscall.STATX, directory, text(path), flags(), flags(), buffer(256, Value.Holds.STATX));
  }

  private FileId byPath(String path) {
    return witness.of("S", stat(workingDirectory(), path), FILE);
  }

  @Test
  void aDeviceThatOneMountHasTellsTheMount() {
    witness.of("S", view(mount(10, "/a", 7), mount(11, "/b", 8)));
    assertThat(byPath("/a/x")).isEqualTo(place(7, 10));
    assertThat(witness.of("S", stat(new Value.Descriptor(1), ""), FILE)).isEqualTo(place(7, 10));
  }

  @Test
  void ofTwoMountsTheOneAtTheMountPointIsMeant() {
    witness.of("S", view(mount(10, "/a", 7), mount(11, "/b", 7)));
    assertThat(byPath("/b")).isEqualTo(place(7, 11));
    assertThat(byPath("/b/x")).isEqualTo(FILE);
    assertThat(byPath("b")).isEqualTo(FILE);
  }

  @Test
  void aTaskIsInItsOwnNamespaceUnlessItStrayed() {
    witness.of("Q", view(mount(20, "/a", 7)));
    witness.of("S", view(mount(10, "/a", 7)));
    assertThat(byPath("/a/x")).isEqualTo(place(7, 10));
    assertThat(witness.of("S", stat(new Value.Descriptor(1), ""), FILE)).isEqualTo(FILE);
    witness.wantsToLookBefore(Call.of(Syscall.FCHDIR, new Value.Descriptor(1)));
    assertThat(byPath("x")).isEqualTo(FILE);
  }

  @Test
  void aMountThatIsGoneMayStillHoldTheFile() {
    witness.of("S", view(mount(10, "/a", 7), mount(11, "/b", 7)));
    witness.wantsToLookBefore(Call.of(Syscall.UMOUNT2, text("/b"), flags(UmountFlag.MNT_DETACH)));
    witness.of("S", view(mount(10, "/a", 7)));
    assertThat(byPath("x")).isEqualTo(FILE);
  }

  @Test
  void tablesComeInOneOrderWhateverTheTargetGives() {
    Mount root = mount(1, "/", 6);
    Mount lower = mount(10, "/a", 7);
    Mount middle = new Mount(12, 10, "/a", "tmpfs", 8, "/", "rw", Propagation.PRIVATE);
    Mount upper = new Mount(11, 12, "/a", "tmpfs", 9, "/", "rw", Propagation.PRIVATE);
    Mount other = mount(13, "/b", 5);
    assertThat(witness.of("S", view(other, upper, lower, root, middle)).tree().mounts())
        .containsExactly(root, lower, middle, upper, other);
  }

  @Test
  void whatIsToldIsNotDoubted() {
    MountWitness idle = new MountWitness(false, false);
    assertThat(idle.of("S", stat(workingDirectory(), "/a"), place(7, 5))).isEqualTo(place(7, 5));
    assertThat(idle.wantsToLookBefore(stat(workingDirectory(), "/a"))).isFalse();
  }

  @Test
  void whatIsNotShownIsNeitherTheSameNorAnother() {
    assertThat(Identity.same(place(7, 1), place(7, 1))).isTrue();
    assertThat(Identity.same(place(7, 1), place(7, 2))).isFalse();
    assertThat(Identity.same(place(7, 0), place(8, 0))).isFalse();
    Stream.of(place(7, 0), place(7, 1))
        .forEach(
            other ->
                assertThatThrownBy(() -> Identity.same(place(7, 0), other))
                    .isInstanceOf(NotApplicableException.class)
                    .hasMessage("mount IDs in statx(2)"));
  }
}
