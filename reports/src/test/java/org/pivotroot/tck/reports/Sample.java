package org.pivotroot.tck.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Topology;
import org.pivotroot.tck.model.observation.Topology.MountEntry;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.reports.store.Results;

/** Results as a run leaves them, for tests: a few claims on several kernels. */
public final class Sample {
  private static final String STAGE =
      "# S has a mount namespace of its own: tmpfs on /, tmpfs on /new, directory /new/old";

  private Sample() {}

  /** The eleven series in VMs and 6.1 in a container. */
  public static Results results() {
    List<ResultDocument> documents = new ArrayList<>();
    for (String series :
        List.of(
            "5.10", "6.1", "6.12", "6.16", "6.17", "6.18", "6.19", "7.0", "7.1", "7.2", "7.3")) {
      documents.add(document("vm", series));
    }
    documents.add(document("container", "6.1"));
    return new Results(documents);
  }

  /** One target with all sample claims. */
  public static ResultDocument document(String environment, String series) {
    return document(environment, series, observations(version(series)));
  }

  /** One target with these observations. */
  public static ResultDocument document(
      String environment, String series, List<Observation> observations) {
    boolean vm = environment.equals("vm");
    String release = series + ".0-1-amd64";
    return new ResultDocument(
        ResultDocument.SCHEMA_VERSION,
        new ResultDocument.Target(
            environment,
            new ResultDocument.Kernel(
                release,
                "#1 SMP PREEMPT_DYNAMIC Debian " + series + ".0-1 (2026-03-05)",
                series,
                vm ? "linux-image-" + release + "-unsigned" : null,
                vm ? series + ".0-1" : null,
                vm ? "ab".repeat(32) : null),
            vm ? "tcg" : null,
            vm ? "QEMU 7.2.0" : "Docker Engine 20.10.24",
            "cd".repeat(32),
            new TreeMap<>(Map.of("libc6", "2.36-9", "util-linux", "2.38.1-5"))),
        new ResultDocument.Suite("0123456789ab"),
        observations);
  }

  private static int version(String series) {
    String[] parts = series.split("\\.", 2);
    return Integer.parseInt(parts[0]) * 100 + Integer.parseInt(parts[1]);
  }

  private static List<Observation> observations(int version) {
    List<Observation> all = new ArrayList<>();
    all.add(
        observation("cwd-below-old-root-stays", "DESCRIPTION", Verdict.UPHELD)
            .saying("Only a working directory equal to the old root is rewritten; one below stays")
            .calls(
                STAGE,
                "S: mkdir(\"/tmp\") = 0",
                "S: clone(0) = P",
                "P: chdir(\"/tmp\") = 0",
                "P: statx(AT_FDCWD, \".\") = {dev#1, inode#1, mount#1}",
                "S: pivot_root(\"/new\", \"/new/old\") = 0",
                "P: statx(AT_FDCWD, \".\") = {dev#1, inode#1, mount#1}",
                "P: getcwd() = \"/old/tmp\"")
            .topology(
                new Topology(
                    List.of(mount(1, 9, "/", 1), mount(2, 1, "/new", 2)),
                    List.of(mount(2, 9, "/", 2), mount(1, 2, "/old", 1))))
            .build());
    all.add(
        observation("new-root-not-mount-point", "ERRORS", Verdict.UPHELD)
            .saying("new_root must be a mount point, else EINVAL")
            .calls(
                STAGE,
                "S: mkdir(\"/new/dir\") = 0",
                "S: mkdir(\"/new/dir/old\") = 0",
                "S: pivot_root(\"/new/dir\", \"/new/dir/old\") = -1 EINVAL (Invalid argument)")
            .build());
    Verdict rootfs = version < 700 ? Verdict.UPHELD : Verdict.CONTRADICTED;
    all.add(
        observation("rootfs-cannot-be-pivoted", "NOTES", rootfs)
            .saying("The rootfs (the initramfs) cannot be pivoted away from")
            .stage("initramfs")
            .because("S: pivot_root(\"/new\", \"/new/old\") = 0 where EINVAL is claimed")
            .reason("Since 7.0 an empty immutable nullfs lies beneath the rootfs")
            .calls(
                "S: mount(\"tmpfs\", \"/new\", \"tmpfs\", 0) = 0",
                "S: mkdir(\"/new/old\") = 0",
                "S: pivot_root(\"/new\", \"/new/old\") = "
                    + (version < 700 ? "-1 EINVAL (Invalid argument)" : "0"))
            .build());
    Verdict kthread = version < 703 ? Verdict.UPHELD : Verdict.CONTRADICTED;
    all.add(
        observation("kthread-root-moves", "DESCRIPTION", kthread)
            .saying("The root of kernel threads is moved as well")
            .stage("root")
            .because("# root of process 2 is {dev#3, inode#3, mount#4} where it is claimed to move")
            .reason("Since 7.3 kernel threads live in a private nullfs")
            .calls("S: pivot_root(\"/new\", \"/new/old\") = 0", "# root of process 2 is {dev#3, x}")
            .build());
    all.add(
        observation("perm-or-lookup-first", "ERRORS", Verdict.UPHELD)
            .saying("Without privilege and with a missing path, one of the two errors is given")
            .fact("errno", version < 700 ? "EPERM" : "ENOENT")
            .calls(
                STAGE,
                "S: capset(without CAP_SYS_ADMIN) = 0",
                "S: pivot_root(\"/no\", \"/no/old\") = -1 "
                    + (version < 700
                        ? "EPERM (Operation not permitted)"
                        : "ENOENT (No such file or directory)"))
            .build());
    all.add(
        observation(
                "empty-mount-namespace",
                "DESCRIPTION",
                version < 701 ? Verdict.NOT_APPLICABLE : Verdict.UPHELD)
            .page("unshare(2)")
            .saying("UNSHARE_EMPTY_MNTNS gives a namespace of one mount <only> & resets root|cwd")
            .because("UNSHARE_EMPTY_MNTNS is unknown to this kernel")
            .reason("Came with 7.1")
            .calls(STAGE, "S: unshare(UNSHARE_EMPTY_MNTNS) = " + (version < 701 ? "-1 EINVAL" : 0))
            .build());
    return all;
  }

