package org.pivotroot.tck.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the samples come to.
 *
 * @param kernel the kernel that single-kernel parts ran on
 * @param kernels how many the matrix has
 * @param processors of this host
 * @param parts in the order in which they are measured
 * @param peakBytes most memory that any part took
 * @param cacheBytes what the cache takes on disk
 */
record Report(
    String kernel,
    int kernels,
    int processors,
    List<Measured> parts,
    long peakBytes,
    long cacheBytes) {

  /**
   * One part.
   *
   * @param part its word
   * @param seconds wall time of the whole, for each run
   * @param claims seconds in which claims were tried, or a program in C made the calls, for each
   *     run; absent for a part of neither
   * @param judged median of {@code claims}, or of {@code seconds} where that is absent or the
   *     target is about the whole
   * @param toBare judged, as a multiple of the bare boot; absent if that was not measured
   * @param target what it is to be at most, in the unit of {@code reached}; absent if there is none
   * @param reached judged in the target's unit; absent if the unit was not measured
   * @param peakBytes most memory of its processes at one time
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Measured(
      String part,
      String what,
      List<Double> seconds,
      List<Double> claims,
      double judged,
      Double toBare,
      Double target,
      Double reached,
      long peakBytes) {}

  static Report of(
      Map<Part, List<Sample>> samples, String kernel, int kernels, int processors, long cache) {
    Double bare = judged(samples, Part.BARE);
    Double later = judged(samples, Part.LATER);
    List<Measured> parts = new ArrayList<>();
    samples.forEach(
        (part, list) -> {
          double judged = judged(samples, part);
          Double unit =
              switch (part.scale) {
                case NONE -> null;
                case BARE -> bare;
                case ONE_KERNEL -> later == null ? null : later * kernels / processors;
                case SECONDS -> Double.valueOf(1);
              };
          parts.add(
              new Measured(
                  part.word(),
                  part.what,
                  list.stream().map(Sample::seconds).toList(),
                  list.get(0).claims().isEmpty()
                      ? null
                      : list.stream().map(sample -> sample.claims().getAsDouble()).toList(),
                  judged,
                  bare == null ? null : judged / bare,
                  part.scale == Part.Scale.NONE ? null : part.target,
                  unit == null ? null : judged / unit,
                  list.stream().mapToLong(Sample::peak).max().orElse(0)));
        });
    long peak = parts.stream().mapToLong(Measured::peakBytes).max().orElse(0);
    return new Report(kernel, kernels, processors, parts, peak, cache);
  }

  private static Double judged(Map<Part, List<Sample>> samples, Part part) {
    List<Sample> list = samples.get(part);
    return list == null || list.isEmpty()
        ? null
        : Double.valueOf(
            median(
                list.stream()
                    .map(part.scale == Part.Scale.SECONDS ? Sample::seconds : Sample::judged)
                    .toList()));
  }

  /** The middle one, or the mean of the two in the middle. */
  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    Files.writeString(file, json.writeValueAsString(this) + "\n");
  }

  /** A table for people. */
  void print(PrintWriter out) {
    out.printf("kernel %s, %d kernels, %d processors%n%n", kernel, kernels, processors);
    out.printf(
        "%-14s %9s %9s %17s %7s %9s %8s %9s  %s%n",
        "part",
        "wall s",
        "claims s",
        "spread s",
        "x bare",
        "target",
        "reached",
        "peak MiB",
        "what");
    for (Measured part : parts) {
      List<Double> spread = part.claims() == null ? part.seconds() : part.claims();
      out.printf(
          "%-14s %9.2f %9s %17s %7s %9s %8s %9d  %s%n",
          part.part(),
          median(part.seconds()),
          number(part.claims() == null ? null : median(part.claims())),
          String.format(
              "%.2f to %.2f",
              spread.stream().min(Double::compare).orElseThrow(),
              spread.stream().max(Double::compare).orElseThrow()),
          number(part.toBare()),
          part.target() == null ? "-" : "<= " + number(part.target()),
          number(part.reached()),
          part.peakBytes() >> 20,
          part.what());
    }
    out.printf(
        "%npeak memory %d MiB (target <= 4096), cache %d MiB (target <= 4096)%n",
        peakBytes >> 20, cacheBytes >> 20);
    out.println(
        "x bare and reached go by the claims where there are any; the target of matrix is a multiple"
            + " of kernels x later / processors, that of one is seconds of wall time.");
    out.flush();
  }

  private static String number(Double value) {
    return value == null ? "-" : String.format("%.2f", value);
  }
}
