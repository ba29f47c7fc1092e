package org.pivotroot.tck.reports.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.call.FileType;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.InotifyEvent;
import org.pivotroot.tck.model.call.LibraryFunction;
import org.pivotroot.tck.model.call.MapFlag;
import org.pivotroot.tck.model.call.MapProtection;
import org.pivotroot.tck.model.call.MountEvent;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.PollEvent;
import org.pivotroot.tck.model.call.ResolveFlag;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.event.Sight;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.View;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.reports.Sample;

class ReproducerTest {
  /** A user namespace gives the programs all they need, so that no test has to be root. */
  private static final List<String> CONFINED =
      List.of("unshare", "--user", "--map-root-user", "--mount", "--propagation", "private");

  @TempDir Path directory;

  private record Ended(int status, String output) {}

  private static Observation observation(Event... events) {
    return Sample.observation("claim", "ERRORS", Verdict.UPHELD).events(events).build();
  }

  private static Observation sample(String claim) {
    return Sample.document("vm", "7.2").observations().stream()
        .filter(observation -> observation.id().equals(claim))
        .findFirst()
        .orElseThrow();
  }

  private Ended run(List<String> command, String... more) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private static boolean installed(String program) {
    return List.of(System.getenv("PATH").split(":", -1)).stream()
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, program)));
  }

  private Path compile(Observation observation) throws IOException, InterruptedException {
    return compile(Reproducer.of(observation).c());
  }

  private Path compile(String program) throws IOException, InterruptedException {
    assumeTrue(installed("cc"), "no C compiler is installed (Debian: apt-get install gcc)");
    Path source = directory.resolve("reproducer.c");
    Files.writeString(source, program);
    Path executable = directory.resolve("reproducer");
    Ended compiled =
        run(
            List.of("cc", "-Wall", "-Wextra", "-Werror", "-pthread", "-o"),
            executable.toString(),
            source.toString());
    assertThat(compiled).isEqualTo(new Ended(0, ""));
    return executable;
  }

  private void confinementWorks() throws IOException, InterruptedException {
    assumeTrue(
        run(CONFINED, "true").status() == 0, "this host allows no user namespace to this user");
  }

  /** Every kind of argument, result, event and look. */
  private static Observation everything() {
    Value.Descriptor one = new Value.Descriptor(1);
    Value openHow =
        Value.struct(
            StructType.OPEN_HOW,
            "flags",
            Value.flags(OpenFlag.O_PATH),
            "resolve",
            Value.flags(ResolveFlag.RESOLVE_IN_ROOT));
    Value cloneArguments =
        Value.struct(
            StructType.CLONE_ARGS,
            "flags",
            Value.flags(CloneFlag.CLONE_EMPTY_MNTNS),
            "stack",
            new Value.BadAddress(4096));
    Value polled =
        Value.struct(StructType.POLLFD, "fd", one, "events", Value.flags(PollEvent.POLLPRI));
    Value mode = new Value.Flags(List.of(FileType.S_IFCHR), 0644);
    FileId file = new FileId(1, 1, 1);
    MountTable table = new MountTable(List.of(Sample.mount(1, 2, "/", 1, 1)));
    return observation(
        new Event.Noted("a note of\ntwo lines\\"),
        Sample.called(
            "S",
            new Result.Opened(1),
            Syscall.OPENAT,
            Value.workingDirectory(),
            Value.text("/"),
            Value.flags(OpenFlag.O_PATH, OpenFlag.O_CLOEXEC),
            Value.number(0)),
        Sample.called(
            "S",
            new Result.Opened(2),
            Syscall.OPENAT2,
            one,
            one.path("/x"),
            openHow,
            Value.number(24)),
        Sample.done("S", Syscall.FCHDIR, new Value.BadDescriptor(-1)),
        Sample.done("S", Syscall.CLONE3, cloneArguments, Value.number(88)),
        Sample.called(
            "S",
            new Result.Mapped(1),
            Syscall.MMAP,
            Value.nullPointer(),
            Value.number(4096),
            Value.flags(MapProtection.PROT_READ),
            Value.flags(MapFlag.MAP_PRIVATE),
            one,
            Value.number(0)),
        Sample.done("S", Syscall.MUNMAP, new Value.Mapping(1), Value.number(4096)),
        Sample.called(
            "S",
            new Result.Happened(List.of(Value.flags(PollEvent.POLLERR))),
            Syscall.POLL,
            polled,
            Value.number(1),
            Value.number(0)),
        Sample.called(
            "S",
            new Result.Happened(
                List.of(
                    Value.flags(InotifyEvent.IN_UNMOUNT), Value.flags(InotifyEvent.IN_IGNORED))),
            Syscall.READ,
            one,
            Value.buffer(8192, Value.Holds.INOTIFY_EVENTS),
            Value.number(8192)),
        Sample.called(
            "S",
            new Result.MountsChanged(List.of(MountEvent.attached(1), MountEvent.moved(2))),
            Syscall.READ,
            one,
            Value.buffer(8192, Value.Holds.MOUNT_EVENTS),
            Value.number(8192)),
        Sample.called(
            "S",
            new Result.Lines(1),
            Syscall.READ,
            one,
            Value.buffer(8192, Value.Holds.LINES),
            Value.number(8192)),
        Sample.called("S", new Result.Masked(022), Syscall.UMASK, Value.number(022)),
        Sample.called(
            "S",
            new Result.Touched(2, "/", 2),
            Syscall.GETCWD,
            Value.buffer(64, Value.Holds.TOUCHED),
            Value.number(64)),
        Sample.called("S", new Result.Allocated("/", 24), LibraryFunction.GET_CURRENT_DIR_NAME),
        Sample.called(
            "S",
            new Result.Wrote("/" + "d".repeat(300)),
            LibraryFunction.GETCWD,
            Value.buffer(8192, Value.Holds.TEXT),
            Value.number(8192)),
        Sample.called(
            "S",
            new Result.Returned(1),
            LibraryFunction.DLSYM,
            Value.nullPointer(),
            Value.text("chroot")),
        Sample.done(
            "S", LibraryFunction.SETENV, Value.text("PWD"), Value.text("/"), Value.number(1)),
        Sample.fails(Errno.ENAMETOOLONG, "S", Syscall.CHROOT, Value.text("a/".repeat(2048))),
        Sample.done("S", Syscall.MKNOD, Value.text("/d"), mode, Value.number(0x103)),
        Sample.fails(Errno.EFAULT, "S", Syscall.CHDIR, Value.badAddress()),
        Sample.capset("S", Value.CapabilityChange.ONLY, Capability.CAP_SYS_CHROOT),
        Sample.capset("S", Value.CapabilityChange.ONLY),
        Sample.done(
            "S",
            Syscall.SCHED_SETAFFINITY,
            Value.number(0),
            Value.number(128),
            new Value.Processors(List.of(0, 9))),
        new Event.Started("S", "SHARES-FS", Event.How.THREAD_SHARING_FS, List.of()),
        new Event.Started("S", "U", Event.How.PROCESS, List.of("unshare", "--user")),
        new Event.Started("S", "V", Event.How.PROCESS, List.of()),
        new Event.Started("S", "W", Event.How.PROCESS, Event.Started.UNSHARE),
        Sample.stat("U", "/", file),
        Sample.called(
            "S",
            new Result.Wrote("/"),
            Syscall.READLINK,
            new Value.OfTask("U", "root"),
            Value.buffer(8192, Value.Holds.BYTES),
            Value.number(8192)),
        Sample.called(
            "S",
            new Result.Opened(3),
            Syscall.PIDFD_OPEN,
            new Value.ProcessOf("U"),
            Value.number(0)),
        new Event.Ended("SHARES-FS"),
        new Event.Deepened("S", "d".repeat(99), 3),
        new Event.Ran("S", List.of("sh", "-c", "echo \"a\""), "in\n", 1, "\"a\"\té", null),
        new Event.Looked("U", new Sight.Root(file)),
        new Event.Looked("U", new Sight.Cwd(file)),
        new Event.Looked("S", new Sight.Mounts(table)),
        new Event.Looked("S", new Sight.Tree(table)),
        new Event.Looked("2", new Sight.Whole(new View(file, file, table, 1, table))),
        new Event.Ran("S", List.of("true"), null, null, null, null),
        Sample.called("S", new Result.Unanswered(), Syscall.UNSHARE, Value.bits(1)));
  }

  @Test
  void everyKindOfEventCompiles() throws IOException, InterruptedException {
    compile(everything());
  }

  /** What is added to the model and unknown to some headers belongs into the prelude. */
  @Test
  void everyFlagAndSystemCallHasAMeaningInC() throws IOException, InterruptedException {
    List<Event> events = new ArrayList<>();
    for (Flag flag : Flag.BY_NAME.values()) {
      Value arguments = Value.struct(StructType.CLONE_ARGS, "flags", Value.flags(flag));
      events.add(Sample.done("S", Syscall.CLONE3, arguments, Value.number(88)));
    }
    for (Syscall syscall : Syscall.values()) {
      Value[] zeros = new Value[syscall.parameters().size()];
      Arrays.fill(zeros, Value.number(0));
      events.add(Sample.done("S", syscall, zeros));
    }
    compile(observation(events.toArray(Event[]::new)));
  }

  @Test
  void programShowsWhatIsOnRecord() throws IOException, InterruptedException {
    Path program = compile(sample("cwd-below-old-root-stays"));
    confinementWorks();
    Ended ended = run(CONFINED, program.toString());
    assertThat(ended.output())
        .contains("S: pivot_root(\"/new\", \"/new/old\") = 0\n", "\n   \"/old/tmp\"\n")
        .endsWith("As recorded.\n");
    assertThat(ended.status()).isZero();
  }

  @Test
  void programSaysWhereTheKernelDoesOtherwise() throws IOException, InterruptedException {
    Path program =
        compile(
            observation(
                Sample.pivotRoot(Errno.EINVAL, "/new", "/new/old"),
                Sample.getcwd("S", "/elsewhere"),
                Sample.stat("S", "/", new FileId(1, 1, 1)),
                Sample.stat("S", "/old", new FileId(1, 1, 2)),
                new Event.Looked("S", new Sight.Root(new FileId(3, 3, 3))),
                new Event.Looked(
                    "S",
                    new Sight.Mounts(new MountTable(List.of(Sample.mount(1, 4, "/", 1, 0)))))));
    confinementWorks();
    Ended ended = run(CONFINED, program.toString());
    assertThat(ended.output())
        .contains("= 0   <-- on record: Invalid argument\n", "^-- on record: /elsewhere\n")
        .contains("^-- on record: another device another inode \n")
        .contains("^-- on record: another device another inode another mount\n")
        .contains("^-- on record: no such mount\n");
    assertThat(ended.status()).isEqualTo(1);
  }

  @Test
  void aSeriesSaysHowManyShowWhatIsOnRecord() throws IOException, InterruptedException {
    Observation same = observation(Sample.getcwd("S", "/"));
    Observation otherwise = observation(Sample.getcwd("S", "/elsewhere"));
    Path program =
        compile(
            Reproducer.series(List.of(sample("cwd-below-old-root-stays"), same, otherwise, same)));
    confinementWorks();
    Ended ended = run(CONFINED, program.toString());
    assertThat(ended.output())
        .contains(otherwise.id() + " is otherwise\n")
        .containsPattern("3 of 4 as recorded in [0-9]+ ms\n$");
    assertThat(ended.status()).isEqualTo(1);
  }

  @Test
  void scriptShowsWhatIsOnRecord() throws IOException, InterruptedException {
    Observation observation = sample("new-root-not-mount-point");
    Path script = directory.resolve("script.sh");
    Files.writeString(script, Reproducer.of(observation).shell());
    assertThat(script).content().contains("$B pivot_root /new/dir /new/dir/old");
    assumeTrue(
        installed("busybox"), "no busybox is installed (Debian: apt-get install busybox-static)");
    confinementWorks();
    Ended ended = run(CONFINED, "sh", script.toString(), "inside");
    assertThat(ended.output()).contains("Invalid argument\n").endsWith("As recorded.\n");
    assertThat(ended.status()).isZero();
  }

  @Test
  void scriptCompilesTheProgramWhereNoCommandDoes() {
    assertThat(Reproducer.of(sample("cwd-below-old-root-stays")).shell())
        .contains("this compiles the C program", "static void *task_P(void *unused)");
  }
}
