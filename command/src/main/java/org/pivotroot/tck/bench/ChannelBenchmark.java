package org.pivotroot.tck.bench;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.pivotroot.tck.harness.wire.Channel;
import org.pivotroot.tck.harness.wire.Frame;
import org.pivotroot.tck.harness.wire.NativeArgument;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.harness.wire.Returned;

/** Requests and replies to bytes and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChannelBenchmark {
  private static final int BUFFER = 8192;

  private final Frame getcwd =
      new Frame(
          1,
          new Request.Invoke(
              "S",
              List.of(
                  NativeCall.syscall(
                      List.of(
                          new NativeArgument.Word(79),
                          new NativeArgument.Memory(new byte[BUFFER]),
                          new NativeArgument.Word(BUFFER))))));
  private byte[] reply;

  /** Makes the bytes of an answer that holds one buffer with a few bytes in it. */
  @Setup
  public void prepare() throws IOException {
    byte[] buffer = new byte[BUFFER];
    buffer[0] = '/';
    reply = bytes(new Frame(1, new Reply.Results(List.of(new Returned(2, 0, List.of(buffer))))));
  }

  private static byte[] bytes(Frame frame) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Channel(InputStream.nullInputStream(), bytes).write(frame);
    return bytes.toByteArray();
  }

  /** A request for getcwd(2). */
  @Benchmark
  public byte[] writeRequest() throws IOException {
    return bytes(getcwd);
  }

  /** The answer to it. */
  @Benchmark
  public Frame readReply() throws IOException {
    return new Channel(new ByteArrayInputStream(reply), OutputStream.nullOutputStream()).read();
  }
}
