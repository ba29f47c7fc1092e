package org.pivotroot.tck.reports.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.model.observation.Explanation;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.ObservedRecord;
import org.pivotroot.tck.model.record.TargetRecord;
import org.pivotroot.tck.reports.Sample;
import org.pivotroot.tck.reports.store.Results;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FormatsTest {
  private static final Results MIXED =
      new Results(
          ObservedRecord.empty(),
          List.of(
              Sample.document(
                  "vm",
                  "6.1",
                  List.of(
                      odd("broken", Verdict.INCONCLUSIVE),
                      odd("lacking", Verdict.NOT_APPLICABLE),
                      odd("surprising", Verdict.CONTRADICTED),
                      odd("usual", Verdict.CONTRADICTED)))));

  private static final TargetRecord TARGET = MIXED.targets().get(0);

  /** Nothing explains the broken one and the surprising one. */
  private static Observation odd(String claim, Verdict verdict) {
    Sample.Builder seen =
        Sample.observation(claim, "ERRORS", verdict)
            .because("the harness & the guest")
            .fact("errno", "E\u0001, \"quoted\"")
            .events(Sample.mkdir("<\u0001>"));
    if (claim.equals("lacking") || claim.equals("usual")) {
      seen.explained(new Explanation(verdict, "5.0", null, "so it is", "a commit"));
    }
    return seen.build();
  }

  @Test
  void ktapHasASubtestPerClaim() {
    assertThat(Ktap.of(MIXED, TARGET).lines())
        .startsWith("KTAP version 1", "1..1", "  KTAP version 1", "  1..4")
        .contains(
            "  not ok 1 broken # inconclusive",
            "  ok 2 lacking # SKIP the harness & the guest",
            "  # surprising: expected: upheld",
            "  not ok 3 surprising # contradicted",
            "  ok 4 usual # contradicted")
        .endsWith("not ok 1 vm-6.1");
    assertThat(Ktap.of(Sample.results(), Sample.results().targets().get(1)))
        .endsWith("\nok 1 vm-6.1\n");
  }

  @Test
  void junitXmlIsWellFormedAndCounts() throws Exception {
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    JunitXml.of(MIXED, TARGET).getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("4");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    NodeList cases = suite.getElementsByTagName("testcase");
    assertThat(((Element) cases.item(0)).getAttribute("classname"))
        .isEqualTo("vm-6_1.pivot_root(2).ERRORS");
    assertThat(suite.getElementsByTagName("failure").item(0).getParentNode())
        .extracting(node -> ((Element) node).getAttribute("name"))
        .isEqualTo("surprising");
  }

  @Test
  void kcidbFollowsItsSchema() throws Exception {
    JsonMapper mapper = new JsonMapper();
    Schema schema;
    try (InputStream in = FormatsTest.class.getResourceAsStream("/kcidb-5.0.schema.json")) {
      schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(mapper.readTree(in));
    }
    JsonNode document = mapper.readTree(Kcidb.of(Sample.results()));
    assertThat(schema.validate(document)).isEmpty();
    JsonNode mixed = mapper.readTree(Kcidb.of(MIXED));
    assertThat(mixed.get("tests").findValuesAsString("status"))
        .containsExactly("ERROR", "SKIP", "FAIL", "PASS");
    assertThat(mixed.get("tests").get(0).get("path").asString())
        .isEqualTo("pivot_root_tck.pivot_root_2.broken");
    assertThat(schema.validate(mapper.readTree("{\"version\": {\"major\": 4}}"))).isNotEmpty();
  }

  @Test
  void csvQuotesWhatItMust() {
    assertThat(Csv.of(MIXED))
        .startsWith("environment,version,kernel,claim,")
        .contains(
            "vm,6.1,6.1.0-1-amd64,broken,pivot_root(2),ERRORS,5.03+,namespace,inconclusive,upheld,"
                + "the harness & the guest,,\"errno=E\u0001, \"\"quoted\"\"\"\r\n");
  }
}
