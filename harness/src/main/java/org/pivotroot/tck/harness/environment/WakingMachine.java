package org.pivotroot.tck.harness.environment;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A machine that is spoken to again while it gives no answer. The terminals of user-mode Linux can
 * leave the end of a long request unread until something more comes: ten bytes of one were seen in
 * the pipe, and the kernel idle (7.2.7 and 7.2.13). A NUL before a frame is skipped by who reads it
 * ({@link org.pivotroot.tck.harness.wire.Channel#read()}).
 */
final class WakingMachine implements Machine {
  private final Machine machine;
  private final long pauseMillis;
  private final OutputStream toAgent;
  private final InputStream fromAgent;

  /** Held while something is written, so that no NUL gets into a frame. */
  private final ReentrantLock writing = new ReentrantLock();

  private boolean waiting;
  private boolean closed;

  /**
   * A machine on top of one.
   *
   * @param pause after which an answer is late
   */
  WakingMachine(Machine machine, Duration pause) {
    this.machine = machine;
    pauseMillis = pause.toMillis();
    toAgent = new Mouth(machine.toAgent());
    fromAgent = new Ear(machine.fromAgent());
    Thread waker = new Thread(this::wake, "wakes a machine");
    waker.setDaemon(true);
    waker.start();
  }

  private synchronized void waiting(boolean is) {
    waiting = is;
    notifyAll();
  }

  private void wake() {
    try {
      while (awaitSilence()) {
        if (writing.tryLock()) {
          try {
            machine.toAgent().write(0);
            machine.toAgent().flush();
          } finally {
            writing.unlock();
          }
        }
      }
    } catch (IOException e) {
      return; // the machine is gone, as who waits for its answer will find
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until an answer is late; false if none will come. */
  private synchronized boolean awaitSilence() throws InterruptedException {
    while (!closed) {
      if (!waiting) {
        wait();
        continue;
      }
      wait(pauseMillis);
      if (waiting) {
        return !closed;
      }
    }
    return false;
  }

  /** What is said: from then on an answer is waited for. */
  private final class Mouth extends FilterOutputStream {
    Mouth(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      writing.lock();
      try {
        out.write(bytes, offset, length);
        out.flush();
      } finally {
        writing.unlock();
      }
      waiting(true);
    }
  }

  /** What is heard: an answer has begun. */
  private final class Ear extends FilterInputStream {
    Ear(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      waiting(false);
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      waiting(false);
      return read;
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

  /**
   * From 3968 bytes on that nobody has read the terminal is throttled, and what unthrottles it does
   * not listen again (line_unthrottle() in arch/um/drivers/line.c): the next request is not heard.
   */
  @Override
  public int mostUnanswered() {
    return 3500;
  }

  @Override
  public String console() {
    return machine.console();
  }

  @Override
  public Optional<String> hostFault() {
    return machine.hostFault();
  }

  @Override
  public void close() {
    machine.close();
    synchronized (this) {
      closed = true;
      notifyAll();
    }
  }
}
