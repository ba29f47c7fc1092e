package org.pivotroot.tck.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;

@Timeout(60)
class HangIT {
  /** A machine without a kernel: QEMU runs, its serial line is silent, and so it stays. */
  @Test
  void aMachineThatSaysNothingIsEndedWhenPatienceEnds() {
    HostTargets.vm();
    HostProcess machine =
        Qemu.start(new QemuOptions().add("-S", "-accel", "tcg", "-m", "16"), "saved console\n");
    try (Guest guest = new Guest(machine, Duration.ofSeconds(2))) {
      assertThatThrownBy(() -> guest.ask(new Request.Greet(), Reply.Greeting.class))
          .isInstanceOf(GuestLostException.class)
          .hasMessage(
              "the guest gave no answer within 2 s at Greet; its console:\n    saved console");
      assertThat(machine.endsWithin(0)).isTrue();
    }
  }
}
