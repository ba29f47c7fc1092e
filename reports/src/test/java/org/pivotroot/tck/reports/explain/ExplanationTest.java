package org.pivotroot.tck.reports.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.model.json.Json;
import org.pivotroot.tck.model.specification.Specification;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.reports.Sample;
import org.pivotroot.tck.reports.store.ReportException;
import tools.jackson.databind.JsonNode;

class ExplanationTest {
  private static final ClaimsOfRules CLAIMS = new ClaimsOfRules(Sample::results);
  private static final String ROOT = "20 1 0:20 / / rw - tmpfs tmpfs rw\n";
  private static final String NEW = "21 20 0:21 / /new rw - tmpfs tmpfs rw\n";
  private static final String STATUS =
      "Name:\tx\nThreads:\t1\nCapEff:\t000001ffffffffff\nSeccomp:\t0\n";

  /** A directory that looks like one of /proc. */
  @TempDir Path proc;

  @BeforeEach
  void process() throws IOException {
    Path root = Files.createDirectories(proc.resolve("elsewhere"));
    Files.createDirectories(root.resolve("new/old"));
    Files.createDirectories(root.resolve("newer"));
    Files.createSymbolicLink(proc.resolve("root"), root);
    Files.createSymbolicLink(proc.resolve("cwd"), root.resolve("new"));
    Files.writeString(root.resolve("file"), "");
    Files.createSymbolicLink(root.resolve("link"), Path.of("/new/./old/.."));
    Files.createDirectories(proc.resolve("ns"));
    Files.createSymbolicLink(proc.resolve("ns/user"), Path.of("user:[4026531837]"));
    write("status", STATUS);
    mounts(ROOT + NEW);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(proc.resolve(file), text);
  }

  private void mounts(String mountinfo) throws IOException {
    write("mountinfo", mountinfo);
  }

  private String live(String kernel, String... call) {
    Subject subject = new LiveProcess(proc, proc.resolve("self"), kernel).subject();
    return Explanation.of(subject, List.of(call), CLAIMS).text();
  }

  private String pivot(String newRoot, String putOld) {
    return live("6.1.0-1-amd64", "pivot_root", newRoot, putOld);
  }

  private String files(String kernel, String root, String cwd, String... call) {
    Subject subject =
        new SavedFiles(proc.resolve("mountinfo"), root, cwd, proc.resolve("status"), kernel)
            .subject();
    return Explanation.of(subject, List.of(call), CLAIMS).text();
  }

  @Test
  void nothingSpeaksAgainstAGoodCall() {
    assertThat(pivot("/new", "/new/old"))
        .startsWith("pivot_root(\"/new\", \"/new/old\") by process ")
        .contains(", Linux 6.1.0-1-amd64\nNothing that can be seen speaks against this call.\n")
        .contains("new_root /new: mount 21 at /new (tmpfs, private), on mount 20 at / (tmpfs")
        .contains(
            "if what the topmost mount is on, which mountinfo does not show, is shared: then"
                + " EINVAL (pivot_root.shared)")
        .doesNotContain("taken to be");
    for (String[] paths : new String[][] {{"/link", "/link/old"}, {".", "."}, {".", "old"}}) {
      assertThat(pivot(paths[0], paths[1])).contains("Nothing that can be seen");
    }
  }

  @Test
  void theOrderOfChecksIsTheKernels() throws IOException {
    write("status", STATUS.replace("000001ffffffffff", "0000000000000000"));
    assertThat(pivot("/none", "/new/old")).contains("It fails with EPERM:");
    assertThat(live("7.0", "pivot_root", "/none", "/new/old"))
        .contains("It fails with ENOENT: a component does not exist");
  }

  @Test
  void missingAndOther() {
    assertThat(pivot("/none", "/new/old")).contains("It fails with ENOENT", "check: path.missing");
    assertThat(pivot("/new", "/file")).contains("It fails with ENOTDIR");
    assertThat(pivot("/link/../none", "/new/old")).contains("It fails with ENOENT");
  }

  @Test
  void whatComesBehindIsSaidToo() {
    assertThat(pivot("/newer", "/new/old"))
        .contains("It fails with EBUSY: new_root or put_old is on the mount of the root")
        .contains("new_root /newer: /newer, a directory of mount 20 at /", "no mount point")
        .containsSubsequence(
            "If that were not so, it would fail with\n", "EINVAL: new_root is not a mount point");
    assertThat(pivot("/new", "/newer"))
        .containsSubsequence("EBUSY", "EINVAL: put_old is not at or underneath new_root");
  }

