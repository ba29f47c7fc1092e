package org.pivotroot.tck.harness.environment;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;

/** Whatever comes from a guest, who asks it is answered, or told that the guest is lost. */
class GuestFuzzTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private record Recording(InputStream fromAgent) implements Machine {
    @Override
    public OutputStream toAgent() {
      return OutputStream.nullOutputStream();
    }

    @Override
    public String console() {
      return "";
    }

    @Override
    public void close() {}
  }

  @FuzzTest(maxExecutions = 1_000_000, maxDuration = "60m")
  void aLine(byte[] said) {
    try (Guest guest = new Guest(new Recording(new ByteArrayInputStream(said)), PATIENCE)) {
      guest.awaitGreeting();
      guest.ask(new Request.Greet(), Reply.Greeting.class);
      guest.ask(new Request.Survey(List.of("S")), Reply.Surveys.class);
      guest.askInOrder(List.of(new Request.End("S"), new Request.Clear(List.of())));
    } catch (GuestLostException | AgentFailedException e) {
      // as it should be
    }
  }
}
