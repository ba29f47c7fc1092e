package org.pivotroot.tck.command;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.pivotroot.tck.harness.environment.InUse;
import org.pivotroot.tck.images.Holding;
import org.pivotroot.tck.images.archive.Cache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells what is kept, and tidies it up. */
@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    description = "Tell what is kept in the cache, and what of it the locked kernels use.")
final class CacheCommand implements Callable<Integer> {
  /** Longer than any run: what was used since may be in use. */
  private static final Duration RUN = Duration.ofMinutes(40);

  private static final String LINE = "%-12s %7s %9s %12s  %s%n";

  private final Cache cache = Cache.ofHost();

  @Spec private CommandSpec spec;

  @Option(
      names = {"-l", "--long"},
      description = "Each thing in it, with its age and whether it is used.")
  private boolean each;

  @Override
  public Integer call() {
    List<Holding> holdings = Holding.of(cache);
    Set<Holding> used = InUse.of(cache, holdings);
    if (each) {
      holdings.forEach(one -> out().println(line(one, used.contains(one))));
    } else {
      out().println(cache.directory());
      out().printf(LINE, "", "things", "MiB", "MiB not used", "last used");
      Map<String, List<Holding>> kinds =
          holdings.stream()
              .collect(Collectors.groupingBy(Holding::kind, TreeMap::new, Collectors.toList()));
      kinds.forEach((kind, all) -> row(kind, all, used));
      row("all", holdings, used);
    }
    out().flush();
    return 0;
  }

  private void row(String kind, List<Holding> all, Set<Holding> used) {
    Instant latest = all.stream().map(Holding::used).max(Instant::compareTo).orElse(Instant.now());
    out()
        .printf(
            LINE,
            kind,
            all.size(),
            mebibytes(all),
            mebibytes(all.stream().filter(one -> !used.contains(one)).toList()),
            age(latest));
  }

  private static String line(Holding one, boolean used) {
    return String.format(
        "%-12s %6s MiB  %-10s  %-8s  %s",
        one.kind(),
        mebibytes(List.of(one)),
        age(one.used()),
        used ? "used" : "not used",
        one.path().getFileName());
  }

  private static long mebibytes(List<Holding> holdings) {
    return (holdings.stream().mapToLong(Holding::bytes).sum() + (1 << 19)) >> 20;
  }

  private static String age(Instant since) {
    Duration age = Duration.between(since, Instant.now());
    if (age.toDays() > 0) {
      return age.toDays() + " d ago";
    }
    return age.toHours() > 0 ? age.toHours() + " h ago" : age.toMinutes() + " min ago";
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Remove what the locked kernels do not use; what was used within the last forty minutes"
              + " stays, as a run may have it.")
  int prune() {
    cache.removeLeftovers();
    List<Holding> holdings = Holding.of(cache);
    Set<Holding> used = InUse.of(cache, holdings);
    Instant recently = Instant.now().minus(RUN);
    List<Holding> unused =
        holdings.stream()
            .filter(one -> !used.contains(one) && one.used().isBefore(recently))
            .toList();
    unused.forEach(one -> one.remove(cache));
    long recent = holdings.size() - (long) used.size() - unused.size();
    out()
        .println(
            "removed "
                + unused.size()
                + " things, "
                + mebibytes(unused)
                + " MiB"
                + (recent == 0 ? "" : "; " + recent + " more are not used, but were lately"));
    out().flush();
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Read all that is in the cache and remove what is damaged: it is fetched or made again"
              + " when it is needed.")
  int verify() {
    cache.removeLeftovers();
    List<Holding> holdings = Holding.of(cache);
    List<Holding> damaged =
        holdings.stream().filter(one -> !one.isSound() && Files.exists(one.path())).toList();
    for (Holding one : damaged) {
      one.remove(cache);
      out().println("damaged, so removed: " + one.path());
    }
    out()
        .println(
            holdings.size()
                - damaged.size()
                + " things are sound, "
                + damaged.size()
                + " were not");
    out().flush();
    return damaged.isEmpty() ? 0 : Tck.DIFFERS;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
