package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.specification.Scenarios.on;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the recordings and sources of eleven kernels showed of mounts, by hand. */
class MountScenarioTest {
  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("16: bind mounts by type")
  void bindTypes(String kernel) {
    on(kernel)
        .run(
            """
            S tmpfs /a
            S change /a SHARED
            S fork Q
            Q unshare NEWNS
            Q change /a SLAVE
            Q bind /a /b
            Q type /b = slave
            Q change /new SHARED
            Q bind /a /new/old
            Q type /new/old = slave+shared
            S change /new SHARED
            S bind /a /new/b
            S type /new/b = shared
            S change /a UNBINDABLE
            S bind /a /b = EINVAL
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("17: moves by type")
  void moveTypes(String kernel) {
    on(kernel)
        .run(
            """
            S tmpfs /a
            S mkdir /a/x
            S move /a /a/x = ELOOP
            S change /new SHARED
            S move /a /new/old
            S type /new/old = shared
            S move /new/old /b = EINVAL
            S change /new PRIVATE
            S change /new/old UNBINDABLE
            S move /new/old /b
            S type /b = unbindable
            S change /new SHARED
            S move /b /new/b = EINVAL
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("18: a slave of a slave")
  void slaveOfSlave(String kernel) {
    String layout =
        """
        S change /new SHARED
        S bind /new /a
        S change /a SLAVE
        S change /a SHARED
        S bind /a /b
        S change /b SLAVE
        S tmpfs /new/old
        S type /a/old = slave+shared
        S type /b/old = slave
        """;
    on(kernel)
        .run(layout)
        .run(
            """
            S umount /b/old
            S sees / /new /new/old /a /a/old /b
            S umount /a/old
            S sees / /new /new/old /a /b
            S umount /new/old
            S sees / /new /a /b
            """);
    on(kernel).run(layout).run("S umount /new/old\nS sees / /new /a /b");
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("19: a copy goes beneath what is there")
  void tucked(String kernel) {
    on(kernel)
        .run(
            """
            S change /new SHARED
            S fork Q
            Q unshare NEWNS
            Q change /new SLAVE
            Q tmpfs /new/old
            Q stat /new/old as X
            S tmpfs /new/old
            Q sees / /new /new/old /new/old
            Q stat /new/old is X
            S umount /new/old
            Q sees / /new /new/old
            Q stat /new/old is X
            Q tmpfs /new/old
            Q stat /new/old as XX
            S tmpfs /new/old
            Q sees / /new /new/old /new/old /new/old
            S umount /new/old
            Q sees / /new /new/old /new/old
            Q stat /new/old is XX
            Q umount /new/old
            Q stat /new/old is X
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("20: who uses a copy keeps the original busy")
  void busyCopies(String kernel) {
    String layout =
        """
        S change /new SHARED
        S fork Q
        Q unshare NEWNS
        S tmpfs /new/old
        """;
    on(kernel)
        .run(layout)
        .run(
            """
            Q chdir /new/old
            S umount /new/old = EBUSY
            S umount /new/old DETACH
            Q getcwd = (unreachable)/
            """);
    on(kernel)
        .run(layout)
        .run(
            """
            Q change /new/old PRIVATE
            Q mkdir /new/old/x
            Q tmpfs /new/old/x
            S umount /new/old
            Q sees / /new /new/old /new/old/x
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("21: a peer moved into itself, and a recursive bind mount of the root")
  void intoItself(String kernel) {
    on(kernel)
        .run(
            """
            S change /new SHARED
            S bind /new /a
            S move /a /new/old
            S sees / /new /new/old /new/old/old
            S umount /new/old = EBUSY
            S umount /new/old DETACH
            S sees / /new
            """);
    on(kernel)
        .run(
            """
            S change / SHARED REC
            S rbind / /a
            S umount /a DETACH
            S sees /
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("22: unbindable mounts, and shared ones in a less privileged namespace")
  void unbindable(String kernel) {
    on(kernel)
        .run(
            """
            S change /new UNBINDABLE
            S rbind / /a
            S sees / /new /a
            S fork Q
            Q unshare NEWNS
            <6.17 Q type /new = unbindable
            >=6.17 <7.2 Q type /new = private
            >=7.2 Q type /new = unbindable
            S change /new SHARED
            S process U unshare --user --map-root-user --mount --propagation unchanged
            U type /new = slave
            U umount /new = EINVAL
            U change /new SHARED
            U type /new = slave+shared
            U tmpfs /new/old
            S sees / /new /a
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("23: what stays on what was unmounted")
  void connected(String kernel) {
    on(kernel)
        .run(
            """
            S tmpfs /new/old
            S mkdir /new/old/inside
            S process U unshare --user --map-root-user --mount --propagation unchanged
            U rbind /new /a
            U chdir /a
            U umount /a/old DETACH = EINVAL
            U umount /a DETACH
            <7.3 U stat old/inside as INSIDE
            >=7.3 U stat old/inside = ENOENT
            >=7.3 U mkdir old/x = ENOENT
            >=7.3 U tmpfs old = ENOENT
            """);
    on(kernel)
        .run(
            """
            S fork Q
            Q unshare NEWNS
            Q tmpfs /a/b
            Q mkdir /a/b/x
            Q tmpfs /a/b/x
            Q mkdir /a/b/x/inside
            Q chdir /a/b
            Q rmdir /a/b = EBUSY
            S rmdir /a/b
            <7.3 Q stat x/inside as INSIDE
            >=7.3 Q stat x/inside = ENOENT
            Q sees / /new
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("24: move_mount(2) and open_tree(2)")
  void newCalls(String kernel) {
    on(kernel)
        .run(
            """
            S tmpfs /a
            S open_tree /a as f
            <6.5 S move_mount f /new BENEATH = EINVAL
            >=6.5 S move_mount f /new BENEATH
            >=6.5 S sees / /a /new /new
            >=6.5 S stat /new is N
            S open_tree /a as g
            <6.5 S move_mount g / BENEATH = EINVAL
            >=6.5 <7.1 S move_mount g / BENEATH = EINVAL
            >=7.1 S move_mount g / BENEATH
            S process U unshare --user --map-root-user --mount --propagation unchanged
            U open_tree /a as h
            <6.5 U move_mount h /new BENEATH = EINVAL
            >=6.5 <7.1 U move_mount h /new BENEATH = EINVAL
            >=7.1 U move_mount h /new BENEATH
            >=7.1 U umount /new
            >=7.1 U umount /new = EINVAL
            """);
    on(kernel)
        .run(
            """
            S tmpfs /a
            S bind /a /b
            S change /a SHARED
            S move_mount /a /b SET_GROUP
            S type /b = shared
            S move_mount /a /b SET_GROUP = EINVAL
            S move_mount /a /new SET_GROUP = EINVAL
            S change /new SHARED
            S open_tree /new as h
            S tmpfs /new/old
            S mkdir /new/old/inside
            S fchdir h
            S stat old/inside = ENOENT
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName(
      "25: directories moved and removed, expiry, and the way back to the namespace's root")
  void places(String kernel) {
    on(kernel)
        .run(
            """
            S bind /a /new/old
            S chdir /new/old/b
            S rename /a/b /c
            S stat .. = ENOENT
            S getcwd = (unreachable)/
            S umount /new/old = EBUSY
            S rename /c /a/b
            S getcwd = /new/old/b
            """);
    on(kernel)
        .run(
            """
            S tmpfs /b
            S umount /b EXPIRE = EAGAIN
            S stat /b as B
            S umount /b EXPIRE = EAGAIN
            S umount /b EXPIRE
            S sees / /new
            """);
    on(kernel)
        .run(
            """
            S chdir /a/b
            S rmdir /a/b
            S stat /a as A
            S stat .. is A
            S getcwd = ENOENT
            S stat . as HERE
            S chroot .
            S stat /.. is HERE
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("25, with namespaces: the root is detached and found again")
  void detachedRoot(String kernel) {
    on(kernel, Stage.USERLAND)
        .run(
            """
            S fork P
            S open-namespace S as ns
            S umount / DETACH
            S stat / is T
            P setns ns
            P sees /
            P getcwd = /
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("the rootfs: locked, read-only, or an ordinary mount")
  void rootfs(String kernel) {
    new Script(kernel, Stage.INITRAMFS)
        .run(
            """
            S mkdir /n
            S tmpfs /n
            S mkdir /n/o
            <6.17 S umount / = EINVAL
            <7.0 S umount / DETACH = EINVAL
            <7.0 S pivot_root /n /n/o = EINVAL
            >=7.0 S pivot_root /n /n/o
            >=7.0 S sees / /o /o/proc /o/dev
            >=7.0 S pivot_root /o /o/n
            >=6.17 S umount /
            >=6.17 S mkdir /m = EROFS
            >=7.0 S umount / DETACH
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("options: locked in a less privileged namespace, and set for a tree")
  void options(String kernel) {
    on(kernel)
        .run(
            """
            S change /new REMOUNT BIND RDONLY NOSUID
            S mkdir /new/x = EROFS
            S process U unshare --user --map-root-user --mount --propagation unchanged
            U change /new REMOUNT BIND = EPERM
            U change /new REMOUNT BIND RDONLY NOSUID NOATIME = EPERM
            U change /new REMOUNT BIND RDONLY NOSUID NOEXEC
            S change /new REMOUNT BIND
            S mkdir /new/x
            <5.12 S mount_setattr /new attr_set MOUNT_ATTR_RDONLY = ENOSYS
            >=5.12 S mount_setattr / attr_set MOUNT_ATTR_RDONLY rec
            >=5.12 S mkdir /new/y = EROFS
            >=5.12 S mount_setattr /a attr_clr MOUNT_ATTR_RDONLY = EINVAL
            >=5.12 S mount_setattr / propagation MS_SHARED rec
            >=5.12 S type /new = shared
            >=5.12 U type / = private
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("UNSHARE_EMPTY_MNTNS")
  void emptyNamespace(String kernel) {
    on(kernel)
        .run(
            """
            S fork Q
            <7.1 Q unshare EMPTY_MNTNS = EINVAL
            >=7.1 Q unshare EMPTY_MNTNS
            >=7.1 Q sees /
            >=7.1 Q mkdir /x = ENOENT
            >=7.1 Q getcwd = /
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("what is on the first mount of a namespace is taken for that mount itself")
  void beneathWhatIsOnTheFirstMount(String kernel) {
    on(kernel)
        .run(
            """
            >=7.1 S open_tree /new as f
            >=7.1 S unshare EMPTY_MNTNS
            >=7.1 S change / SHARED
            >=7.1 S tmpfs /
            >=7.1 S move_mount f / BENEATH = EINVAL
            >=7.1 S change / PRIVATE
            >=7.1 S move_mount f / BENEATH
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("who uses what would go along keeps it busy, exactly so from 7.2.11 on")
  void usersOfWhatGoesAlong(String kernel) {
    on(kernel)
        .run(
            """
            S change /new SHARED
            S bind /new /a
            S move /a /new/old
            S fork P
            P chdir /new/old
            >=7.2 S umount /new/old/old = EBUSY
            <7.2 S umount /new/old/old
            <7.2 S sees / /new
            <7.2 P getcwd = (unreachable)/
            """);
  }
}