  @Test
  void chrootedToAPlainDirectory() throws IOException {
    mounts(NEW);
    assertThat(pivot("/new", "/new/old"))
        .contains("It fails with EINVAL: the root of the caller is not a mount point")
        .contains("root: /, a directory of a mount that mountinfo does not show");
    assertThat(files("6.1", "/srv/jail", "/srv/jail/new", "pivot_root", ".", "."))
        .contains("It fails with EINVAL: the root of the caller is not a mount point");
    // The same from the mount table of another process, which sees more.
    mounts("20 1 0:20 / / rw - ext4 x rw\n21 20 0:21 / /srv/jail/new rw - tmpfs tmpfs rw\n");
    assertThat(files("6.1", "/srv/jail", "/srv/jail/new", "pivot_root", ".", "."))
        .contains("It fails with EINVAL: the root of the caller is not a mount point")
        .contains("root: /srv/jail, a directory of mount 20 at /");
  }

  @Test
  void sharedMounts() throws IOException {
    mounts(ROOT.replace(" - ", " shared:1 - ") + NEW);
    assertThat(pivot("/new", "/new/old"))
        .contains("It fails with EINVAL: put_old is on a shared mount, or the parent")
        .contains("on mount 20 at / (tmpfs, shared)");
    mounts(ROOT + NEW.replace(" - ", " shared:1 - "));
    assertThat(pivot("/new", "/new/old")).contains("It fails with EINVAL: put_old is on a shared");
    mounts(ROOT + NEW.replace(" - ", " master:1 - "));
    assertThat(pivot("/new", "/new/old")).contains("Nothing that can be seen");
  }

  @Test
  void initramfsDependsOnTheKernel() throws IOException {
    mounts("1 0 0:1 / / rw - rootfs rootfs rw\n" + NEW.replace(" 20 ", " 1 "));
    assertThat(live("6.18.3", "pivot_root", "/new", "/new/old"))
        .contains("the root of the caller is the first mount of the namespace", "switch_root");
    assertThat(live("7.0", "pivot_root", "/new", "/new/old")).contains("Nothing that can be seen");
  }

  @Test
  void otherCalls() throws IOException {
    assertThat(live("6.1", "umount", "/new/old")).contains("EINVAL: target is not a mount point");
    assertThat(live("6.1", "umount", "/new")).contains("It fails with EBUSY"); // its cwd
    assertThat(live("6.1", "umount", "/new", "MNT_DETACH")).contains("Nothing that can be seen");
    mounts(ROOT.replace(" - ", " shared:1 - ") + NEW);
    assertThat(live("6.1", "mount", "/new", "/newer", "MS_MOVE"))
        .contains("EINVAL: the source is on a shared mount", "mount --make-private");
    assertThat(live("6.1", "move_mount", "/new", "/newer"))
        .contains("EINVAL: the source is on a shared mount");
    assertThat(live("6.1", "mount(\"/new\", \"/new/old\", NULL, MS_MOVE, NULL)"))
        .contains("ELOOP: the target is below the source");
    write("status", STATUS.replace("Threads:\t1", "Threads:\t4"));
    assertThat(live("6.1", "setns", "/proc/77/ns/mnt", "CLONE_NEWNS"))
        .startsWith("setns(\"/proc/77/ns/mnt\", CLONE_NEWNS) by ")
        .contains("EINVAL: the caller shares root and working directory with another task");
  }

  @Test
  void whatIsOutsideTheMountTree() throws IOException {
    assertThat(pivot("/new", "/new/old"))
        .contains("ok     seccomp", "unseen security-module", "ok     user-namespace");
    write("status", STATUS.replace("Seccomp:\t0", "Seccomp:\t2"));
    Files.createDirectories(proc.resolve("attr"));
    write("attr/current", "docker-default (enforce)\n");
    Files.delete(proc.resolve("ns/user"));
    Files.createSymbolicLink(proc.resolve("ns/user"), Path.of("user:[4026532000]"));
    Files.createSymbolicLink(proc.resolve("ns/mnt"), Path.of("mnt:[4026531841]"));
    Path self = Files.createDirectories(proc.resolve("self/ns")).getParent();
    Files.createSymbolicLink(self.resolve("ns/user"), Path.of("user:[4026531837]"));
    Files.createSymbolicLink(self.resolve("ns/mnt"), Path.of("mnt:[4026531841]"));
    Files.writeString(self.resolve("mountinfo"), ROOT);
    assertThat(pivot("/new", "/new/old"))
        .contains("It fails with EPERM: the caller lacks CAP_SYS_ADMIN")
        .contains("if the mounts are locked", "EINVAL (pivot_root.new-root-locked)")
        .contains("THERE  seccomp: Seccomp: 2, a filter")
        .contains("THERE  security-module: AppArmor confines it as docker-default (enforce)")
        .contains("THERE  user-namespace: it is in a user namespace that does not own");
    write("attr/current", "system_u:system_r:container_t:s0:c1,c2\0");
    assertThat(pivot("/new", "/new/old")).contains("SELinux confines it as system_u:");
  }

