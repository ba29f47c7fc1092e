package org.pivotroot.tck.reports.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.model.call.Errno;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.reports.Sample;
import org.pivotroot.tck.reports.compare.Comparison;
import org.pivotroot.tck.reports.store.Results;

class SiteTest {
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"#]*)(?:#([^\"]*))?\"");

  @TempDir Path directory;

  private void write() {
    Site.write(new Comparison(Sample.results()), directory);
  }

  private String read(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }

  private static List<Path> files(Path of) throws IOException {
    try (Stream<Path> files = Files.walk(of)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void everyLinkLeadsToAFileOfTheSite() throws IOException {
    write();
    List<String> broken = new ArrayList<>();
    for (Path file : files(directory)) {
      if (!file.toString().endsWith(".html")) {
        continue;
      }
      Matcher links = LINK.matcher(Files.readString(file));
      while (links.find()) {
        String link = links.group(1);
        Path to = link.isEmpty() ? file : file.resolveSibling(link);
        boolean anchored = links.group(2) == null || links.group(2).contains("=");
        if (!link.equals("data:,")
            && (!Files.isRegularFile(to)
                || (!anchored
                    && !Files.readString(to).contains("id=\"" + links.group(2) + "\"")))) {
          broken.add(file + " -> " + links.group());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void nothingIsRequestedFromElsewhere() throws IOException {
    write();
    for (Path file : files(directory)) {
      if (!file.toString().endsWith(".c")) {
        assertThat(Files.readString(file)).doesNotContain("http:", "https:", "@import", "url(");
      }
    }
  }

  @Test
  void overviewTellsChangesInWords() throws IOException {
    write();
    assertThat(read("index.html"))
        .contains("Since 7.0 (vm; compared with 6.19)")
        .contains("The rootfs (the initramfs) cannot be pivoted away from</a>: <strong>no longer")
        .contains("errno was <code>EPERM</code>, is now <code>ENOENT</code>")
        .contains("<strong>there now, and true</strong>. Came with 7.1")
        .contains("one mount &lt;only&gt; &amp; resets root|cwd");
  }

  @Test
  void claimPageStartsWithTheNeighboursThatDiffer() throws IOException {
    write();
    assertThat(read("claims/rootfs-cannot-be-pivoted.html"))
        .contains("<option value=\"vm-6.19\" data-shown=\"0\" selected>vm 6.19")
        .contains("<option value=\"vm-7.0\" data-shown=\"1\" selected>vm 7.0")
        .contains("<td><del>S: pivot_root(&quot;/new&quot;, &quot;/new/old&quot;) = -1 EINVAL")
        .contains("<td><ins>S: pivot_root(&quot;/new&quot;, &quot;/new/old&quot;) = 0</ins>");
  }

  @Test
  void mountTreeMarksWhatMoved() throws IOException {
    write();
    assertThat(read("claims/cwd-below-old-root-stays.html"))
        .contains("aria-label=\"Mount tree before: / tmpfs mount#1 dev#1 shared:peers#1 on mount#9")
        .contains(">/old tmpfs mount#1 dev#1 shared:peers#1 (moved)</text>");
  }

  @Test
  void manualPageShowsVerdictsByRange() throws IOException {
    write();
    assertThat(read("pages/pivot_root.2.html"))
        .contains("✓ upheld</span> vm 5.10 to 7.2, container 6.1; ")
        .contains("✗ contradicted</span> vm 7.3");
  }

  @Test
  void pagesOfClaimsThatAreGoneAreRemoved() throws IOException {
    Path gone = Files.createDirectories(directory.resolve("claims")).resolve("gone.html");
    Files.writeString(gone, "");
    write();
    assertThat(gone).doesNotExist();
  }

  @Test
  void largeSiteIsQuickSmallAndTheSameEachTime() throws IOException {
    Comparison large = new Comparison(large());
    Path first = directory.resolve("a");
    Path second = directory.resolve("b");
    long start = System.nanoTime();
    Site.write(large, first);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(took).isLessThan(Duration.ofSeconds(10));
    assertThat(Files.size(first.resolve("index.html"))).isLessThan(1_000_000);
    Site.write(new Comparison(large()), second);
    List<Path> files = files(first);
    assertThat(files(second)).hasSameSizeAs(files);
    for (Path file : files) {
      assertThat(second.resolve(first.relativize(file))).hasSameBinaryContentAs(file);
    }
  }

  /** 300 claims on 40 targets, of which every tenth claim changes somewhere. */
  static Results large() {
    List<ResultDocument> documents = new ArrayList<>();
    for (int kernel = 0; kernel < 40; kernel++) {
      List<Observation> observations = new ArrayList<>();
      for (int claim = 0; claim < 300; claim++) {
        boolean contradicted = claim % 10 == 0 && kernel > claim / 8;
        observations.add(
            Sample.observation(
                    "a-claim-with-a-usual-name-" + claim,
                    claim % 3 == 0 ? "ERRORS" : "DESCRIPTION",
                    contradicted ? Verdict.CONTRADICTED : Verdict.UPHELD)
                .events(
                    Sample.mkdir("/new/" + claim),
                    Sample.mountTmpfs("/new"),
                    Sample.pivotRoot(contradicted ? Errno.EINVAL : null, "/new", "/new/old"))
                .fact("getcwd", "/old/tmp")
                .build());
      }
      documents.add(Sample.document("vm", "6." + kernel, observations));
    }
    return Sample.results(documents);
  }
}
