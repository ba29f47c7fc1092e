package org.pivotroot.tck.harness.environment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.pivotroot.tck.harness.wire.Channel;
import org.pivotroot.tck.harness.wire.Frame;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;

/** A guest without a kernel: a test tells what its agent answers. */
public final class FakeGuest implements Machine {
  private final Function<Request, Optional<Reply>> agent;
  private final PipedOutputStream answers = new PipedOutputStream();
  private final PipedInputStream fromAgent;
  private final OutputStream toAgent = new Ear();
  private volatile String console = "";
  private volatile boolean closed;

  /**
   * A machine that runs.
   *
   * @param agent what is answered to a request; empty for no answer at all
   */
  public FakeGuest(Function<Request, Optional<Reply>> agent) {
    this.agent = agent;
    try {
      fromAgent = new PipedInputStream(answers, 1 << 20);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A guest whose agent answers everything. */
  public static Guest answering(Function<Request, Reply> agent) {
    return new FakeGuest(request -> Optional.of(agent.apply(request))).guest();
  }

  /** The guest on this machine, which is patient enough for a busy host. */
  public Guest guest() {
    return guest(Duration.ofSeconds(30));
  }

  /** The guest on this machine. */
  public Guest guest(Duration patience) {
    return new Guest(this, patience);
  }

  /** Whether it was ended, by the harness or by itself. */
  public boolean isClosed() {
    return closed;
  }

  /** What its console shows from now on. */
  public void show(String text) {
    console = text;
  }

  /** Bytes that are on the channel though nobody asked. */
  void say(byte[] bytes) throws IOException {
    answers.write(bytes);
    answers.flush();
  }

  /** Hears a whole frame at each flush, which is how frames are written. */
  private final class Ear extends OutputStream {
    private final PipedOutputStream heard = new PipedOutputStream();
    private final Channel channel;

    Ear() {
      try {
        channel = new Channel(new PipedInputStream(heard, 1 << 20), answers);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void write(int value) throws IOException {
      heard.write(value);
    }

    @Override
    public void flush() throws IOException {
      if (closed) {
        throw new IOException("the machine has ended");
      }
      Frame frame = channel.read();
      Optional<Reply> reply = answer((Request) frame.body());
      if (reply.isPresent() && !closed) {
        channel.write(new Frame(frame.exchange(), reply.get()));
      }
    }
  }

  private Optional<Reply> answer(Request request) {
    if (!(request instanceof Request.Sequence sequence)) {
      return agent.apply(request);
    }
    try {
      return Optional.of(sequence.answeredBy(one -> agent.apply(one).orElseThrow()));
    } catch (NoSuchElementException e) {
      return Optional.empty();
    }
  }

  @Override
  public InputStream fromAgent() {
    return fromAgent;
  }

  @Override
  public OutputStream toAgent() {
    return toAgent;
  }

  @Override
  public String console() {
    return console;
  }

  @Override
  public void close() {
    closed = true;
    try {
      answers.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
