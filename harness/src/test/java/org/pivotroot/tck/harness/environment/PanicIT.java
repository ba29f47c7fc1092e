package org.pivotroot.tck.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;

@Timeout(300)
class PanicIT {
  @Test
  void aPanicIsToldWithItsLineAndTheNextGuestWorks() {
    VmTarget target = HostTargets.vm();
    try (Guest guest = HostTargets.start(target)) {
      Task s = new Stage(guest, Placement.NAMESPACE, true, Set.of()).task("S");
      s.getcwd().is("/");
      assertThatThrownBy(() -> s.run("busybox", "sh", "-c", "echo c > /proc/sysrq-trigger").value())
          .isInstanceOf(GuestLostException.class)
          .hasMessageContaining("the guest ended at Run; its console:")
          .message()
          .matches("(?s).*Kernel panic - not syncing: sysrq triggered crash[^\n]*");
      assertThat(guest.console()).contains("Kernel panic");
      assertThatThrownBy(() -> guest.ask(new Request.Greet(), Reply.Greeting.class))
          .isInstanceOf(GuestLostException.class);
    }
    try (Guest next = HostTargets.start(target)) {
      ClaimLike.tryOn(next);
      assertThat(next.console()).doesNotContain("Kernel panic");
    }
  }
}
