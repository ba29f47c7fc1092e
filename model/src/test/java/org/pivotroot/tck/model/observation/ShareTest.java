package org.pivotroot.tck.model.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShareTest {
  @Test
  void theSharesTogetherAreAllAndNoneTwice() {
    List<Integer> dealt =
        Stream.of("1/3", "2/3", "3/3")
            .map(Share::parse)
            .flatMap(share -> IntStream.range(0, 4).mapToObj(share::dealt))
            .sorted()
            .toList();
    assertThat(dealt).containsExactlyElementsOf(IntStream.range(0, 12).boxed().toList());
  }

  @Test
  void aloneItIsTheWhole() {
    assertThat(Share.parse("1/1")).isEqualTo(Share.WHOLE);
    assertThat(Share.WHOLE.dealt(7)).isEqualTo(7);
  }

  @Test
  void saysWhatIsNoShare() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Share.parse("4/3"))
        .withMessage("there is no shard 4 of 3: they are 1/3 to 3/3");
  }
}
