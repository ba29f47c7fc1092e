package org.pivotroot.tck.harness.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PiecesTest {
  private static final Request LONG =
      new Request.Run(
          "S", List.of("cat"), List.of(), "x".repeat(10_000).getBytes(StandardCharsets.UTF_8));

  @Test
  void aLongRequestIsPutTogetherAgain() throws IOException {
    Pieces pieces = new Pieces();
    for (int time = 0; time < 2; time++) {
      List<Request> sent = Pieces.of(LONG, 3000);
      assertThat(sent).hasSize(5);
      for (Request piece : sent.subList(0, 4)) {
        pieces.add((Request.Piece) piece);
      }
      assertThat(sent.get(4)).isInstanceOf(Request.Pieced.class);
      assertThat(pieces.whole()).usingRecursiveComparison().isEqualTo(LONG);
    }
  }

  @Test
  void aShortRequestGoesAlone() throws IOException {
    assertThat(Pieces.of(new Request.Greet(), 3000)).containsExactly(new Request.Greet());
  }

  @Test
  void piecesWithoutEndAreRefused() throws IOException {
    Pieces pieces = new Pieces();
    Request.Piece half = new Request.Piece(new byte[Channel.LARGEST_BODY / 2 + 1]);
    pieces.add(half);
    assertThatIOException().isThrownBy(() -> pieces.add(half));
  }
}
