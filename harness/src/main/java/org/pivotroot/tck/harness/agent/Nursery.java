package org.pivotroot.tck.harness.agent;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Starts processes that make calls, as many as are wanted: a Perl that forks, because each new one
 * takes as long to start as a whole scenario to play.
 */
final class Nursery {
  /**
   * Is told by which descriptors of the agent a child is to be spoken to. Nobody waits for the
   * children, and so the kernel forgets them as soon as they end.
   */
  private static final String PROGRAM =
      ChildTask.SERVE
          + """
          $SIG{CHLD} = "IGNORE";
          my $agent = getppid;
          while (1) {
            my ($in, $out) = unpack "l<l<", take(8);
            next if fork;
            open my $read, "<", "/proc/$agent/fd/$in" or exit;
            open my $write, ">", "/proc/$agent/fd/$out" or exit;
            open STDIN, "<&", $read or exit;
            open STDOUT, ">&", $write or exit;
            close $read;
            close $write;
            serve();
          }
          """;

  private final Proc proc;
  private final Program program;

  /** Starts it, where the calling task is. */
  Nursery(Proc proc) {
    this.proc = proc;
    int[] errno = new int[1];
    program = Program.start(List.of("perl", "-e", PROGRAM), Agent.ENVIRONMENT, false, errno);
    if (program == null) {
      throw new AgentTrouble("cannot start perl: errno " + errno[0]);
    }
  }

  /** Of the one that forks. */
  long pid() {
    return program.pid;
  }

  /** A new process. */
  ChildTask child(String name) {
    int[] in = Program.pipe();
    int[] out = Program.pipe();
    byte[] word =
        ByteBuffer.allocate(2 * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(in[0])
            .putInt(out[1])
            .array();
    Libc.must("write", program.input, word, word.length);
    try {
      return new ChildTask(name, in[1], out[0], proc);
    } finally {
      Program.close(in[0], out[1]);
    }
  }
}
