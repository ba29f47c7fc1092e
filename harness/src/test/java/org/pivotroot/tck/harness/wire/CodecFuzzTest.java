package org.pivotroot.tck.harness.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

/** Whatever the bytes are, they are a message that can be sent on as it came, or damaged. */
class CodecFuzzTest {
  @FuzzTest(maxExecutions = 1_000_000, maxDuration = "60m")
  void aBody(byte[] body) throws IOException {
    Message message;
    try {
      message = Codec.decode(body);
    } catch (IOException e) {
      assertThat(e).hasMessageStartingWith("damaged frame of ");
      return;
    }
    byte[] again = Codec.encode(message);
    assertThat(Codec.encode(Codec.decode(again))).isEqualTo(again);
  }
}
