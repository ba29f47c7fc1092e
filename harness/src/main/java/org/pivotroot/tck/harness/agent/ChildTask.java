package org.pivotroot.tck.harness.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pivotroot.tck.harness.wire.Channel;
import org.pivotroot.tck.harness.wire.Frame;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.harness.wire.Returned;

/** A task in a child process: a second agent, spoken to through pipes. */
final class ChildTask implements TaskHandle {
  private final String name;
  private final Program program;
  private final Channel channel;
  private final TaskPlace place;
  private int exchange;

  /** Starts the second agent from the calling task. */
  ChildTask(String name, List<String> command) {
    this.name = name;
    List<String> whole = new ArrayList<>(command);
    whole.addAll(Agent.briefCommandLine());
    int[] errno = new int[1];
    program = Program.start(whole, Agent.ENVIRONMENT, false, errno);
    if (program == null) {
      throw new AgentTrouble("cannot start " + whole + ": errno " + errno[0]);
    }
    channel = new Channel(new PipeInput(program.output), new PipeOutput(program.input));
    receive(); // the greeting
    Reply reply = exchange(new Request.Start(name, "", true));
    if (!(reply instanceof Reply.Started started)) {
      throw new AgentTrouble("the second agent answered " + reply);
    }
    place = new TaskPlace(started.pid(), started.tid());
  }

  private synchronized Reply exchange(Request request) {
    try {
      channel.write(new Frame(++exchange, request));
      return receive();
    } catch (IOException e) {
      throw gone(e);
    }
  }

  private Reply receive() {
    try {
      return (Reply) channel.read().body();
    } catch (IOException e) {
      throw gone(e);
    }
  }

  private AgentTrouble gone(IOException e) {
    return new AgentTrouble("the process of task " + name + " is gone: " + e.getMessage());
  }

  @Override
  public TaskPlace place() {
    return place;
  }

  @Override
  public Reply ask(Request request) {
    return exchange(request);
  }

  @Override
  public void end() {
    Program.close(program.input);
    program.waitFor();
    Program.close(program.output);
  }

  private static final class PipeInput extends InputStream {
    private final int descriptor;

    PipeInput(int descriptor) {
      this.descriptor = descriptor;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) == -1 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      Returned returned = Libc.must("read", descriptor, new byte[length], length);
      if (returned.value() == 0) {
        return -1;
      }
      System.arraycopy(returned.memory().get(0), 0, bytes, offset, (int) returned.value());
      return (int) returned.value();
    }
  }

  private static final class PipeOutput extends OutputStream {
    private final int descriptor;

    PipeOutput(int descriptor) {
      this.descriptor = descriptor;
    }

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      int from = offset;
      while (from < offset + length) {
        byte[] rest = Arrays.copyOfRange(bytes, from, offset + length);
        from += (int) Libc.must("write", descriptor, rest, rest.length).value();
      }
    }
  }
}
