package org.pivotroot.tck.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What is broken on purpose, and what must happen then: the table of docs/trust.md, whose rows name
 * the tests that do so, with what the last build saw of these.
 *
 * @param rows in the order of the table
 */
record FaultTable(List<Row> rows) {
  private static final String HEAD = "| injected | must happen | test | held |";
  private static final Pattern NAME = Pattern.compile("`(\\w*)(?:\\.(\\w+))?`");

  /** How tests ended; the worst is that of a row. */
  enum Outcome {
    HELD("yes"),
    NOT_RUN("not run"),
    BROKEN("**no**");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }
  }

  /**
   * A test.
   *
   * @param type its class's simple name
   * @param method all of the class's if empty
   */
  record Test(String type, String method) {}

  /**
   * A kind of fault.
   *
   * @param injected what is broken
   * @param must what must happen
   * @param named the tests, in the table's words
   */
  record Row(String injected, String must, String named) {
    /** The tests; one that begins with a dot is of the class before it. */
    List<Test> tests() {
      List<Test> tests = new ArrayList<>();
      for (Matcher found = NAME.matcher(named); found.find(); ) {
        String type =
            found.group(1).isEmpty() ? tests.get(tests.size() - 1).type() : found.group(1);
        tests.add(new Test(type, found.group(2) == null ? "" : found.group(2)));
      }
      return tests;
    }
  }

  /** The table in a text. */
  static FaultTable of(String markdown) {
    return new FaultTable(
        markdown
            .lines()
            .dropWhile(line -> !line.equals(HEAD))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.split(" ?\\| ?", -1))
            .map(cells -> new Row(cells[1], cells[2], cells[3]))
            .toList());
  }

  /** How each test ended in the last build of a checkout. */
  static Map<Test, Outcome> outcomes(Path checkout) throws IOException {
    Map<Test, Outcome> outcomes = new HashMap<>();
    try (Stream<Path> files = Files.walk(checkout, 4)) {
      for (Path file :
          (Iterable<Path>)
              files.filter(path -> path.toString().matches(".*-reports/TEST-[^/]*\\.xml"))
                  ::iterator) {
        read(file, outcomes);
      }
    }
    return outcomes;
  }

  private static void read(Path file, Map<Test, Outcome> outcomes) throws IOException {
    NodeList cases;
    try {
      cases =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(file.toFile())
              .getElementsByTagName("testcase");
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException(file + " is no report of tests: " + e.getMessage(), e);
    }
    for (int i = 0; i < cases.getLength(); i++) {
      Element one = (Element) cases.item(i);
      String type = one.getAttribute("classname").replaceFirst(".*\\.", "");
      String method = one.getAttribute("name").replaceFirst("\\W.*", "");
      Outcome outcome = outcome(one);
      outcomes.merge(new Test(type, method), outcome, FaultTable::worse);
      outcomes.merge(new Test(type, ""), outcome, FaultTable::worse);
    }
  }

  private static Outcome outcome(Element test) {
    if (has(test, "failure") || has(test, "error")) {
      return Outcome.BROKEN;
    }
    return has(test, "skipped") ? Outcome.NOT_RUN : Outcome.HELD;
  }

  private static boolean has(Element test, String name) {
    return test.getElementsByTagName(name).getLength() > 0;
  }

  private static Outcome worse(Outcome one, Outcome other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  /** How a row ended; what names no test was not run. */
  static Outcome of(Row row, Map<Test, Outcome> outcomes) {
    return row.tests().stream()
        .map(test -> outcomes.getOrDefault(test, Outcome.NOT_RUN))
        .reduce(FaultTable::worse)
        .orElse(Outcome.NOT_RUN);
  }

  /** The table with outcomes. */
  String text(Map<Test, Outcome> outcomes) {
    return rows.stream()
        .map(
            row ->
                "| %s | %s | %s | %s |"
                    .formatted(row.injected(), row.must(), row.named(), of(row, outcomes).words))
        .collect(Collectors.joining("\n", HEAD + "\n|---|---|---|---|\n", "\n"));
  }
}
