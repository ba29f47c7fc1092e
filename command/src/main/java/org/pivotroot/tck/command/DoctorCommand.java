package org.pivotroot.tck.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.pivotroot.tck.images.archive.Cache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what this host lacks. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Say what is there to run claims with, what is missing and what to type.")
final class DoctorCommand implements Callable<Integer> {
  private static final long WANTED_BYTES = 4L << 30;

  @Spec private CommandSpec spec;
  private boolean lacking;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Path cache = Cache.ofHost().directory();
    program(out, "qemu-system-x86_64", "virtual machines", "qemu-system-x86");
    program(out, "docker", "containers", "docker.io");
    program(out, "git", "the commit of a run in its results", "git");
    out.println(
        Files.isWritable(Path.of("/dev/kvm"))
            ? "/dev/kvm: there; the first boot tells whether it works"
            : "/dev/kvm: none that can be used; QEMU translates, which takes some ten times as long");
    long free = Files.getFileStore(existing(cache)).getUsableSpace();
    check(
        out,
        free >= WANTED_BYTES,
        "disk: " + (free >> 20) + " MiB free below " + cache,
        "a whole run wants some "
            + (WANTED_BYTES >> 30)
            + " GiB; tck.cache or $TCK_CACHE moves it");
    out.println("cache: " + (size(cache) >> 20) + " MiB in " + cache);
    out.println(
        "java: "
            + System.getProperty("java.version")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors");
    out.flush();
    return lacking ? Tck.NOT_RUN : 0;
  }

  private void program(PrintWriter out, String name, String wantedFor, String debianPackage) {
    boolean there =
        Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
    check(
        out,
        there,
        name + ": " + (there ? "there" : "missing") + " (" + wantedFor + ")",
        "type: sudo apt-get install -y " + debianPackage);
  }

  private void check(PrintWriter out, boolean good, String what, String remedy) {
    out.println(what + (good ? "" : "; " + remedy));
    lacking |= !good;
  }

  private static Path existing(Path path) {
    Path there = path.toAbsolutePath();
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    return there;
  }

  private static long size(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
