package org.pivotroot.tck.harness.agent;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pivotroot.tck.harness.wire.NativeArgument;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.harness.wire.Returned;

/**
 * A task in a child process, which makes system calls and nothing else: a few lines of Perl,
 * because a second Java takes a second to start where no hardware helps the guest.
 */
final class ChildTask implements TaskHandle {
  /**
   * Makes the calls that it reads, until there are no more. A call is its number of arguments, then
   * for each whether it is a pointer, the number or how many bytes it points to, and these bytes.
   * The answer is the result, errno, and all bytes pointed to as the call has left them.
   */
  static final String SERVE =
      """
      sub take {
        my ($size, $bytes) = (shift, "");
        while (length $bytes < $size) {
          sysread(STDIN, $bytes, $size - length $bytes, length $bytes) or exit;
        }
        return $bytes;
      }
      sub serve {
        while (1) {
          my (@arguments, @memory);
          for (1 .. unpack "C", take(1)) {
            my ($pointer, $value) = unpack "Cq<", take(9);
            push @arguments, $pointer ? take($value) : $value;
            push @memory, \\$arguments[-1] if $pointer;
          }
          my $result = syscall(shift @arguments, @arguments);
          syswrite STDOUT, join "", pack("q<l<", $result, $! + 0), map { $$_ } @memory;
        }
      }
      """;

  private static final String PROGRAM = SERVE + "serve();";

  private static final int ARGUMENT_SIZE = 1 + Long.BYTES;
  private static final int RESULT_SIZE = Long.BYTES + Integer.BYTES;
  private static final int GETPID = 39;
  private static final int GETTID = 186;

  private final String name;
  private final int input;
  private final int output;
  private final Runnable atEnd;
  private final TaskPlace place;

  /**
   * Starts the process from the calling task.
   *
   * @param command what Perl's command line is put behind
   */
  ChildTask(String name, List<String> command) {
    this.name = name;
    List<String> whole = new ArrayList<>(command);
    whole.addAll(List.of("perl", "-e", PROGRAM));
    int[] errno = new int[1];
    Program program = Program.start(whole, Agent.ENVIRONMENT, false, errno);
    if (program == null) {
      throw new AgentTrouble("cannot start " + command + ": errno " + errno[0]);
    }
    input = program.input;
    output = program.output;
    atEnd = program::waitFor;
    place = awaitPlace();
  }

  /**
   * A process that runs already, started by another one than the agent.
   *
   * @param input where its calls are written to
   * @param output where its answers come from
   * @param proc by which its end is seen
   */
  ChildTask(String name, int input, int output, Proc proc) {
    this.name = name;
    this.input = input;
    this.output = output;
    atEnd = () -> proc.awaitEnd(place().directory());
    place = awaitPlace();
  }

  /** Where the process is, which it can tell as soon as it makes calls. */
  private TaskPlace awaitPlace() {
    try {
      return new TaskPlace(number(GETPID), number(GETTID));
    } catch (AgentTrouble e) {
      end();
      throw e;
    }
  }

  private long number(int syscall) {
    NativeArgument number = new NativeArgument.Word(syscall);
    return call(NativeCall.syscall(List.of(number)), List.of()).value();
  }

  private Returned call(NativeCall call, List<Returned> earlier) {
    if (!call.function().equals("syscall")) {
      throw new AgentTrouble(
          "task " + name + " is a process, which makes system calls only, not " + call.function());
    }
    List<byte[]> pointed = new ArrayList<>();
    List<Boolean> answered = new ArrayList<>();
    int size = 1;
    for (NativeArgument argument : call.arguments()) {
      byte[] bytes = pointed(argument, earlier);
      pointed.add(bytes);
      answered.add(bytes != null && !(argument instanceof NativeArgument.Text));
      size += ARGUMENT_SIZE + (bytes == null ? 0 : bytes.length);
    }
    ByteBuffer request = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    request.put((byte) call.arguments().size());
    for (int i = 0; i < pointed.size(); i++) {
      byte[] bytes = pointed.get(i);
      if (bytes == null) {
        request.put((byte) 0).putLong(number(call.arguments().get(i), earlier));
      } else {
        request.put((byte) 1).putLong(bytes.length).put(bytes);
      }
    }
    write(request.array());
    ByteBuffer result = ByteBuffer.wrap(read(RESULT_SIZE)).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> memory = new ArrayList<>();
    for (int i = 0; i < pointed.size(); i++) {
      if (pointed.get(i) != null) {
        byte[] bytes = read(pointed.get(i).length);
        if (answered.get(i)) {
          memory.add(bytes);
        }
      }
    }
    return new Returned(result.getLong(), result.getInt(), memory);
  }

  /** What a pointer points to, or null for an argument that is a number. */
  private static byte[] pointed(NativeArgument argument, List<Returned> earlier) {
    if (argument instanceof NativeArgument.Text text) {
      return (text.value() + "\0").getBytes(StandardCharsets.UTF_8);
    }
    return argument instanceof NativeArgument.Word || argument instanceof NativeArgument.Result
        ? null
        : Libc.content(argument, earlier);
  }

  private static long number(NativeArgument argument, List<Returned> earlier) {
    return argument instanceof NativeArgument.Result result
        ? earlier.get(result.call()).value()
        : ((NativeArgument.Word) argument).value();
  }

  private byte[] read(int size) {
    byte[] bytes = new byte[size];
    int filled = 0;
    while (filled < size) {
      Returned returned = Libc.must("read", output, new byte[size - filled], size - filled);
      if (returned.value() == 0) {
        throw gone();
      }
      System.arraycopy(returned.memory().get(0), 0, bytes, filled, (int) returned.value());
      filled += (int) returned.value();
    }
    return bytes;
  }

  private void write(byte[] bytes) {
    int written = 0;
    while (written < bytes.length) {
      byte[] rest = Arrays.copyOfRange(bytes, written, bytes.length);
      Returned returned = Libc.call("write", input, rest, rest.length);
      if (returned.value() == -1) {
        throw gone();
      }
      written += (int) returned.value();
    }
  }

  private AgentTrouble gone() {
    return new AgentTrouble("the process of task " + name + " is gone");
  }

  @Override
  public TaskPlace place() {
    return place;
  }

  @Override
  public Reply ask(Request request) {
    if (request instanceof Request.Invoke invoke) {
      return new Reply.Results(Libc.invoke(invoke.calls(), this::call));
    }
    throw new AgentTrouble(
        "task " + name + " is a process, which makes system calls only; have another task do it");
  }

  @Override
  public void end() {
    Program.close(input);
    atEnd.run();
    Program.close(output);
  }
}
