package org.pivotroot.tck.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * A run of the suite by Maven, as its users start it, with results and caches of its own.
 *
 * @param options what is added to the command line
 * @param cache the cache it is to use
 * @param scratch folder for results that nobody reads
 */
record MavenRun(List<String> options, Path cache, Path scratch) {
  private static final int TAIL = 40;
  private static final Pattern BEGIN =
      Pattern.compile("failsafe.*:integration-test \\(claims\\).*@ suites");
  private static final Pattern END = Pattern.compile("failsafe.*:verify \\(claims\\).*@ suites");

  /**
   * Runs Maven in the current folder. The time of the claims is that between the lines in which
   * Maven says that it starts to try them and that it looks at what came of it.
   *
   * @throws BenchException if the run fails
   */
  Sample measure() throws IOException {
    List<String> command = new ArrayList<>(List.of("mvn", "-o", "-B", "verify"));
    command.add("-Dtck.results=" + scratch.resolve("results"));
    command.add("-Dallure.results.directory=" + scratch.resolve("allure"));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TCK_CACHE", cache.toString());
    long start = System.nanoTime();
    Process process = builder.start();
    try (Memory memory = new Memory(process.toHandle());
        BufferedReader lines = process.inputReader()) {
      process.getOutputStream().close();
      OptionalDouble begin = OptionalDouble.empty();
      OptionalDouble end = OptionalDouble.empty();
      Deque<String> tail = new ArrayDeque<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (BEGIN.matcher(line).find()) {
          begin = OptionalDouble.of(since(start));
        } else if (END.matcher(line).find()) {
          end = OptionalDouble.of(since(start));
        }
        tail.addLast(line);
        if (tail.size() > TAIL) {
          tail.removeFirst();
        }
      }
      int status = process.waitFor();
      double seconds = since(start);
      if (status != 0 || begin.isEmpty() || end.isEmpty()) {
        throw new BenchException(
            String.join(" ", command)
                + " ended with status "
                + status
                + "; make it pass before it is measured. Its last lines:\n"
                + String.join("\n", tail));
      }
      return new Sample(
          seconds, OptionalDouble.of(end.getAsDouble() - begin.getAsDouble()), memory.peak());
    } catch (InterruptedException e) {
      throw new BenchException("interrupted while Maven ran");
    } finally {
      process.destroy();
    }
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
