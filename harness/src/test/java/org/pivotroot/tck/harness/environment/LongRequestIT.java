package org.pivotroot.tck.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;

/** Requests of a size that would throttle a terminal of user-mode Linux. */
class LongRequestIT {
  private static final int BYTES = 300_000;

  @Test
  void isHeardAndTheNextOneToo() {
    byte[] input = new byte[BYTES];
    new Random(1).nextBytes(input);
    Request.Run count =
        new Request.Run("count", List.of("/usr/bin/busybox", "wc", "-c"), List.of(), input);
    try (Guest guest = HostTargets.uml().start()) {
      for (int i = 0; i < 3; i++) {
        List<Reply> replies =
            guest.askInOrder(List.of(new Request.Start("count", "", true), count));
        Reply.Ended ended = Guest.answer(count, replies.get(1), Reply.Ended.class);
        assertThat(new String(ended.output(), StandardCharsets.UTF_8).strip())
            .isEqualTo(String.valueOf(BYTES));
        guest.ask(new Request.Clear(List.of()), Reply.Cleared.class);
      }
    }
  }
}
