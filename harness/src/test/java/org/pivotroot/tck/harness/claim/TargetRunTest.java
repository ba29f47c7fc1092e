package org.pivotroot.tck.harness.claim;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pivotroot.tck.harness.environment.TargetUnavailableException;

class TargetRunTest {
  private final TargetRun run = new TargetRun(new FakeTarget("vm"));

  @Test
  void aTargetThatLosesGuestAfterGuestIsGivenUp() {
    for (int i = 0; i < TargetRun.LOST_AT_MOST; i++) {
      run.checkThatItIsWorthTrying();
      run.lost();
    }
    assertThatThrownBy(run::checkThatItIsWorthTrying)
        .isInstanceOf(TargetUnavailableException.class)
        .hasMessageContaining("30 guests ended in 0 claims");
  }

  @Test
  void aTargetThatIsNeverDoneIsGivenUp() {
    run.took("one", TargetRun.TIME_AT_MOST.toNanos());
    run.checkThatItIsWorthTrying();
    run.took("another", 1);
    assertThatThrownBy(run::checkThatItIsWorthTrying)
        .isInstanceOf(TargetUnavailableException.class)
        .hasMessageContaining("took 60 minutes");
  }
}
