package org.pivotroot.tck.reports.formats;

import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.TargetRecord;
import org.pivotroot.tck.reports.compare.Wording;
import org.pivotroot.tck.reports.store.Results;
import org.pivotroot.tck.reports.store.Seen;

/**
 * JUnit XML: a test suite per target, a test case per claim. A verdict that is not the one on
 * record is a failure, a broken trial an error, a claim that does not apply is skipped. Class names
 * carry the target, so that servers keep the history of each kernel apart.
 */
final class JunitXml {
  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  private JunitXml() throws XMLStreamException {
    xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
  }

  static String of(Results results, TargetRecord target) {
    try {
      JunitXml writer = new JunitXml();
      writer.write(Wording.file(target), results.of(target));
      return writer.text.toString();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(String target, List<Seen> all) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    line(0);
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", target);
    xml.writeAttribute("tests", String.valueOf(all.size()));
    xml.writeAttribute("failures", count(all, "failure"));
    xml.writeAttribute("errors", count(all, "error"));
    xml.writeAttribute("skipped", count(all, "skipped"));
    xml.writeAttribute("time", "0");
    for (Seen seen : all) {
      write(target, seen);
    }
    line(0);
    xml.writeEndElement();
    line(0);
    xml.writeEndDocument();
  }

  private static String count(List<Seen> all, String outcome) {
    return String.valueOf(all.stream().filter(seen -> outcome.equals(outcome(seen))).count());
  }

  /** The element that says how it ended; empty for a passed test. */
  private static String outcome(Seen seen) {
    if (seen.verdict() == Verdict.INCONCLUSIVE) {
      return "error";
    }
    if (seen.isUnexpected()) {
      return "failure";
    }
    return seen.verdict() == Verdict.NOT_APPLICABLE ? "skipped" : "";
  }

  private void write(String target, Seen seen) throws XMLStreamException {
    line(1);
    xml.writeStartElement("testcase");
    xml.writeAttribute(
        "classname",
        dotless(target) + "." + dotless(seen.claim().page()) + "." + seen.claim().section());
    xml.writeAttribute("name", seen.claim().id());
    xml.writeAttribute("time", "0");
    String outcome = outcome(seen);
    if (!outcome.isEmpty()) {
      line(2);
      xml.writeStartElement(outcome);
      String message = seen.verdict().word() + ", expected " + seen.expected().word();
      xml.writeAttribute(
          "message",
          printable(seen.because().isEmpty() ? message : message + ": " + seen.because()));
      xml.writeEndElement();
    }
    line(2);
    xml.writeStartElement("system-out");
    xml.writeCharacters(printable(String.join("\n", seen.transcript())));
    xml.writeEndElement();
    line(1);
    xml.writeEndElement();
  }

  /** Servers take dots for the borders of packages. */
  private static String dotless(String name) {
    return name.replace('.', '_');
  }

  /** XML cannot hold control characters in any way. */
  private static String printable(String text) {
    return text.replaceAll("[^\\t\\n\\x20-\\uD7FF\\uE000-\\uFFFD]", "\uFFFD");
  }

  private void line(int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }
}
