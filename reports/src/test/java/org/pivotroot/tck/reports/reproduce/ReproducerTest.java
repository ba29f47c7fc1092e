package org.pivotroot.tck.reports.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.reports.Sample;

class ReproducerTest {
  private static final String STAGE =
      "# S has a mount namespace of its own: tmpfs on /, tmpfs on /new, directory /new/old";

  /** A user namespace gives the programs all they need, so that no test has to be root. */
  private static final List<String> CONFINED =
      List.of("unshare", "--user", "--map-root-user", "--mount", "--propagation", "private");

  @TempDir Path directory;

  private record Ended(int status, String output) {}

  private static Observation observation(String... calls) {
    return Sample.observation("claim", "ERRORS", Verdict.UPHELD).calls(calls).build();
  }

  private static Observation sample(String claim) {
    return Sample.document("vm", "7.2").observations().stream()
        .filter(observation -> observation.claim().equals(claim))
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
    assumeTrue(installed("cc"), "no C compiler is installed (Debian: apt-get install gcc)");
    Path source = directory.resolve("reproducer.c");
    Files.writeString(source, Reproducer.of(observation).c());
    Path program = directory.resolve("reproducer");
    Ended compiled =
        run(
            List.of("cc", "-Wall", "-Wextra", "-Werror", "-pthread", "-o"),
            program.toString(),
            source.toString());
    assertThat(compiled).isEqualTo(new Ended(0, ""));
    return program;
  }

  private void confinementWorks() throws IOException, InterruptedException {
    assumeTrue(
        run(CONFINED, "true").status() == 0, "this host allows no user namespace to this user");
  }

  @Test
  void grammarOfTranscripts() {
    assertThat(Line.Grammar.parse("S: pivot_root(\"/a (b), c\", 0x1) = -1 EFAULT (Bad address)"))
        .isEqualTo(
            new Line.Made(
                "S",
                "pivot_root",
                List.of("\"/a (b), c\"", "0x1"),
                "EFAULT",
                "-1 EFAULT (Bad address)"));
    assertThat(Line.Grammar.parse("S: mknod(\"/d\", S_IFCHR|0644, makedev(1, 3)) = 0"))
        .isEqualTo(
            new Line.Made(
                "S", "mknod", List.of("\"/d\"", "S_IFCHR|0644", "makedev(1, 3)"), null, "0"));
    assertThat(Line.Grammar.parse("S: libc getcwd() = \"/\""))
        .isEqualTo(new Line.Made("S", "libc getcwd", List.of(), null, "\"/\""));
    assertThat(Line.Grammar.parse("S: clone(CLONE_FS) = P"))
        .isEqualTo(new Line.Started("S", "P", true));
    assertThat(Line.Grammar.parse("S: $ unshare --user & = P"))
        .isEqualTo(
            new Line.Launched(
                "S", "P", new Line.Command("unshare --user", List.of("unshare", "--user"))));
    assertThat(Line.Grammar.parse("S: $ sh -c 'echo '\\''a = b'\\'' &' '' = 1, error \"x\\ny\""))
        .isEqualTo(
            new Line.Ran(
                "S",
                new Line.Command(
                    "sh -c 'echo '\\''a = b'\\'' &' ''", List.of("sh", "-c", "echo 'a = b' &", "")),
                1));
    assertThat(Line.Grammar.parse("S: $ printf %s 'a | b' | cat = 0, output \"a | b\""))
        .isEqualTo(
            new Line.Ran(
                "S",
                new Line.Command(
                    "printf %s 'a | b' | cat", List.of("sh", "-c", "printf %s 'a | b' | cat")),
                0));
    assertThat(
            Line.Grammar.parse(
                "S: mkdir(\"d\"... (99 bytes)), chdir(\"d\"... (99 bytes)), 3 times = 0"))
        .isEqualTo(new Line.Deepened("S", "\"d\"... (99 bytes)", 3));
    assertThat(Line.Grammar.parse("S: $ ls / = 0").toString()).isEqualTo("S: $ ls /");
    assertThat(Line.Grammar.parse("P: exit(0)")).isEqualTo(new Line.Ended("P"));
    assertThat(Line.Grammar.parse("# note")).isEqualTo(new Line.Comment("note"));
  }

