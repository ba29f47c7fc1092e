package org.pivotroot.tck.reports.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pivotroot.tck.model.observation.Durations;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Shard;

/**
 * The results of one run that several machines shared, put together. What does not belong together
 * is refused.
 */
public final class Merge {
  /** A folder with the results of a part. */
  private record Part(Path folder, Shard shard, List<ResultDocument> documents) {}

  private final List<Part> parts;

  private Merge(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * Puts the results of all parts of a run together.
   *
   * @param folders one for each part, in any order
   * @return a document for each target
   * @throws ReportException if a part is missing, there twice, of another run, or not whole
   */
  public static List<ResultDocument> of(List<Path> folders) {
    Merge merge = new Merge(folders.stream().map(Merge::read).toList());
    merge.checkParts();
    return merge.merged();
  }

  /** How long claims took, by all parts. */
  public static Durations durations(List<Path> folders) {
    Durations all = Durations.none();
    folders.forEach(folder -> all.putAll(Durations.read(folder)));
    return all;
  }

  private static Part read(Path folder) {
    try {
      Shard shard =
          Shard.read(folder)
              .orElseThrow(
                  () ->
                      new ReportException(
                          folder + " holds no part of a run: make one with tck run --shard I/N"));
      List<ResultDocument> documents = Stored.run(folder);
      if (documents.isEmpty()) {
        throw new ReportException(folder + " holds no results: see what that run said");
      }
      return new Part(folder, shard, documents);
    } catch (IOException e) {
      throw new ReportException(e.getMessage(), e);
    }
  }

  private void checkParts() {
    Part first = parts.get(0);
    Map<Integer, Part> byIndex = new TreeMap<>();
    for (Part part : parts) {
      if (part.shard().count() != first.shard().count()
          || !part.shard().claims().equals(first.shard().claims())) {
        throw apart(first, part, "they are parts of other wholes");
      }
      Part other = byIndex.put(part.shard().index(), part);
      if (other != null) {
        throw apart(other, part, "both are part " + part.shard().index());
      }
    }
    Set<Integer> missing = new TreeSet<>();
    for (int index = 1; index <= first.shard().count(); index++) {
      missing.add(index);
    }
    missing.removeAll(byIndex.keySet());
    if (!missing.isEmpty()) {
      throw new ReportException(
          "of " + first.shard().count() + " parts these are missing: " + words(missing));
    }
  }

  private static ReportException apart(Part one, Part other, String why) {
    return new ReportException(
        one.folder() + " and " + other.folder() + " do not belong together: " + why);
  }

  private static String words(Iterable<?> things) {
    List<String> words = new ArrayList<>();
    things.forEach(thing -> words.add(thing.toString()));
    return String.join(", ", words);
  }

  private List<ResultDocument> merged() {
    Map<String, List<Part>> byTarget = new TreeMap<>();
    for (Part part : parts) {
      part.documents()
          .forEach(
              document ->
                  byTarget.computeIfAbsent(document.name(), name -> new ArrayList<>()).add(part));
    }
    List<ResultDocument> merged = new ArrayList<>();
    byTarget.forEach((target, having) -> merged.add(merged(target, having)));
    merged.sort(Comparator.comparing(ResultDocument::name));
    return merged;
  }

  private ResultDocument merged(String target, List<Part> having) {
    for (Part part : parts) {
      if (!having.contains(part)) {
        throw new ReportException(
            part.folder() + " has nothing of " + target + ", which other parts have tried");
      }
    }
    ResultDocument first = document(parts.get(0), target);
    List<Observation> observations = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Part part : parts) {
      ResultDocument document = document(part, target);
      checkSame(part, first, document);
      for (Observation observation : document.observations()) {
        if (!seen.add(observation.id())) {
          throw new ReportException(
              part.folder()
                  + " has "
                  + observation.id()
                  + " on "
                  + target
                  + ", as another part has");
        }
        observations.add(observation);
      }
    }
    checkWhole(first.target(), seen);
    return new ResultDocument(
        first.schemaVersion(),
        first.target(),
        new ResultDocument.Suite(first.suite().commit(), parts.get(0).shard().partial()),
        observations);
  }

  /** What has a kernel of its own can try every claim. */
  private void checkWhole(ResultDocument.Target target, Set<String> seen) {
    if (target.environment().equals("vm") || target.environment().equals("uml")) {
      List<String> untried =
          parts.get(0).shard().claims().stream().filter(claim -> !seen.contains(claim)).toList();
      if (!untried.isEmpty()) {
        throw new ReportException(
            untried.size()
                + " claims were not tried on "
                + target.name()
                + ", among them "
                + untried.get(0)
                + ": a part ended before it was done");
      }
    }
  }

  private static ResultDocument document(Part part, String target) {
    return part.documents().stream()
        .filter(document -> document.name().equals(target))
        .findFirst()
        .orElseThrow();
  }

  private void checkSame(Part part, ResultDocument first, ResultDocument document) {
    ResultDocument.Target one = first.target();
    ResultDocument.Target other = document.target();
    check(part, "suite", first.suite().commit(), document.suite().commit());
    check(part, "kernel of " + one.name(), kernel(one), kernel(other));
    check(part, "guest image", one.guestImage(), other.guestImage());
    check(
        part,
        "emulator",
        one.emulator() + " " + one.accelerator(),
        other.emulator() + " " + other.accelerator());
  }

  private static String kernel(ResultDocument.Target target) {
    ResultDocument.Kernel kernel = target.kernel();
    return kernel.release() + " " + kernel.version() + " " + kernel.sha256();
  }

  private void check(Part part, String what, String one, String other) {
    if (!Objects.equals(one, other)) {
      throw apart(parts.get(0), part, "the " + what + " is another, " + one + " and " + other);
    }
  }
}