  @Test
  void filesAloneLeaveMuchUnseen() {
    assertThat(files("6.1", null, "/new", "pivot_root", ".", "old"))
        .contains("Nothing that can be seen")
        .contains("taken to be a directory: /new/old", "ok     seccomp: Seccomp: 0")
        .contains("unseen security-module", "unseen user-namespace")
        .contains(
            "if a user namespace that is not the caller's owns its mount namespace: then EPERM");
    assertThat(files("6.1", null, null, "umount2", "/new"))
        .contains(
            "if something has its root, working directory or an open file on the mount: then"
                + " EBUSY (umount2.busy)");
  }

  @Test
  void whoUsesAMountIsNamed() throws IOException {
    Path all = Files.createDirectories(proc.resolve("all"));
    Path self = Files.createDirectories(all.resolve("1/ns")).getParent();
    for (String pid : List.of("1", "77")) {
      Path one = Files.createDirectories(all.resolve(pid + "/ns")).getParent();
      Files.createDirectories(one.resolve("fd"));
      Files.writeString(one.resolve("status"), STATUS);
      Files.writeString(one.resolve("mountinfo"), ROOT + NEW);
      Files.createSymbolicLink(one.resolve("ns/mnt"), Path.of("mnt:[4026531841]"));
      Files.createSymbolicLink(one.resolve("root"), Path.of("/"));
      Files.createSymbolicLink(one.resolve("cwd"), Path.of("/"));
    }
    Subject free = new LiveProcess(self, self, "6.1").subject();
    assertThat(Explanation.of(free, List.of("umount", "/new"), CLAIMS).text())
        .contains("Nothing that can be seen");
    Files.createSymbolicLink(all.resolve("77/fd/3"), Path.of("/new/file"));
    Subject used = new LiveProcess(self, self, "6.1").subject();
    assertThat(Explanation.of(used, List.of("umount", "/new"), CLAIMS).text())
        .contains("It fails with EBUSY", "in use by: fd/3 of process 77\n");
    assertThat(Explanation.of(used, List.of("umount", "/new", "MNT_DETACH"), CLAIMS).text())
        .contains("Nothing that can be seen");
  }

  @Test
  void programsGetAnObject() throws IOException {
    Subject subject = new LiveProcess(proc, proc.resolve("self"), "6.1").subject();
    JsonNode json =
        Json.parse(
            Explanation.of(subject, List.of("pivot_root", "/newer", "/new/old"), CLAIMS).json(),
            JsonNode.class,
            "output");
    assertThat(json.get("fails").asBoolean()).isTrue();
    assertThat(json.get("checks").get(0).get("check").asString()).isEqualTo("pivot_root.busy");
    assertThat(json.get("outside").get(0).get("state").asString()).isEqualTo("absent");
  }

  @Test
  void badInputIsNamed() throws IOException {
    assertThatThrownBy(() -> live("6.1", "pivot_rot", "/", "/"))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("there is no call pivot_rot; give a call such as");
    assertThatThrownBy(() -> live("nonsense", "chroot", "/"))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("nonsense is no version of a kernel");
    assertThatThrownBy(() -> live("6.1", "sched_setaffinity", "0", "128", "[0]"))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("does not speak of sched_setaffinity");
    Files.delete(proc.resolve("cwd"));
    Files.createSymbolicLink(proc.resolve("cwd"), proc);
    assertThatThrownBy(() -> pivot(".", "."))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("is outside its root")
        .hasMessageContaining("give absolute paths");
    mounts("nonsense\n");
    assertThatThrownBy(() -> pivot("/new", "/new/old"))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("mountinfo, line 1: this is no line of mountinfo: nonsense");
    Files.delete(proc.resolve("mountinfo"));
    assertThatThrownBy(() -> pivot("/new", "/new/old"))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("there is no such process");
  }

  @Test
  void everyWayOutIsOfARule() {
    assertThat(Specification.clauses()).extracting(Clause::id).containsAll(WaysOut.rules());
  }

  @Test
  void theRulesAreWrittenDown() {
    var rules = ExactRules.of(CLAIMS);
    assertThat(rules.keySet())
        .startsWith("pivot_root", "umount2")
        .contains("a move of mounts", "a lookup of a path");
    assertThat(rules.get("pivot_root"))
        .extracting(ExactRules.Row::id)
        .containsSubsequence("pivot_root.permission", "pivot_root.shared", "pivot_root.pivots");
    assertThat(rules.get("pivot_root"))
        .filteredOn(row -> row.id().equals("pivot_root.permission"))
        .extracting(ExactRules.Row::versions)
        .containsExactly("before 7.0", "from 7.0");
  }
}
