package org.pivotroot.tck.model.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.record.RecordStore;

class CallReaderTest {
  private static final Set<String> TASKS = Set.of("S", "P", "Q");

  private static String read(String typed) {
    return Strace.call(CallReader.of(typed, TASKS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "pivot_root /new /new/old; pivot_root(\"/new\", \"/new/old\")",
        "pivot_root . .; pivot_root(\".\", \".\")",
        "pivot_root('/a b', \"\"); pivot_root(\"/a b\", \"\")",
        "pivot_root NULL 0x1; pivot_root(NULL, 0x1)",
        "mount tmpfs /new; mount(\"tmpfs\", \"/new\", \"tmpfs\", 0, NULL)",
        "mount tmpfs /new tmpfs MS_RDONLY size=1m; mount(\"tmpfs\", \"/new\", \"tmpfs\", MS_RDONLY,"
            + " \"size=1m\")",
        "mount /a /b MS_BIND|MS_REC; mount(\"/a\", \"/b\", NULL, MS_BIND|MS_REC, NULL)",
        "umount /new; umount2(\"/new\", 0)",
        "umount2 /new MNT_DETACH|0x40; umount2(\"/new\", MNT_DETACH|0x40)",
        "open / O_PATH; openat(AT_FDCWD, \"/\", O_PATH, 0644)",
        "openat fd#2 etc O_RDONLY; openat(fd#2, \"etc\", O_RDONLY, 0644)",
        "setns fd#1; setns(fd#1, 0)",
        "setns -1 CLONE_NEWNS; setns(-1, CLONE_NEWNS)",
        "mkdir /a; mkdir(\"/a\", 0755)",
        "mkdir /a 0700; mkdir(\"/a\", 0700)",
        "mknod /n S_IFCHR|0666 makedev(1, 3); mknod(\"/n\", S_IFCHR|0666, makedev(1, 3))",
        "getcwd; getcwd(buf, 8192)",
        "getcwd 1; getcwd(buf, 1)",
        "readlink /proc/P/cwd; readlink(\"/proc/P/cwd\", buf, 8192)",
        "stat /proc/self/fd/fd#1/x; statx(AT_FDCWD, \"/proc/thread-self/fd/fd#1/x\", 0,"
            + " STATX_BASIC_STATS|STATX_MNT_ID, buf)",
        "open_tree /new OPEN_TREE_CLONE|AT_RECURSIVE; open_tree(AT_FDCWD, \"/new\","
            + " OPEN_TREE_CLONE|AT_RECURSIVE)",
        "move_mount fd#1 '' /new MOVE_MOUNT_F_EMPTY_PATH; move_mount(fd#1, \"\", AT_FDCWD, \"/new\","
            + " MOVE_MOUNT_F_EMPTY_PATH)",
        "mount_setattr / {attr_set=MOUNT_ATTR_RDONLY}; mount_setattr(AT_FDCWD, \"/\", 0,"
            + " {attr_set=MOUNT_ATTR_RDONLY}, 32)",
        "capset without effective CAP_SYS_ADMIN|CAP_SYS_CHROOT; capset({version=537396514},"
            + " without effective CAP_SYS_ADMIN|CAP_SYS_CHROOT)",
        "chroot /new = -1 EPERM (Operation not permitted); chroot(\"/new\")",
        "chroot(\"/new\") = -1 EPERM (Operation not permitted); chroot(\"/new\")",
      })
  void whatIsTyped(String typed, String call) {
    assertThat(read(typed)).isEqualTo(call);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "pivot_rot / /; there is no call pivot_rot",
        "pivot_root /; pivot_root: put_old is missing; it takes new_root, put_old",
        "pivot_root / / /; pivot_root: what is /? It takes new_root, put_old",
        "pivot_root(\"/\"); pivot_root takes new_root, put_old, not 1 arguments",
        "umount2 /a MNT_DETATCH; umount2: what is MNT_DETATCH? It takes target, flags",
        "umount2(\"/a\", MNT_DETATCH); umount2: flags has no flag MNT_DETATCH",
        "fchdir /new; fchdir: fd is missing; it takes fd",
        "fchdir(\"/new\"); fchdir: fd is a descriptor such as fd#1, not \"/new\"",
        "mkdir /a 9; mkdir: mode",
        "chroot '/a; a quote ' is not closed: '/a",
        "chroot(\"/a\"; a bracket or quote is not closed",
        "capset without CAP_ADMIN; there is no capability CAP_ADMIN",
      })
  void whatMeansNothingIsSaid(String typed, String said) {
    assertThatThrownBy(() -> read(typed))
        .isInstanceOf(SyntaxException.class)
        .hasMessageStartingWith(said);
  }

  @Test
  void anUnknownWordComesWithThoseThatAreKnown() {
    assertThatThrownBy(() -> read("pivot_rot / /"))
        .isInstanceOfSatisfying(
            SyntaxException.class,
            e -> {
              assertThat(e.word()).isEqualTo("pivot_rot");
              assertThat(e.known()).contains("pivot_root", "getcwd(3)");
            });
  }

  /** Whatever claims have ever called is read back from what transcripts make of it. */
  @Test
  void everyCallOnRecordIsReadBack() throws IOException {
    Set<Event.Called> all = new LinkedHashSet<>();
    new RecordStore(Path.of("../reports/observed"))
        .read().claims().values().stream()
            .flatMap(claim -> claim.behaviours().stream())
            .flatMap(behaviour -> behaviour.events().stream())
            .forEach(
                event -> {
                  if (event instanceof Event.Called called) {
                    all.add(called);
                  }
                });
    assertThat(all).hasSizeGreaterThan(1000);
    int whole = 0;
    for (Event.Called called : all) {
      String line = Strace.of(called).replaceFirst("^[^:]*: ", "");
      if (!line.matches(".*\\(\\d+ bytes\\).*")) {
        whole++;
        Call read = CallReader.of(line, tasks(called.call()));
        Result none = new Result.Unanswered();
        assertThat(Strace.of(new Event.Called("S", read, none)))
            .as(line)
            .isEqualTo(Strace.of(new Event.Called("S", called.call(), none)));
        // A buffer that was not filled shows neither what it would hold nor its size.
        if (!(called.result() instanceof Result.Failed)) {
          assertThat(read).as(line).isEqualTo(called.call());
        }
      }
    }
    assertThat(whole).isGreaterThan(all.size() * 9 / 10);
  }

  private static List<String> tasks(Call call) {
    return call.arguments().stream()
        .map(
            value ->
                value instanceof Value.OfTask of
                    ? of.task()
                    : value instanceof Value.ProcessOf of ? of.task() : "S")
        .toList();
  }
}
