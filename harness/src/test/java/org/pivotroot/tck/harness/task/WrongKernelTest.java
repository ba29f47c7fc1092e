package org.pivotroot.tck.harness.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pivotroot.tck.harness.wire.Returned;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;

/** Claims of the kinds that the suite is made of, and the kernels that each must find out. */
class WrongKernelTest {

  enum Body {
    /** A claim on an error. */
    NEW_ROOT_ON_ROOT_MOUNT(
        stage -> {
          Task s = stage.task("S");
          stage.task("P").chdir("/new");
          s.pivotRoot("/", "/new/old").fails(Errno.EBUSY);
        }),
    /** A claim on what is left alone. */
    CWD_BELOW_OLD_ROOT_STAYS(
        stage -> {
          Task s = stage.task("S");
          s.mkdir("/tmp");
          Task p = stage.task("P");
          p.chdir("/tmp");
          FileId before = p.stat(".").value();
          s.pivotRoot("/new", "/new/old").succeeds();
          p.cwd().is(before);
          p.stat(".").is(before);
          p.getcwd().is("/old/tmp");
        }),
    /** A claim on what is changed. */
    CWD_AT_OLD_ROOT_MOVES(
        stage -> {
          Task s = stage.task("S");
          Task p = stage.task("P");
          FileId newRoot = p.stat("/new").value();
          s.pivotRoot("/new", "/new/old").succeeds();
          p.cwd().is(newRoot);
          p.root().is(newRoot);
          p.getcwd().is("/");
        }),
    /** A claim on the mount tree. */
    OLD_ROOT_MOVES_TO_PUT_OLD(
        stage -> {
          Task s = stage.task("S");
          FileId oldRoot = s.stat("/").value();
          FileId newRoot = s.stat("/new").value();
          s.pivotRoot("/new", "/new/old").succeeds();
          MountTable after = s.mounts().value();
          stage.check(
              after
                  .at("/old")
                  .filter(
                      mount -> mount.id() == oldRoot.mount() && mount.parent() == newRoot.mount())
                  .isPresent(),
              "the old root mount is not on put_old");
        });

    @SuppressWarnings("ImmutableEnumChecker") // the lambdas above capture nothing
    private final Consumer<Stage> claim;

    Body(Consumer<Stage> claim) {
      this.claim = claim;
    }

    void on(FakeKernel kernel) {
      Stage stage = new Stage(kernel.guest(), Placement.NAMESPACE, false, Set.of());
      claim.accept(stage);
      stage.finish();
    }
  }

  /** A kernel that refuses with another errno, or does something although it refuses. */
  private static FakeKernel refusing(int errno, Consumer<FakeKernel> butFirst) {
    return new FakeKernel() {
      @Override
      Returned pivotRoot(String task, String newRoot, String putOld) {
        butFirst.accept(this);
        return failure(errno);
      }
    };
  }

  private static FakeKernel moving(Consumer<FakeKernel> wrongly) {
    return new FakeKernel() {
      @Override
      void moveTasks(String caller) {
        wrongly.accept(this);
      }
    };
  }

  private static FakeKernel hanging(Consumer<FakeKernel> wrongly) {
    return new FakeKernel() {
      @Override
      void swapMounts() {
        super.swapMounts();
        wrongly.accept(this);
      }
    };
  }