  private static MountEntry mount(int mount, int parent, String point, int device) {
    return new MountEntry(
        "mount#" + mount,
        "mount#" + parent,
        point,
        "tmpfs",
        "dev#" + device,
        "/",
        "rw,relatime",
        mount == 1 ? List.of("shared:peers#1") : List.of());
  }

  /** Starts an observation of pivot_root(2) whose expectation is met. */
  public static Builder observation(String claim, String section, Verdict verdict) {
    return new Builder(claim, section, verdict);
  }

  /** An observation being put together. */
  public static final class Builder {
    private final String claim;
    private final String section;
    private final Verdict verdict;
    private Verdict expected;
    private String page = "pivot_root(2)";
    private String says = "The claim in our own words";
    private String stage = "namespace";
    private String because = "S: call() = 0 where failure is claimed";
    private String reason = "The kernel has always done so";
    private final TreeMap<String, String> facts = new TreeMap<>();
    private List<String> transcript = List.of();
    private Topology topology;

    private Builder(String claim, String section, Verdict verdict) {
      this.claim = claim;
      this.section = section;
      this.verdict = verdict;
      this.expected = verdict;
    }

    Builder page(String text) {
      page = text;
      return this;
    }

    Builder saying(String text) {
      says = text;
      return this;
    }

    Builder stage(String word) {
      stage = word;
      return this;
    }

    Builder expecting(Verdict other) {
      expected = other;
      return this;
    }

    /** Why it is contradicted or not applicable. */
    public Builder because(String text) {
      because = text;
      return this;
    }

    Builder reason(String text) {
      reason = text;
      return this;
    }

    /** Adds a fact. */
    public Builder fact(String name, String value) {
      facts.put(name, value);
      return this;
    }

    /** Sets the transcript. */
    public Builder calls(String... lines) {
      transcript = List.of(lines);
      return this;
    }

    Builder topology(Topology trees) {
      topology = trees;
      return this;
    }

    /** The observation. */
    public Observation build() {
      return new Observation(
          claim,
          page,
          section,
          "5.03+",
          says,
          stage,
          verdict,
          expected,
          verdict == Verdict.UPHELD ? null : because,
          expected == Verdict.UPHELD ? null : reason,
          facts,
          transcript,
          topology);
    }
  }
}
