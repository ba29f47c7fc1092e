package org.pivotroot.tck.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.pivotroot.tck.harness.environment.VmTarget;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.reports.reproduce.Reproducer;

/**
 * One program in C that makes the calls of many observations, one after another, in a machine that
 * does nothing else: no harness can be faster than that.
 *
 * @param initramfs the guest's, with the program in it as what it runs
 * @param programs how many observations there are
 */
record Limit(Path initramfs, int programs) {
  private static final Pattern DONE = Pattern.compile("(\\d+) of \\d+ as recorded in (\\d+) ms");

  /**
   * Of so many programs, how many may see something else than what is on record: those of overlays,
   * whose module nobody loads there, and of functions that only a shared C library is asked for.
   */
  private static final double TOLERATED = 0.05;

  /**
   * Compiles the program.
   *
   * @param guest the initramfs of a guest
   * @param folder where it is all put
   * @throws BenchException if there is no compiler
   */
  static Limit of(List<Observation> observations, Path guest, Path folder) throws IOException {
    Path source = Files.createDirectories(folder).resolve("limit.c");
    Files.writeString(source, Reproducer.series(observations));
    Path program = folder.resolve("limit");
    compile(source, program);
    Path initramfs = folder.resolve("limit.cpio");
    // What comes later replaces what came before.
    Files.copy(guest, initramfs);
    try (InputStream init = Limit.class.getResourceAsStream("limit.sh");
        OutputStream out = Files.newOutputStream(initramfs, StandardOpenOption.APPEND);
        CpioArchiveOutputStream cpio = new CpioArchiveOutputStream(out)) {
      BareInitramfs.add(cpio, "limit", Files.readAllBytes(program));
      BareInitramfs.add(cpio, "init", init.readAllBytes());
    }
    return new Limit(initramfs, observations.size());
  }

  private static void compile(Path source, Path program) throws IOException {
    List<String> command =
        List.of(
            "cc", "-static", "-pthread", "-s", "-w", "-o", program.toString(), source.toString());
    Process compiler;
    try {
      compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new BenchException(
          "the parts with programs in C need a compiler (Debian: apt-get install gcc libc6-dev): "
              + e.getMessage());
    }
    String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (compiler.waitFor() != 0) {
        throw new BenchException(String.join(" ", command) + " failed: " + said);
      }
    } catch (InterruptedException e) {
      throw new BenchException("interrupted while a program was compiled");
    }
  }

  /**
   * Runs it once; what it is judged by is the time of the program, not of the boot.
   *
   * @throws BenchException if it did not do what it was to do
   */
  Sample measure(VmTarget target) {
    try (Memory memory = new Memory(ProcessHandle.current())) {
      long start = System.nanoTime();
      String console = target.bootBare(initramfs);
      double seconds = (System.nanoTime() - start) / 1e9;
      Matcher done = DONE.matcher(console);
      if (!done.find() || Integer.parseInt(done.group(1)) < programs * (1 - TOLERATED)) {
        throw new BenchException(
            "the program in C does otherwise than what is on record: " + console.strip());
      }
      double milliseconds = Long.parseLong(done.group(2));
      return new Sample(seconds, OptionalDouble.of(milliseconds / 1000), memory.peak());
    }
  }
}
