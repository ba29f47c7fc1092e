package org.pivotroot.tck.harness.environment;

import static java.util.stream.Collectors.joining;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.pivotroot.tck.harness.wire.Channel;
import org.pivotroot.tck.harness.wire.Frame;
import org.pivotroot.tck.harness.wire.Pieces;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;

/** A running throwaway guest with the agent in it. Serves one thread at a time. */
public final class Guest implements AutoCloseable {
  private static final int CONSOLE_LINES = 25;

  /** Number of the frame that answers no request. */
  private static final int GREETING = 0;

  private final Machine machine;
  private final Channel channel;
  private final Duration patience;
  private int exchange;

  /**
   * A guest on a machine that was just started or restored.
   *
   * @param patience how long an answer may take before the guest counts as hanging
   */
  Guest(Machine machine, Duration patience) {
    this.machine = machine;
    channel = new Channel(machine.fromAgent(), machine.toAgent());
    this.patience = patience;
  }

  /**
   * Waits for the greeting of an agent that has just been started.
   *
   * @throws GuestLostException if none comes
   * @throws AgentFailedException if what comes is none
   */
  Reply.Greeting awaitGreeting() {
    Reply reply = speak("greeting", GREETING, () -> {});
    return answer(new Request.Greet(), reply, Reply.Greeting.class);
  }

  /**
   * Asks the agent and waits for its answer.
   *
   * @throws GuestLostException if no answer will come; the message ends with what the console
   *     showed last
   * @throws AgentFailedException if the agent says that it could not do it
   */
  public <R extends Reply> R ask(Request request, Class<R> type) {
    List<Request> pieces = pieces(request);
    int last = pieces.size() - 1;
    for (Request piece : pieces.subList(0, last)) {
      answer(request, exchanged(request, piece), Reply.Done.class);
    }
    return answer(request, exchanged(request, pieces.get(last)), type);
  }

  private Reply exchanged(Request request, Request piece) {
    exchange++;
    return speak(name(request), exchange, () -> channel.write(new Frame(exchange, piece)));
  }

  private List<Request> pieces(Request request) {
    try {
      return machine.mostUnanswered() == Integer.MAX_VALUE
          ? List.of(request)
          : Pieces.of(request, machine.mostUnanswered());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Asks the agent several things in one exchange and waits for its answers. It stops at the first
   * that fails, so there may be fewer answers than requests; {@link #answer} tells what they are.
   *
   * @throws GuestLostException if no answers will come
   */
  public List<Reply> askInOrder(List<Request> requests) {
    List<Reply> replies = ask(new Request.Sequence(requests), Reply.Sequence.class).replies();
    if (replies.size() > requests.size()) {
      throw new AgentFailedException(
          "the agent gave " + replies.size() + " answers to " + requests.size() + " requests");
    }
    return replies;
  }

  /**
   * The answer to a request, as what it must be.
   *
   * @throws AgentFailedException if the agent says that it could not do it
   */
  public static <R extends Reply> R answer(Request request, Reply reply, Class<R> type) {
    if (reply instanceof Reply.Failed failed) {
      throw new AgentFailedException(
          "the agent failed at " + name(request) + ": " + failed.message());
    }
    if (!type.isInstance(reply)) {
      throw new AgentFailedException(
          "the agent answered " + name(request) + " with " + reply.getClass().getSimpleName());
    }
    return type.cast(reply);
  }

  private static String name(Request request) {
    return request instanceof Request.Sequence sequence
        ? sequence.requests().stream().map(Guest::name).distinct().collect(joining(", "))
        : request.getClass().getSimpleName();
  }

  private interface Speech {
    void make() throws IOException;
  }

  private Reply speak(String what, int number, Speech speech) {
    try (Alarm alarm = Alarm.after(patience, machine::close)) {
      try {
        speech.make();
        Frame frame = channel.read();
        while (frame.exchange() == GREETING && number != GREETING) {
          frame = channel.read();
        }
        if (frame.exchange() != number) {
          throw new IOException("answer " + frame.exchange() + " to request " + number);
        }
        if (!(frame.body() instanceof Reply reply)) {
          throw new IOException("a request in answer to one");
        }
        return reply;
      } catch (IOException e) {
        String how = alarm.rang() ? late() : end(e);
        machine.close();
        throw new GuestLostException(lost(what, how), e);
      }
    }
  }

  private String late() {
    return "gave no answer within " + patience.toSeconds() + " s";
  }

  private String end(IOException e) {
    return machine
        .hostFault()
        .map(fault -> "was ended by the host (" + fault + ")")
        .orElse(
            e instanceof EOFException
                ? "ended"
                : "could not be spoken to (" + e.getMessage() + ")");
  }

  private String lost(String what, String how) {
    StringBuilder message = new StringBuilder("the guest ").append(how).append(" at ");
    message.append(what).append("; its console:");
    lastLines(machine.console()).forEach(line -> message.append("\n    ").append(line));
    return message.toString();
  }

  /** What explains the end: the lines before the kernel's panic and that line, or the last ones. */
  private static List<String> lastLines(String console) {
    List<String> lines = console.strip().lines().map(String::stripTrailing).toList();
    int end =
        IntStream.range(0, lines.size())
            .filter(line -> lines.get(line).contains("Kernel panic"))
            .map(line -> line + 1)
            .findFirst()
            .orElse(lines.size());
    return lines.subList(Math.max(0, end - CONSOLE_LINES), end);
  }

  /** All that the guest's console has shown, from the first boot message on. */
  public String console() {
    return machine.console();
  }

  @Override
  public void close() {
    machine.close();
  }
}
