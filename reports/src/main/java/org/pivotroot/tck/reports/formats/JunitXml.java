package org.pivotroot.tck.reports.formats;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;

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

  static String of(ResultDocument target) {
    try {
      JunitXml writer = new JunitXml();
      writer.write(target);
      return writer.text.toString();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(ResultDocument target) throws XMLStreamException {
    xml.writeStartDocument("UTF-8", "1.0");
    line(0);
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", target.name());
    xml.writeAttribute("tests", String.valueOf(target.observations().size()));
    xml.writeAttribute("failures", count(target, "failure"));
    xml.writeAttribute("errors", count(target, "error"));
    xml.writeAttribute("skipped", count(target, "skipped"));
    xml.writeAttribute("time", "0");
    for (Observation observation : target.observations()) {
      write(target, observation);
    }
    line(0);
    xml.writeEndElement();
    line(0);
    xml.writeEndDocument();
  }

  private static String count(ResultDocument target, String outcome) {
    return String.valueOf(
        target.observations().stream()
            .filter(observation -> outcome.equals(outcome(observation)))
            .count());
  }

  /** The element that says how it ended; empty for a passed test. */
  private static String outcome(Observation observation) {
    if (observation.verdict() == Verdict.INCONCLUSIVE) {
      return "error";
    }
    if (observation.verdict() != observation.expected()) {
      return "failure";
    }
    return observation.verdict() == Verdict.NOT_APPLICABLE ? "skipped" : "";
  }

  private void write(ResultDocument target, Observation observation) throws XMLStreamException {
    line(1);
    xml.writeStartElement("testcase");
    xml.writeAttribute(
        "classname",
        dotless(target.name()) + "." + dotless(observation.page()) + "." + observation.section());
    xml.writeAttribute("name", observation.claim());
    xml.writeAttribute("time", "0");
    String outcome = outcome(observation);
    if (!outcome.isEmpty()) {
      line(2);
      xml.writeStartElement(outcome);
      xml.writeAttribute(
          "message",
          printable(
              observation.verdict().word()
                  + ", expected "
                  + observation.expected().word()
                  + (observation.because() == null ? "" : ": " + observation.because())));
      xml.writeEndElement();
    }
    line(2);
    xml.writeStartElement("system-out");
    xml.writeCharacters(printable(String.join("\n", observation.transcript())));
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
