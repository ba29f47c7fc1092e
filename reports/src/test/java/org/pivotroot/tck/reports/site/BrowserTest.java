package org.pivotroot.tck.reports.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.reports.Sample;
import org.pivotroot.tck.reports.compare.Comparison;
import org.pivotroot.tck.reports.compare.ComparisonReport;
import org.pivotroot.tck.reports.compare.PairReport;

/** The site in a real browser. Run with {@code -Pbrowser}; needs chromium. */
@Tag("browser")
class BrowserTest {
  private static final String VISIBLE =
      "[...document.querySelectorAll('#matrix tbody tr:not(.group)')]"
          + ".filter(row => row.checkVisibility())"
          + ".map(row => row.querySelector('a').textContent).join(' ')";

  private static Path directory;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    directory = Files.createTempDirectory("site");
    Comparison comparison = new Comparison(Sample.results());
    Site.write(comparison, directory.resolve("site"));
    ComparisonReport.write(comparison, directory);
    PairReport.write(Sample.results(), "6.19..7.0", directory);
    browser = new Browser(directory.resolve("profile"));
  }

  @AfterAll
  static void stop() throws Exception {
    browser.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @BeforeEach
  void usual() throws Exception {
    browser.appear(1280, "light");
    browser.complaints();
  }

  @AfterEach
  void nothingToComplainOf() {
    assertThat(browser.complaints()).isEmpty();
  }

  private static URI uri(String page) {
    return URI.create(directory.resolve("site").toUri() + page);
  }

  private static void open(String page) throws Exception {
    browser.open(uri(page));
  }

  private static String text(String expression) throws Exception {
    return browser.evaluate(expression).asString();
  }

  private static void choose(String field, String value) throws Exception {
    browser.evaluate(
        "(() => { const field = document.forms[0].elements['"
            + field
            + "'];"
            + " field.value = '"
            + value
            + "';"
            + " field.dispatchEvent(new Event('input', {bubbles: true})); })()");
  }

  @Test
  void matrixIsFiltered() throws Exception {
    open("index.html");
    assertThat(text("document.getElementById('shown').value")).isEqualTo("6 claims");
    choose("verdict", "c");
    assertThat(text(VISIBLE)).isEqualTo("kthread-root-moves rootfs-cannot-be-pivoted");
    choose("verdict", "");
    choose("page", "unshare(2)");
    assertThat(text(VISIBLE)).isEqualTo("empty-mount-namespace");
    choose("page", "");
    choose("section", "ERRORS");
    choose("text", "MOUNT point");
    assertThat(text(VISIBLE)).isEqualTo("new-root-not-mount-point");
    assertThat(text("location.hash")).isEqualTo("#section=ERRORS&text=MOUNT+point");
  }

  @Test
  void changedBetweenCountsFactsAndCanBeLinkedTo() throws Exception {
    open("index.html#a=vm-6.19&b=vm-7.0");
    assertThat(text(VISIBLE)).isEqualTo("perm-or-lookup-first rootfs-cannot-be-pivoted");
    assertThat(text("document.getElementById('shown').value")).isEqualTo("2 claims");
  }

  @Test
  void matrixIsWalkedByKeyboard() throws Exception {
    open("index.html");
    browser.evaluate("document.querySelector('#matrix td').focus()");
    browser.press("ArrowRight", 39);
    browser.press("ArrowDown", 40);
    assertThat(browser.evaluate("document.activeElement.cellIndex").asInt()).isEqualTo(2);
    assertThat(text("document.activeElement.parentElement.cells[0].querySelector('a').textContent"))
        .isEqualTo("kthread-root-moves");
    browser.press("Enter", 13);
    browser.awaitLoad();
    assertThat(text("location.href")).endsWith("claims/kthread-root-moves.html#b=vm-6.1");
    assertThat(text("document.getElementById('choose').elements.b.value")).isEqualTo("vm-6.1");
  }

  @Test
  void tabReachesTheSkipLinkFirst() throws Exception {
    open("index.html");
    browser.press("Tab", 9);
    assertThat(text("document.activeElement.textContent")).isEqualTo("To the content");
  }

  @Test
  void claimPageShowsTwoKernelsOfTheReadersChoice() throws Exception {
    open("claims/rootfs-cannot-be-pivoted.html");
    String rendered = text("document.querySelector('#diff tbody').textContent");
    assertThat(text("document.getElementById('diff-count').value")).isEqualTo("1 rows differ");
    assertThat(rendered).contains("-1 EINVAL (Invalid argument)");
    choose("a", "vm-7.3");
    assertThat(text("document.getElementById('diff-count').value")).isEqualTo("No difference");
    assertThat(text("document.getElementById('diff-a').textContent")).isEqualTo("vm 7.3");
    open("claims/rootfs-cannot-be-pivoted.html#a=container-6.1&b=vm-7.3");
    assertThat(browser.evaluate("document.querySelectorAll('#diff del, #diff ins').length").asInt())
        .isEqualTo(2);
  }

  @Test
  void anyTwoTargetsAreCompared() throws Exception {
    open("compare.html#a=vm-6.1&b=vm-7.3");
    assertThat(text("document.getElementById('shown').value"))
        .isEqualTo("4 of 6 claims tried on both differ");
    choose("b", "container-6.1");
    assertThat(text("document.getElementById('shown').value"))
        .isEqualTo("0 of 6 claims tried on both differ");
  }

  @Test
  void noPageIsWiderThanAPhone() throws Exception {
    browser.appear(360, "light");
    for (String page :
        List.of("index.html", "claims/cwd-below-old-root-stays.html", "rules.html")) {
      open(page);
      assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
          .as(page)
          .isLessThanOrEqualTo(360);
    }
  }

  /** The checker's script, whose path holds its version. */
  private static String axe() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = resource("/META-INF/maven/org.webjars.npm/axe-core/pom.properties")) {
      properties.load(in);
    }
    String version = properties.getProperty("version");
    try (InputStream in =
        resource("/META-INF/resources/webjars/axe-core/" + version + "/axe.min.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InputStream resource(String name) {
    return BrowserTest.class.getResourceAsStream(name);
  }

  @Test
  void axeFindsNoViolation() throws Exception {
    String axe = axe();
    List<URI> pages = new ArrayList<>();
    for (String page :
        List.of(
            "index.html",
            "compare.html#a=vm-6.1&b=vm-7.3",
            "rules.html",
            "claims/cwd-below-old-root-stays.html",
            "claims/rootfs-cannot-be-pivoted.html",
            "pages/pivot_root.2.html",
            "targets/vm-7.3.html")) {
      pages.add(uri(page));
    }
    pages.add(directory.resolve("comparison.html").toUri());
    pages.add(directory.resolve("comparison-vm-6.19..vm-7.0.html").toUri());
    List<String> violations = new ArrayList<>();
    for (String scheme : List.of("light", "dark")) {
      browser.appear(1280, scheme);
      for (URI page : pages) {
        browser.open(page);
        browser.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)");
        browser.evaluate(axe);
        String found =
            text(
                "axe.run({preload: false}).then(result => result.violations.map(v => v.id + ': '"
                    + " + v.nodes.slice(0, 3).map(n => n.html).join(' | ')).join('; '))");
        if (!found.isEmpty()) {
          violations.add(scheme + " " + page + ": " + found);
        }
      }
    }
    assertThat(violations).isEmpty();
  }

  @Test
  @Tag("timing")
  void largeOverviewOpensWithinASecond() throws Exception {
    Path large = directory.resolve("large");
    Site.write(new Comparison(SiteTest.large()), large);
    List<Double> milliseconds = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      browser.open(large.resolve("index.html").toUri());
      milliseconds.add(
          browser
              .evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
              .asDouble());
    }
    double median = milliseconds.stream().sorted().toList().get(2);
    assertThat(median).as("of %s", milliseconds).isPositive().isLessThan(1000);
    assertThat(text("document.getElementById('shown').value")).isEqualTo("300 claims");
  }
}
