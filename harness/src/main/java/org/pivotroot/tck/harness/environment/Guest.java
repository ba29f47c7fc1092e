package org.pivotroot.tck.harness.environment;

import static java.util.stream.Collectors.joining;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.pivotroot.tck.harness.wire.Channel;
import org.pivotroot.tck.harness.wire.Frame;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;

/** A running throwaway guest with the agent in it. Serves one thread at a time. */
public final class Guest implements AutoCloseable {
  private static final int CONSOLE_LINES = 25;

  /** Number of the frame that answers no request. */
  private static final int GREETING = 0;

  private static final ScheduledExecutorService ALARMS =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "guest alarms");
            thread.setDaemon(true);
            return thread;
          });

  private final Machine machine;
  private final Channel channel;
  private final Duration patience;
  private int exchange;
  private volatile boolean outOfPatience;

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
   */
  Reply.Greeting awaitGreeting() {
    return (Reply.Greeting) speak("greeting", GREETING, () -> {});
  }

  /**
   * Asks the agent and waits for its answer.
   *
   * @throws GuestLostException if no answer will come; the message ends with what the console
   *     showed last
   * @throws AgentFailedException if the agent says that it could not do it
   */
  public <R extends Reply> R ask(Request request, Class<R> type) {
    exchange++;
    Reply reply = speak(name(request), exchange, () -> channel.write(new Frame(exchange, request)));
    return answer(request, reply, type);
  }

  /**
   * Asks the agent several things in one exchange and waits for its answers. It stops at the first
   * that fails, so there may be fewer answers than requests; {@link #answer} tells what they are.
   *
   * @throws GuestLostException if no answers will come
   */
  public List<Reply> askInOrder(List<Request> requests) {
    return ask(new Request.Sequence(requests), Reply.Sequence.class).replies();
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
    ScheduledFuture<?> alarm =
        ALARMS.schedule(
            () -> {
              outOfPatience = true;
              machine.close();
            },
            patience.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      speech.make();
      Frame frame = channel.read();
      while (frame.exchange() == GREETING && number != GREETING) {
        frame = channel.read();
      }
      if (frame.exchange() != number) {
        throw new IOException("answer " + frame.exchange() + " to request " + number);
      }
      return (Reply) frame.body();
    } catch (IOException e) {
      machine.close();
      throw new GuestLostException(lost(what, e), e);
    } finally {
      alarm.cancel(false);
    }
  }

  private String lost(String what, IOException e) {
    String how =
        outOfPatience
            ? "gave no answer within " + patience.toSeconds() + " s"
            : e instanceof EOFException
                ? "ended"
                : "could not be spoken to (" + e.getMessage() + ")";
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