  static Stream<Arguments> wrongKernels() {
    FakeKernel.Place elsewhere = FakeKernel.NEW.through(177);
    return Stream.of(
        arguments(
            "another errno",
            Body.NEW_ROOT_ON_ROOT_MOUNT,
            refusing(FakeKernel.EINVAL, kernel -> {}),
            "= -1 EINVAL (Invalid argument) where EBUSY is claimed"),
        arguments(
            "success",
            Body.NEW_ROOT_ON_ROOT_MOUNT,
            new FakeKernel() {
              @Override
              Returned pivotRoot(String task, String newRoot, String putOld) {
                return success();
              }
            },
            "pivot_root(\"/\", \"/new/old\") = 0 where EBUSY is claimed"),
        arguments(
            "refuses, but a mount is gone",
            Body.NEW_ROOT_ON_ROOT_MOUNT,
            refusing(FakeKernel.EBUSY, kernel -> kernel.mounts.remove(1)),
            "but it changed mounts of S, mount tree around S, mounts of P, mount tree around P"),
        arguments(
            "refuses, but a mount has another parent",
            Body.NEW_ROOT_ON_ROOT_MOUNT,
            refusing(
                FakeKernel.EBUSY,
                kernel -> kernel.mounts.set(1, new FakeKernel.Mounted(102, 102, 22, "/new"))),
            "but it changed mounts of S"),
        arguments(
            "refuses, but the caller's cwd moved",
            Body.NEW_ROOT_ON_ROOT_MOUNT,
            refusing(FakeKernel.EBUSY, kernel -> kernel.cwds.put("S", FakeKernel.NEW)),
            "but it changed cwd of S"),
        arguments(
            "refuses, but another task's cwd is reached through another mount",
            Body.NEW_ROOT_ON_ROOT_MOUNT,
            refusing(FakeKernel.EBUSY, kernel -> kernel.cwds.put("P", elsewhere)),
            "but it changed cwd of P"),
        arguments(
            "refuses, but another task's root moved",
            Body.NEW_ROOT_ON_ROOT_MOUNT,
            refusing(FakeKernel.EBUSY, kernel -> kernel.roots.put("P", FakeKernel.NEW)),
            "but it changed root of P"),
        arguments(
            "refuses, but the tasks are in another namespace",
            Body.NEW_ROOT_ON_ROOT_MOUNT,
            refusing(FakeKernel.EBUSY, kernel -> kernel.namespace++),
            "but it changed namespace of S, namespace of P"),
        arguments(
            "refuses, but changed what no task can see",
            Body.NEW_ROOT_ON_ROOT_MOUNT,
            new FakeKernel() {
              private boolean called;

              @Override
              Returned pivotRoot(String task, String newRoot, String putOld) {
                called = true;
                return failure(EBUSY);
              }

              @Override
              String wholeTree() {
                return super.wholeTree() + (called ? "103 90 0:23 / /x rw - tmpfs x rw\n" : "");
              }
            },
            "but it changed mount tree around S, mount tree around P"),
        arguments(
            "moves every cwd on the old root mount",
            Body.CWD_BELOW_OLD_ROOT_STAYS,
            moving(
                kernel -> {
                  kernel.roots.replaceAll((task, root) -> FakeKernel.NEW);
                  kernel.cwds.replaceAll((task, cwd) -> FakeKernel.NEW);
                }),
            "# cwd of P is "),
        arguments(
            "keeps the directory, but through another mount",
            Body.CWD_BELOW_OLD_ROOT_STAYS,
            moving(kernel -> kernel.cwds.put("P", FakeKernel.TMP.through(178))),
            "# cwd of P is "),
        arguments(
            "getcwd tells the name of before",
            Body.CWD_BELOW_OLD_ROOT_STAYS,
            new FakeKernel() {
              @Override
              String getcwd(String task) {
                return super.getcwd(task).replace("/old/", "/");
              }
            },
            "P: getcwd(\"/tmp\", 8192) = 0 where /old/tmp is claimed"),
        arguments(
            "moves the caller only",
            Body.CWD_AT_OLD_ROOT_MOVES,
            moving(
                kernel -> {
                  kernel.roots.put("S", FakeKernel.NEW);
                  kernel.cwds.put("S", FakeKernel.NEW);
                }),
            "# cwd of P is "),
        arguments(
            "moves the cwd but not the root",
            Body.CWD_AT_OLD_ROOT_MOVES,
            moving(kernel -> kernel.cwds.replaceAll((task, cwd) -> FakeKernel.NEW)),
            "# root of P is "),
        arguments(
            "moves to the right directory of a wrong mount",
            Body.CWD_AT_OLD_ROOT_MOVES,
            moving(kernel -> kernel.cwds.replaceAll((task, cwd) -> elsewhere)),
            "# cwd of P is "),
        arguments(
            "refuses what it must do",
            Body.CWD_AT_OLD_ROOT_MOVES,
            refusing(FakeKernel.EBUSY, kernel -> {}),
            "EBUSY (Device or resource busy) where success is claimed"),
        arguments(
            "puts a copy of the old root on put_old",
            Body.OLD_ROOT_MOVES_TO_PUT_OLD,
            hanging(kernel -> kernel.mounts.set(1, new FakeKernel.Mounted(104, 102, 21, "/old"))),
            "the old root mount is not on put_old"),
        arguments(
            "hangs the old root on a wrong mount",
            Body.OLD_ROOT_MOVES_TO_PUT_OLD,
            hanging(kernel -> kernel.mounts.set(1, new FakeKernel.Mounted(101, 90, 21, "/old"))),
            "the old root mount is not on put_old"),
        arguments(
            "loses the old root",
            Body.OLD_ROOT_MOVES_TO_PUT_OLD,
            hanging(kernel -> kernel.mounts.remove(1)),
            "the old root mount is not on put_old"));
  }

  @ParameterizedTest
  @EnumSource
  void aKernelThatDoesRightUpholdsTheClaim(Body body) {
    FakeKernel kernel = new FakeKernel();
    body.on(kernel);
    assertThat(kernel.roots).isNotEmpty();
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource("wrongKernels")
  void aWrongKernelContradictsTheClaim(
      String wrong, Body body, FakeKernel kernel, String contradiction) {
    assertThatThrownBy(() -> body.on(kernel))
        .isInstanceOf(ContradictionException.class)
        .hasMessageContaining(contradiction);
  }
}
