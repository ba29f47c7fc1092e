package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.specification.Scenarios.on;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the recordings and sources of eleven kernels showed of pivot_root(2), by hand. */
class PivotRootScenarioTest {
  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("1: there and back")
  void thereAndBack(String kernel) {
    on(kernel)
        .run(
            """
            S pivot_root /new /new/old
            S stat /.. is N
            S stat /old is T
            S sees / /old
            S pivot_root /old /old/new
            S stat / is T
            S stat /new is N
            S sees / /new
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("2: pivot_root(\".\", \".\")")
  void dots(String kernel) {
    on(kernel)
        .run(
            """
            S chdir /new
            S pivot_root . .
            S stat / is N
            S stat /.. is T
            S getcwd = /
            S sees / /
            S umount . DETACH
            S stat /.. is N
            S sees /
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("3: EBUSY, and when permission is asked for")
  void busyAndPermission(String kernel) {
    on(kernel)
        .run(
            """
            S pivot_root / /new/old = EBUSY
            S pivot_root /a /new/old = EBUSY
            S pivot_root /new /a = EBUSY
            S pivot_root /zz / = ENOENT
            S drop CAP_SYS_ADMIN
            >=7.0 S pivot_root /zz /new/old = ENOENT
            <7.0 S pivot_root /zz /new/old = EPERM
            S pivot_root / / = EPERM
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("4: new_root and put_old")
  void newRootAndPutOld(String kernel) {
    on(kernel)
        .run(
            """
            S tmpfs /a
            S pivot_root /new/b /new/b = EINVAL
            S pivot_root /new /a = EINVAL
            S bind /new/b /b
            S pivot_root /new /b = EINVAL
            S pivot_root /new /new/b
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("5: shared mounts")
  void shared(String kernel) {
    on(kernel)
        .run(
            """
            S change / SHARED
            S pivot_root /new /new/old = EINVAL
            S change / PRIVATE
            S change /new SHARED
            S pivot_root /new /new/old = EINVAL
            S tmpfs /new/old
            S change /new/old PRIVATE
            S pivot_root /new /new/old
            S type / = shared
            S stat /old is T
            S type /old = private
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("6: the parent of the root is shared")
  void sharedParentOfRoot(String kernel) {
    on(kernel)
        .run(
            """
            S tmpfs /a
            S mkdir /a/n
            S tmpfs /a/n
            S mkdir /a/n/o
            S change / SHARED
            S chroot /a
            S pivot_root /n /n/o = EINVAL
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("7: the root is no mount point")
  void rootNoMountPoint(String kernel) {
    on(kernel)
        .run(
            """
            S mkdir /a/n
            S tmpfs /a/n
            S mkdir /a/n/o
            S chroot /a
            S pivot_root /n /n/o = EINVAL
            S pivot_root / /n/o = EBUSY
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("8: new_root is not under the root")
  void notUnderRoot(String kernel) {
    on(kernel)
        .run(
            """
            S tmpfs /a
            S chdir /new
            S chroot /a
            S pivot_root . old = EINVAL
            S getcwd = (unreachable)/new
            S stat .. is T
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("9: removed directories")
  void removedDirectories(String kernel) {
    on(kernel)
        .run(
            """
            S mkdir /s
            S bind /s /b
            S pivot_root /b /new/old = EINVAL
            S rmdir /s
            S pivot_root /b /new/old = ENOENT
            S pivot_root /b /b = ENOENT
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("10: put_old is detached or removed")
  void detachedPutOld(String kernel) {
    on(kernel)
        .run(
            """
            S tmpfs /new/old
            S chdir /new/old
            S umount /new/old DETACH
            >=6.12 S pivot_root /new . = ENOENT
            <6.12 S pivot_root /new . = EINVAL
            S chdir /new/b
            S rmdir /new/b
            S pivot_root /new . = ENOENT
            S tmpfs . = ENOENT
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("11: a mount on the root")
  void mountOnRoot(String kernel) {
    on(kernel)
        .run(
            """
            S tmpfs /
            S stat /.. as COVER
            S stat / is T
            S pivot_root /new /new/old
            S stat /old is COVER
            S umount /old
            S stat /old is T
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("12: the old root on a stack, the new one below another")
  void stacks(String kernel) {
    on(kernel)
        .run(
            """
            S tmpfs /new/old
            S stat /new/old as X
            S chdir /new
            S tmpfs /new
            S stat /new as Y
            S pivot_root . old
            S stat / is N
            S stat /.. is Y
            S stat old is T
            S umount old
            S stat old is X
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("13: other tasks")
  void otherTasks(String kernel) {
    on(kernel)
        .run(
            """
            S fork P
            P chdir /a
            S fork Q
            Q unshare NEWNS
            Q stat / as QT
            S open / as f
            Q fchdir f
            S pivot_root /new /new/old
            P getcwd = /old/a
            Q cwd is N
            Q getcwd = (unreachable)/
            Q root is QT
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("14: a less privileged namespace")
  void lessPrivileged(String kernel) {
    on(kernel)
        .run(
            """
            S process U unshare --user --map-root-user --mount --propagation unchanged
            U umount /new = EINVAL
            U pivot_root /new /new/old = EINVAL
            U bind /new /new
            U pivot_root /new /new/old
            U umount / DETACH = EINVAL
            U umount /old DETACH
            """);
  }

  @ParameterizedTest
  @FieldSource(Scenarios.KERNELS_SOURCE)
  @DisplayName("15: mounts of another namespace")
  void foreign(String kernel) {
    on(kernel)
        .run(
            """
            S fork Q
            Q unshare NEWNS
            Q open / as f
            Q open /new as g
            S fchdir g
            S pivot_root . old = EINVAL
            S fchdir f
            S chroot .
            S pivot_root / / = EINVAL
            S tmpfs /a = EINVAL
            """);
  }
}
