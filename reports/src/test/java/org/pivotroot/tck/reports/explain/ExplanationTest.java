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
import org.pivotroot.tck.reports.Sample;
import org.pivotroot.tck.reports.store.ReportException;

class ExplanationTest {
  private static final String ROOT = "20 1 0:20 / / rw - tmpfs tmpfs rw\n";
  private static final String NEW = "21 20 0:21 / /new rw - tmpfs tmpfs rw\n";

  /** A directory that looks like one of /proc. */
  @TempDir Path proc;

  @BeforeEach
  void process() throws IOException {
    Path root = Files.createDirectories(proc.resolve("elsewhere"));
    Files.createDirectories(root.resolve("new/old"));
    Files.createDirectories(root.resolve("newer"));
    Files.createSymbolicLink(proc.resolve("root"), root);
    Files.createSymbolicLink(proc.resolve("cwd"), root.resolve("new"));
    Files.writeString(proc.resolve("root/file"), "");
    Files.createSymbolicLink(proc.resolve("root/link"), Path.of("/new/./old/.."));
    Files.writeString(proc.resolve("status"), "Name:\tx\nCapEff:\t000001ffffffffff\n");
    mounts(ROOT + NEW);
  }

  private void mounts(String mountinfo) throws IOException {
    Files.writeString(proc.resolve("mountinfo"), mountinfo);
  }

  private String explain(String newRoot, String putOld) {
    return explain("6.1.0-1-amd64", newRoot, putOld);
  }

  private String explain(String release, String newRoot, String putOld) {
    return Explanation.of(proc, release, newRoot, putOld, Sample.results());
  }

  @Test
  void nothingSpeaksAgainstAGoodCall() {
    assertThat(explain("/new", "/new/old"))
        .startsWith("pivot_root(\"/new\", \"/new/old\") on kernel 6.1.0-1-amd64\n")
        .doesNotContain("FAILS")
        .contains("unseen shared-root-parent: mount 1 is outside the process's root")
        .endsWith("Nothing that can be seen speaks against this call.\n");
    assertThat(explain("/link", "/link/old"))
        .contains("new_root /link is /new")
        .doesNotContain("FAILS");
    assertThat(explain(".", ".")).contains("put_old . is /new").doesNotContain("FAILS");
    assertThat(explain(".", "old")).contains("put_old old is /new/old").doesNotContain("FAILS");
  }

  @Test
  void missingPrivilege() throws IOException {
    Files.writeString(proc.resolve("status"), "CapEff:\t0000000000000000\n");
    assertThat(explain("/new", "/new/old")).contains("FAILS  privilege").endsWith("with EPERM.\n");
    assertThat(explain("/none", "/new/old")).endsWith("(perm-or-lookup-first).\n");
  }

  @Test
  void missingAndOther() {
    assertThat(explain("/none", "/new/old"))
        .contains("FAILS  missing: new_root /none: /none is missing")
        .endsWith("with ENOENT.\n");
    assertThat(explain("/new", "/file")).contains("FAILS  not-directory: put_old /file");
  }

  @Test
  void onTheRootMount() {
    assertThat(explain("/newer", "/new/old"))
        .contains("FAILS  on-root-mount: new_root is on mount 20 at /")
        .contains("FAILS  new-root-no-mount-point", "way out: mount --bind DIR DIR")
        .endsWith("The call fails with EBUSY.\n");
    assertThat(explain("/new", "/newer"))
        .contains("FAILS  on-root-mount: put_old")
        .contains("FAILS  not-underneath: /newer is not within /new");
  }

  @Test
  void chrootedToAPlainDirectory() throws IOException {
    mounts(NEW);
    assertThat(explain("/new", "/new/old"))
        .contains("FAILS  root-no-mount-point", "root-chrooted-to-mount-point");
  }

  @Test
  void sharedMounts() throws IOException {
    mounts(ROOT.replace(" - ", " shared:1 - ") + NEW);
    assertThat(explain("/new", "/new/old")).contains("FAILS  shared-new-root-parent: mount 20");
    mounts(ROOT + NEW.replace(" - ", " shared:1 - "));
    assertThat(explain("/new", "/new/old")).contains("FAILS  shared-put-old: mount 21");
    mounts("1 0 0:1 / /up rw shared:1 - tmpfs tmpfs rw\n" + ROOT + NEW);
    assertThat(explain("/new", "/new/old")).contains("FAILS  shared-root-parent: mount 1 at /up");
    mounts(ROOT + NEW.replace(" - ", " master:1 - "));
    assertThat(explain("/new", "/new/old")).doesNotContain("FAILS");
  }

  @Test
  void initramfsDependsOnTheKernel() throws IOException {
    mounts("1 1 0:1 / / rw - rootfs rootfs rw\n" + NEW.replace(" 20 ", " 1 "));
    assertThat(explain("6.1.0-9", "/new", "/new/old"))
        .contains("FAILS  rootfs: the root is the initramfs; kernel 6.1.0-9 cannot");
    assertThat(explain("6.18.3", "/new", "/new/old")).contains("FAILS  rootfs");
    assertThat(explain("7.4.0-rc1", "/new", "/new/old")).contains("ok     rootfs");
    assertThat(Explanation.of(proc, "6.1", "/new", "/new/old", Sample.results(List.of())))
        .contains("unseen rootfs: the root is the initramfs; kernel 6.1 is not on record");
  }

  @Test
  void badInputIsNamed() throws IOException {
    Files.delete(proc.resolve("cwd"));
    Files.createSymbolicLink(proc.resolve("cwd"), proc);
    assertThatThrownBy(() -> explain(".", "."))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("is outside its root")
        .hasMessageContaining("give absolute paths");
    mounts("nonsense\n");
    assertThatThrownBy(() -> explain("/new", "/new/old"))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("mountinfo, line 1: this is no line of mountinfo: nonsense");
    Files.delete(proc.resolve("mountinfo"));
    assertThatThrownBy(() -> explain("/new", "/new/old"))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("there is no such process");
  }

  @Test
  void everyCauseNamesClaimsAndAWayOut() {
    assertThat(Causes.all())
        .allSatisfy(
            cause -> {
              assertThat(cause.claims()).isNotEmpty();
              assertThat(cause.wayOut()).isNotBlank();
            })
        .extracting(Cause::id)
        .doesNotHaveDuplicates();
  }
}
