package org.pivotroot.tck.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.pivotroot.tck.harness.wire.Channel;
import org.pivotroot.tck.harness.wire.Frame;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;

@Timeout(60)
class GuestTest {
  private static final Reply.Greeting GREETING = new Reply.Greeting("6.1.0", "#1", "2.36");

  private final FakeGuest silent = new FakeGuest(request -> Optional.empty());

  private static byte[] frame(int exchange, Reply reply) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Channel(InputStream.nullInputStream(), bytes).write(new Frame(exchange, reply));
    return bytes.toByteArray();
  }

  @Test
  void anAnswerIsHandedOn() {
    FakeGuest machine = new FakeGuest(request -> Optional.of(GREETING));
    assertThat(machine.guest().ask(new Request.Greet(), Reply.Greeting.class)).isEqualTo(GREETING);
    assertThat(machine.isClosed()).isFalse();
  }

  @Test
  void theGreetingIsAwaitedOrPassedOver() throws IOException {
    silent.say("[    0.1] console noise".getBytes(StandardCharsets.UTF_8));
    silent.say(frame(0, GREETING));
    assertThat(silent.guest().awaitGreeting()).isEqualTo(GREETING);
    silent.say(frame(0, GREETING));
    silent.say(frame(1, new Reply.Done()));
    assertThat(silent.guest().ask(new Request.End("S"), Reply.Done.class)).isNotNull();
  }

  @Test
  void whatTheAgentCannotDoIsNoLoss() {
    FakeGuest machine = new FakeGuest(request -> Optional.of(new Reply.Failed("no task Q")));
    assertThatThrownBy(() -> machine.guest().ask(new Request.End("Q"), Reply.Done.class))
        .isInstanceOf(AgentFailedException.class)
        .hasMessage("the agent failed at End: no task Q");
    assertThat(machine.isClosed()).isFalse();
  }

  @Test
  void aSequenceEndsWithTheFirstThatFails() {
    Request greet = new Request.Greet();
    Request end = new Request.End("Q");
    Reply failed = new Reply.Failed("no task Q");
    FakeGuest machine =
        new FakeGuest(request -> Optional.of(request.equals(end) ? failed : GREETING));
    Guest guest = machine.guest();
    assertThat(guest.askInOrder(List.of(greet, greet))).containsExactly(GREETING, GREETING);
    assertThat(guest.askInOrder(List.of(greet, end, greet))).containsExactly(GREETING, failed);
  }

  @Test
  void aGuestThatIsLostIsLostAtWhatTheSequenceIsMadeOf() {
    Guest guest = silent.guest(Duration.ofSeconds(1));
    Request end = new Request.End("Q");
    assertThatThrownBy(() -> guest.askInOrder(List.of(new Request.Greet(), end, end)))
        .isInstanceOf(GuestLostException.class)
        .hasMessageStartingWith("the guest gave no answer within 1 s at Greet, End; its console");
  }

  @Test
  void aGuestThatGivesNoAnswerIsLostWhenPatienceEnds() {
    silent.show("[ 1.0] booted\n[ 2.0] INFO: task hung\n");
    Guest guest = silent.guest(Duration.ofSeconds(1));
    assertThatThrownBy(() -> guest.ask(new Request.Greet(), Reply.Greeting.class))
        .isInstanceOf(GuestLostException.class)
        .hasMessage(
            "the guest gave no answer within 1 s at Greet; its console:"
                + "\n    [ 1.0] booted\n    [ 2.0] INFO: task hung");
    assertThat(silent.isClosed()).isTrue();
  }

  @Test
  void aGuestThatEndsIsLostAtOnceAndForGood() {
    FakeGuest[] machine = new FakeGuest[1];
    machine[0] =
        new FakeGuest(
            request -> {
              machine[0].close();
              return Optional.empty();
            });
    Guest guest = machine[0].guest();
    assertThatThrownBy(() -> guest.ask(new Request.Greet(), Reply.Greeting.class))
        .isInstanceOf(GuestLostException.class)
        .hasMessageStartingWith("the guest ended at Greet; its console:");
    assertThatThrownBy(() -> guest.ask(new Request.Greet(), Reply.Greeting.class))
        .isInstanceOf(GuestLostException.class)
        .hasMessageContaining("could not be spoken to");
  }

  @Test
  void aPanicIsShownUpToItsLineWithWhatCameBefore() throws IOException {
    String before =
        IntStream.rangeClosed(1, 40).mapToObj(i -> "line " + i).collect(Collectors.joining("\n"));
    silent.show(
        before
            + "\n[ 3.0] Kernel panic - not syncing: Attempted to kill init!\n[ 3.1] Call Trace:\n"
            + "[ 3.2] Kernel panic - not syncing: again\n");
    silent.close();
    // What is sent to a machine that has just ended is not always refused.
    FakeGuest deaf = new FakeGuest(request -> Optional.empty());
    deaf.show(silent.console());
    Guest guest = deaf.guest(Duration.ofSeconds(1));
    assertThatThrownBy(() -> guest.ask(new Request.Greet(), Reply.Greeting.class))
        .isInstanceOf(GuestLostException.class)
        .hasMessageEndingWith("Kernel panic - not syncing: Attempted to kill init!")
        .hasMessageContaining("console:\n    line 17\n")
        .hasMessageContaining("line 40\n")
        .message()
        .doesNotContain("Call Trace");
  }

  @Test
  void withoutAPanicTheLastLinesAreShown() {
    silent.show(
        IntStream.rangeClosed(1, 40)
            .mapToObj(i -> "line " + i)
            .collect(Collectors.joining("\r\n")));
    Guest guest = silent.guest(Duration.ofSeconds(1));
    assertThatThrownBy(() -> guest.ask(new Request.Greet(), Reply.Greeting.class))
        .hasMessageContaining("console:\n    line 16\n")
        .hasMessageEndingWith("line 40");
  }

  @Test
  void anAnswerToAnotherRequestIsTrouble() throws IOException {
    silent.say(frame(9, new Reply.Done()));
    assertThatThrownBy(() -> silent.guest().ask(new Request.End("S"), Reply.Done.class))
        .isInstanceOf(GuestLostException.class)
        .hasMessageContaining("could not be spoken to (answer 9 to request 1) at End");
    assertThat(silent.isClosed()).isTrue();
  }

  @Test
  void aDamagedAnswerIsTrouble() throws IOException {
    byte[] damaged = frame(1, new Reply.Done());
    damaged[damaged.length - 1] = 99;
    silent.say(damaged);
    assertThatThrownBy(() -> silent.guest().ask(new Request.End("S"), Reply.Done.class))
        .isInstanceOf(GuestLostException.class)
        .hasMessageContaining("could not be spoken to (damaged frame");
    assertThat(silent.isClosed()).isTrue();
  }
}
