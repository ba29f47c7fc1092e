package org.pivotroot.tck.reports;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.StatxMask;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.event.Sight;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.Propagation;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Decision;
import org.pivotroot.tck.model.observation.Explanation;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.reports.store.Results;

/** Results as a run leaves them, for tests: a few claims on several kernels. */
public final class Sample {
  private static final Event STAGE =
      new Event.Noted(
          "S has a mount namespace of its own: tmpfs on /, tmpfs on /new, directory /new/old");

  private Sample() {}

  /** The eleven series in VMs and 6.1 in a container, all on record. */
  public static Results results() {
    return results(documents());
  }

  /** These documents, all on record. */
  public static Results results(List<ResultDocument> documents) {
    return new Results(record(documents), List.of());
  }

  /** A record of these documents. */
  public static ObservedRecord record(List<ResultDocument> documents) {
    return ObservedRecord.empty().with(documents);
  }

  /** The eleven series in VMs and 6.1 in a container. */
  public static List<ResultDocument> documents() {
    List<ResultDocument> documents = new ArrayList<>();
    for (String series :
        List.of(
            "5.10", "6.1", "6.12", "6.16", "6.17", "6.18", "6.19", "7.0", "7.1", "7.2", "7.3")) {
      documents.add(document("vm", series));
    }
    documents.add(document("container", "6.1"));
    return documents;
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
            series,
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

  /** A call that succeeds. */
  public static Event done(String task, Callee callee, Value... arguments) {
    return called(task, new Result.Returned(0), callee, arguments);
  }

  /** A call that fails. */
  public static Event fails(Errno errno, String task, Callee callee, Value... arguments) {
    return called(task, new Result.Failed(errno.number()), callee, arguments);
  }

  /** A call. */
  public static Event called(String task, Result result, Callee callee, Value... arguments) {
    return new Event.Called(task, Call.of(callee, arguments), result);
  }

  /** A text as an argument. */
  public static Value text(String text) {
    return Value.text(text);
  }

  /** mkdir(2). */
  public static Event mkdir(String path) {
    return done("S", Syscall.MKDIR, text(path), Value.number(0755));
  }

  /** mount(2) of a tmpfs. */
  public static Event mountTmpfs(String path) {
    return done(
        "S",
        Syscall.MOUNT,
        text("tmpfs"),
        text(path),
        text("tmpfs"),
        Value.flags(),
        Value.nullPointer());
  }

  /** pivot_root(2), which fails with this error or succeeds without one. */
  public static Event pivotRoot(Errno errno, String newRoot, String putOld) {
    return errno == null
        ? done("S", Syscall.PIVOT_ROOT, text(newRoot), text(putOld))
        : fails(errno, "S", Syscall.PIVOT_ROOT, text(newRoot), text(putOld));
  }

  /** statx(2) of a path. */
  public static Event stat(String task, String path, FileId file) {
    return called(
        task,
        new Result.Identified(file),
        Syscall.STATX,
        Value.workingDirectory(),
        text(path),
        Value.flags(),
        Value.flags(StatxMask.STATX_BASIC_STATS, StatxMask.STATX_MNT_ID),
        Value.buffer(256, Value.Holds.STATX));
  }

  /** The getcwd system call. */
  public static Event getcwd(String task, String path) {
    return called(
        task,
        new Result.Wrote(path),
        Syscall.GETCWD,
        Value.buffer(8192, Value.Holds.TEXT),
        Value.number(8192));
  }

  /** capset(2). */
  public static Event capset(
      String task, Value.CapabilityChange change, Capability... capabilities) {
    return done(
        task,
        Syscall.CAPSET,
        Value.struct(StructType.CAPABILITY_HEADER, "version", Value.number(0x20080522)),
        new Value.Capabilities(change, List.of(capabilities)));
  }

  /** A thread that begins. */
  public static Event thread(String task, String other) {
    return new Event.Started(task, other, Event.How.THREAD, List.of());
  }

  /** A mount of a tmpfs. */
  public static Mount mount(int mount, int parent, String point, int device, int shared) {
    return new Mount(
        mount,
        parent,
        point,
        "tmpfs",
        device,
        "/",
        "rw,relatime",
        new Propagation(shared, 0, 0, false));
  }

  private static List<Observation> observations(int version) {
    List<Observation> all = new ArrayList<>();
    FileId place = new FileId(1, 1, 1);
    all.add(
        observation("cwd-below-old-root-stays", "DESCRIPTION", Verdict.UPHELD)
            .saying("Only a working directory equal to the old root is rewritten; one below stays")
            .events(
                STAGE,
                mkdir("/tmp"),
                thread("S", "P"),
                done("P", Syscall.CHDIR, text("/tmp")),
                stat("P", ".", place),
                pivotRoot(null, "/new", "/new/old"),
                stat("P", ".", place),
                getcwd("P", "/old/tmp"))
            .mounts(
                new MountTable(List.of(mount(1, 9, "/", 1, 1), mount(2, 1, "/new", 2, 0))),
                new MountTable(List.of(mount(2, 9, "/", 2, 0), mount(1, 2, "/old", 1, 1))))
            .build());
    all.add(
        observation("new-root-not-mount-point", "ERRORS", Verdict.UPHELD)
            .saying("new_root must be a mount point, else EINVAL")
            .events(
                STAGE,
                mkdir("/new/dir"),
                mkdir("/new/dir/old"),
                pivotRoot(Errno.EINVAL, "/new/dir", "/new/dir/old"))
            .build());
    all.add(
        observation(
                "rootfs-cannot-be-pivoted",
                "NOTES",
                version < 700 ? Verdict.UPHELD : Verdict.CONTRADICTED)
            .saying("The rootfs (the initramfs) cannot be pivoted away from")
            .stage("initramfs")
            .because(2, "where EINVAL is claimed")
            .contradicted("7.0", "An empty immutable nullfs lies beneath the rootfs", "nullfs")
            .events(
                mountTmpfs("/new"),
                mkdir("/new/old"),
                pivotRoot(version < 700 ? Errno.EINVAL : null, "/new", "/new/old"))
            .build());
    all.add(
        observation(
                "kthread-root-moves",
                "DESCRIPTION",
                version < 703 ? Verdict.UPHELD : Verdict.CONTRADICTED)
            .saying("The root of kernel threads is moved as well")
            .stage("root")
            .because(1, "where it is claimed to move")
            .contradicted("7.3", "Kernel threads live in a private nullfs", null)
            .events(
                pivotRoot(null, "/new", "/new/old"),
                new Event.Looked("2", new Sight.Root(new FileId(3, 3, 4))))
            .build());
    all.add(
        observation("perm-or-lookup-first", "ERRORS", Verdict.UPHELD)
            .saying("Without privilege and with a missing path, one of the two errors is given")
            .fact("errno", version < 700 ? "EPERM" : "ENOENT")
            .events(
                STAGE,
                capset("S", Value.CapabilityChange.WITHOUT, Capability.CAP_SYS_ADMIN),
                pivotRoot(version < 700 ? Errno.EPERM : Errno.ENOENT, "/no", "/no/old"))
            .build());
    boolean lacking = version < 701;
    Value flag = Value.flags(CloneFlag.UNSHARE_EMPTY_MNTNS);
    all.add(
        observation(
                "empty-mount-namespace",
                "DESCRIPTION",
                lacking ? Verdict.NOT_APPLICABLE : Verdict.UPHELD)
            .page("unshare(2)")
            .saying("UNSHARE_EMPTY_MNTNS gives a namespace of one mount <only> & resets root|cwd")
            .because("UNSHARE_EMPTY_MNTNS is unknown to this kernel")
            .explained(new Explanation(Verdict.NOT_APPLICABLE, null, "7.1", "Came with 7.1", null))
            .events(
                STAGE,
                lacking
                    ? fails(Errno.EINVAL, "S", Syscall.UNSHARE, flag)
                    : done("S", Syscall.UNSHARE, flag))
            .build());
    return all;
  }

  /** Starts an observation of pivot_root(2). */
  public static Builder observation(String claim, String section, Verdict verdict) {
    return new Builder(claim, section, verdict);
  }

  /** An observation being put together. */
  public static final class Builder {
    private final String claim;
    private final String section;
    private final Verdict verdict;
    private String page = "pivot_root(2)";
    private String says = "The claim in our own words";
    private String stage = "namespace";
    private Decision because = Decision.of("a call succeeds where failure is claimed");
    private final TreeMap<String, String> facts = new TreeMap<>();
    private List<Explanation> explanations = List.of();
    private List<Event> events = List.of();
    private MountTable before;
    private MountTable after;

    private Builder(String claim, String section, Verdict verdict) {
      this.claim = claim;
      this.section = section;
      this.verdict = verdict;
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

    /** Why it is contradicted or not applicable. */
    public Builder because(String text) {
      because = Decision.of(text);
      return this;
    }

    Builder because(int event, String text) {
      because = new Decision(event, text);
      return this;
    }

    /** Why it is known not to be upheld. */
    public Builder explained(Explanation explanation) {
      explanations = List.of(explanation);
      return this;
    }

    /** Why it is known to be contradicted since a version. */
    public Builder contradicted(String from, String text, String commit) {
      return explained(new Explanation(Verdict.CONTRADICTED, from, null, text, commit));
    }

    /** Adds a fact. */
    public Builder fact(String name, String value) {
      facts.put(name, value);
      return this;
    }

    /** Sets the events. */
    public Builder events(Event... all) {
      events = List.of(all);
      return this;
    }

    Builder mounts(MountTable first, MountTable last) {
      before = first;
      after = last;
      return this;
    }

    /** The observation. */
    public Observation build() {
      return new Observation(
          new ClaimText(claim, page, section, "5.03+", says, stage, false, explanations),
          verdict,
          verdict == Verdict.UPHELD ? null : because,
          facts,
          before,
          after,
          List.of(),
          events);
    }
  }
}
