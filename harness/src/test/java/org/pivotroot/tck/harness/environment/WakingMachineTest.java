package org.pivotroot.tck.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WakingMachineTest {
  /** Answers when it is told something for the third time. */
  private static final class Sleepy implements Machine {
    private final PipedInputStream answers = new PipedInputStream();
    private final PipedOutputStream mouth;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    Sleepy() throws IOException {
      mouth = new PipedOutputStream(answers);
    }

    @Override
    public InputStream fromAgent() {
      return answers;
    }

    @Override
    public OutputStream toAgent() {
      return new OutputStream() {
        @Override
        public void write(int one) throws IOException {
          heard.write(one);
          if (heard.size() == 3) {
            mouth.write('!');
            mouth.flush();
          }
        }
      };
    }

    @Override
    public String console() {
      return "";
    }

    @Override
    public void close() {
      // there is nothing to end
    }
  }

  @Test
  void isSpokenToUntilItAnswers() throws IOException {
    Sleepy sleepy = new Sleepy();
    try (WakingMachine machine = new WakingMachine(sleepy, Duration.ofMillis(1))) {
      assertThat(sleepy.heard.size()).isZero();
      machine.toAgent().write(new byte[] {'?'});
      assertThat(machine.fromAgent().read()).isEqualTo('!');
    }
    assertThat(sleepy.heard.toByteArray()).startsWith('?', 0, 0);
  }
}
