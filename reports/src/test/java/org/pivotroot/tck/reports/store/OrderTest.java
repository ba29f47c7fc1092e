package org.pivotroot.tck.reports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.model.observation.ResultDocument;

class OrderTest {
  private static ResultDocument target(String environment, String release) {
    return new ResultDocument(
        1,
        new ResultDocument.Target(
            environment,
            new ResultDocument.Kernel(release, "#1", "6.1", null, null, null),
            null,
            "x",
            "x",
            new TreeMap<>()),
        new ResultDocument.Suite("unknown"),
        List.of());
  }

  @Test
  void kernelsAreOrderedByVersion() {
    List<String> releases =
        List.of(
            "5.10.0-1-amd64",
            "6.1.0-9-amd64",
            "6.1.0-10-amd64",
            "6.9.12-amd64",
            "6.12.95+deb13-amd64",
            "6.12.100+deb13-amd64",
            "7.3-rc4-amd64",
            "7.3-rc10-amd64",
            "7.3-amd64",
            "7.3.1-amd64",
            "10.0");
    List<ResultDocument> targets = new ArrayList<>();
    releases.forEach(release -> targets.add(target("vm", release)));
    releases.forEach(release -> targets.add(target("container", release)));
    List<ResultDocument> shuffled = new ArrayList<>(targets);
    Collections.shuffle(shuffled, new Random(1));
    shuffled.sort(new TargetOrder());
    assertThat(shuffled).isEqualTo(targets);
  }

  @Test
  void releaseWithoutVersionIsRefused() {
    assertThatThrownBy(() -> new Results(List.of(target("vm", "x"), target("vm", "6.1"))))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining("'x' starts with no version");
  }

  @Test
  void sectionsComeAsInManualPages() {
    List<String> sections = new ArrayList<>(List.of("Other", "NOTES", "ERRORS", "DESCRIPTION"));
    sections.sort(new SectionOrder());
    assertThat(sections).containsExactly("DESCRIPTION", "ERRORS", "NOTES", "Other");
  }

  @Test
  void pivotRootComesFirst() {
    List<String> pages = new ArrayList<>(List.of("chroot(2)", "unshare(1)", "pivot_root(2)"));
    pages.sort(new PageOrder());
    assertThat(pages).containsExactly("pivot_root(2)", "chroot(2)", "unshare(1)");
  }
}
