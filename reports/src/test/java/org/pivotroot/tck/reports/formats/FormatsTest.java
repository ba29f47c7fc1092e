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
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.reports.Sample;
import org.pivotroot.tck.reports.store.Results;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FormatsTest {
  private static final ResultDocument MIXED =
      Sample.document(
          "vm",
          "6.1",
          List.of(
              odd("broken", Verdict.INCONCLUSIVE, Verdict.UPHELD),
              odd("lacking", Verdict.NOT_APPLICABLE, Verdict.NOT_APPLICABLE),
              odd("surprising", Verdict.CONTRADICTED, Verdict.UPHELD),
              odd("usual", Verdict.CONTRADICTED, Verdict.CONTRADICTED)));

  private static Observation odd(String claim, Verdict verdict, Verdict expected) {
    Observation seen =
        Sample.observation(claim, "ERRORS", verdict)
            .fact("errno", "E\u0001, \"quoted\"")
            .calls("S: a(\"<\u0001>\") = 0")
            .build();
    return new Observation(
        seen.claim(),
        seen.page(),
        seen.section(),
        seen.editions(),
        seen.says(),
        seen.stage(),
        verdict,
        expected,
        "the harness & the guest",
        null,
        seen.facts(),
        seen.transcript(),
        null);
  }

  @Test
  void ktapHasASubtestPerClaim() {
    assertThat(Ktap.of(MIXED).lines())
        .startsWith("KTAP version 1", "1..1", "  KTAP version 1", "  1..4")
        .contains(
            "  not ok 1 broken # inconclusive",
            "  ok 2 lacking # SKIP the harness & the guest",
            "  # surprising: expected: upheld",
            "  not ok 3 surprising # contradicted",
            "  ok 4 usual # contradicted")
        .endsWith("not ok 1 vm-6.1.0-1-amd64");
    assertThat(Ktap.of(Sample.document("vm", "6.1"))).endsWith("\nok 1 vm-6.1.0-1-amd64\n");
  }

  @Test
  void junitXmlIsWellFormedAndCounts() throws Exception {
    Element suite =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(JunitXml.of(MIXED).getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertThat(suite.getAttribute("tests")).isEqualTo("4");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("errors")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    NodeList cases = suite.getElementsByTagName("testcase");
    assertThat(((Element) cases.item(0)).getAttribute("classname"))
        .isEqualTo("vm-6_1_0-1-amd64.pivot_root(2).ERRORS");
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
    JsonNode document =
        mapper.readTree(Kcidb.of(Sample.results().overlaidWith(new Results(List.of(MIXED)))));
    assertThat(schema.validate(document)).isEmpty();
    JsonNode mixed = mapper.readTree(Kcidb.of(new Results(List.of(MIXED))));
    assertThat(mixed.get("tests").findValuesAsString("status"))
        .containsExactly("ERROR", "SKIP", "FAIL", "PASS");
    assertThat(mixed.get("tests").get(0).get("path").asString())
        .isEqualTo("pivot_root_tck.pivot_root_2.broken");
    assertThat(schema.validate(mapper.readTree("{\"version\": {\"major\": 4}}"))).isNotEmpty();
  }

  @Test
  void csvQuotesWhatItMust() {
    assertThat(Csv.of(new Results(List.of(MIXED))))
        .startsWith("environment,kernel,series,claim,")
        .contains(
            "vm,6.1.0-1-amd64,6.1,broken,pivot_root(2),ERRORS,5.03+,namespace,inconclusive,upheld,"
                + "the harness & the guest,\"errno=E\u0001, \"\"quoted\"\"\"\r\n");
  }
}
