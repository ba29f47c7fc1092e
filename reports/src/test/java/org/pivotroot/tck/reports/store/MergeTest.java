package org.pivotroot.tck.reports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.model.observation.Durations;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.ResultDocument;
import org.pivotroot.tck.model.observation.ResultStore;
import org.pivotroot.tck.model.observation.Shard;
import org.pivotroot.tck.reports.Sample;

class MergeTest {
  private static final String COMMIT = "0123456789ab";

  @TempDir Path directory;
  private final ResultDocument whole = Sample.document("vm", "6.1");
  private final List<String> claims = whole.observations().stream().map(Observation::id).toList();
  private Path first;
  private Path second;

  @BeforeEach
  void share() throws IOException {
    first = write("first", shard("1/2", claims), part("1/2"));
    second = write("second", shard("2/2", claims), part("2/2"));
  }

  private static Shard shard(String words, List<String> claims) {
    return Shard.parse(words, false, claims);
  }

  private ResultDocument part(String words) {
    List<String> mine = shard(words, claims).mine(Durations.none());
    return with(
        whole.target(),
        COMMIT,
        whole.observations().stream().filter(one -> mine.contains(one.id())).toList());
  }

  private static ResultDocument with(
      ResultDocument.Target target, String commit, List<Observation> observations) {
    return new ResultDocument(
        ResultDocument.SCHEMA_VERSION,
        target,
        new ResultDocument.Suite(commit, true),
        observations);
  }

  private Path write(String name, Shard shard, ResultDocument... documents) throws IOException {
    Path folder = directory.resolve(name);
    new ResultStore(folder).replaceWith(List.of(documents));
    shard.write(folder);
    return folder;
  }

  private static void refused(String message, Path... folders) {
    assertThatThrownBy(() -> Merge.of(List.of(folders)))
        .isInstanceOf(ReportException.class)
        .hasMessageContaining(message);
  }

  @Test
  void allPartsMakeTheWhole() {
    List<ResultDocument> merged = Merge.of(List.of(second, first));
    assertThat(merged).hasSize(1);
    assertThat(merged.get(0).observations()).isEqualTo(whole.observations());
    assertThat(merged.get(0).suite()).isEqualTo(new ResultDocument.Suite(COMMIT, false));
  }

  @Test
  void aPartThatIsMissingOrThereTwiceIsSaid() {
    refused("of 2 parts these are missing: 2", first);
    refused("both are part 1", first, first, second);
  }

  @Test
  void whatIsNoPartIsSaid() {
    refused("holds no part of a run", directory.resolve("nothing"), first);
  }

  @Test
  void partsOfAnotherWholeAreRefused() throws IOException {
    Path other = write("other", shard("2/2", claims.subList(0, claims.size() - 1)), part("2/2"));
    refused("they are parts of other wholes", first, other);
  }

  @Test
  void anotherSuiteIsRefused() throws IOException {
    ResultDocument part = part("2/2");
    Path other =
        write(
            "other",
            shard("2/2", claims),
            with(part.target(), "ba9876543210", part.observations()));
    refused("the suite is another, 0123456789ab and ba9876543210", first, other);
  }

  @Test
  void anotherKernelOfTheSameTargetIsRefused() throws IOException {
    ResultDocument part = part("2/2");
    ResultDocument.Target target = part.target();
    ResultDocument.Kernel kernel = target.kernel();
    ResultDocument.Target rebuilt =
        new ResultDocument.Target(
            target.environment(),
            target.version(),
            new ResultDocument.Kernel(
                kernel.release(),
                kernel.version(),
                kernel.series(),
                kernel.packageName(),
                kernel.packageVersion(),
                "0".repeat(64)),
            target.accelerator(),
            target.emulator(),
            target.guestImage(),
            target.tools());
    Path other = write("other", shard("2/2", claims), with(rebuilt, COMMIT, part.observations()));
    refused("the kernel of vm 6.1 is another", first, other);
  }

  @Test
  void aClaimThatTwoPartsHaveIsRefused() throws IOException {
    Path other = write("other", shard("2/2", claims), part("1/2"));
    refused("as another part has", first, other);
  }

  @Test
  void aPartThatEndedEarlyIsNoticed() throws IOException {
    ResultDocument part = part("2/2");
    Path other =
        write(
            "other",
            shard("2/2", claims),
            with(
                part.target(), COMMIT, part.observations().subList(1, part.observations().size())));
    refused("1 claims were not tried on vm 6.1", first, other);
  }

  @Test
  void aTargetThatOnePartLacksIsSaid() throws IOException {
    ResultDocument container = Sample.document("container", "6.1");
    Path other = write("other", shard("2/2", claims), part("2/2"), container);
    refused("has nothing of container 6.1", first, other);
  }
}