  @Test
  void everyCallOfTheSuiteCompiles() throws IOException, InterruptedException {
    compile(
        observation(
            STAGE,
            "S: open(\"/\", O_PATH|O_DIRECTORY) = fd#1",
            "S: openat(fd#1, \"new\", O_RDONLY) = fd#2",
            "S: open_tree(AT_FDCWD, \"/new\", OPEN_TREE_CLONE|AT_RECURSIVE) = fd#3",
            "S: move_mount(fd#3, \"\", AT_FDCWD, \"/x\", MOVE_MOUNT_F_EMPTY_PATH) = 0",
            "S: fchdir(fd#1) = 0",
            "S: setns(fd#1, CLONE_NEWNS) = -1 EINVAL (Invalid argument)",
            "S: statx(fd#1, \"\", AT_EMPTY_PATH) = {dev#1, inode#1, mount#1}",
            "S: poll(fd#1, POLLPRI, 0) = \"\"",
            "S: close(fd#1) = 0",
            "S: setresuid(1000, 1000, 1000) = 0",
            "S: mknod(\"/f\", S_IFREG|0644) = 0",
            "S: mknod(\"/d\", S_IFCHR|0644, makedev(1, 3)) = 0",
            "S: mkdir(\"/m\", 0700) = 0",
            "S: rename(\"/m\", \"/n\") = 0",
            "S: chroot(\"aaaaaaaaaaaaaaaa\"... (256 bytes)) = -1 ENAMETOOLONG (File name too long)",
            "S: pivot_root(0x1, \"/new/old\") = -1 EFAULT (Bad address)",
            "S: unshare(UNSHARE_EMPTY_MNTNS) = 0",
            "S: readlink(\"/l\") = \"x\"",
            "S: dlsym(RTLD_DEFAULT, \"pivot_root\") = false",
            "S: $ ls / = 0, output \"x\"",
            "S: $ unshare --user & = U",
            "U: readlink(\"/proc/S/root\") = \"/\"",
            "S: pidfd_open(U, 0) = fd#4",
            "S: ioctl(fd#4, NS_GET_USERNS) = -1 ENOTTY (Inappropriate ioctl for device)",
            "S: mkdir(\"/proc/thread-self/fd/fd#1/x\") = 0",
            "U: capset(without effective CAP_SYS_ADMIN, CAP_SYS_CHROOT) = 0",
            "U: exit(0)",
            "S: mkdir(\"dd\"... (99 bytes)), chdir(\"dd\"... (99 bytes)), 3 times = 0",
            "S: getcwd() = \"/dd\"... (300 bytes)",
            "S: libc getcwd() = -1 ENOENT (No such file or directory)"));
  }

  @Test
  void programShowsWhatIsOnRecord() throws IOException, InterruptedException {
    Path program = compile(sample("cwd-below-old-root-stays"));
    confinementWorks();
    Ended ended = run(CONFINED, program.toString());
    assertThat(ended.output())
        .contains("S: pivot_root(\"/new\", \"/new/old\") = 0\n", "P: getcwd() = /old/tmp\n")
        .endsWith("As recorded.\n");
    assertThat(ended.status()).isZero();
  }

  @Test
  void programSaysWhereTheKernelDoesOtherwise() throws IOException, InterruptedException {
    Path program =
        compile(
            observation(
                STAGE,
                "S: pivot_root(\"/new\", \"/new/old\") = -1 EINVAL (Invalid argument)",
                "S: getcwd() = \"/elsewhere\""));
    confinementWorks();
    Ended ended = run(CONFINED, program.toString());
    assertThat(ended.output())
        .contains("= 0   <-- on record: Invalid argument\n", "^-- on record: /elsewhere\n");
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
