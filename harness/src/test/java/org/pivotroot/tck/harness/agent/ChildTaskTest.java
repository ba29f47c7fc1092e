package org.pivotroot.tck.harness.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.harness.wire.NativeArgument;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.harness.wire.Returned;

/** Real processes on the host, making calls that change nothing. */
class ChildTaskTest {
  private static final int READ = 0;
  private static final int OPEN = 2;
  private static final int GETPID = 39;
  private static final int CHDIR = 80;
  private static final int GETCWD = 79;
  private static final int ENOENT = 2;

  private ChildTask child;

  @BeforeEach
  void start() {
    child = new ChildTask("U", List.of("env"));
  }

  @AfterEach
  void end() {
    child.end();
  }

  private List<Returned> make(NativeCall... calls) {
    Reply reply = child.ask(new Request.Invoke("U", List.of(calls)));
    return ((Reply.Results) reply).results();
  }

  private static NativeCall call(int number, NativeArgument... arguments) {
    NativeArgument[] all = new NativeArgument[arguments.length + 1];
    all[0] = new NativeArgument.Word(number);
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return NativeCall.syscall(List.of(all));
  }

  private static NativeArgument text(String text) {
    return new NativeArgument.Text(text);
  }

  private static NativeArgument word(long value) {
    return new NativeArgument.Word(value);
  }

  @Test
  void itIsAProcessOfItsOwn() {
    assertThat(make(call(GETPID)).get(0).value())
        .isEqualTo(child.place().pid())
        .isEqualTo(child.place().tid())
        .isNotEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void itsDirectoryIsItsOwn() {
    List<Returned> results =
        make(
            call(CHDIR, text("/")),
            call(GETCWD, new NativeArgument.Memory(new byte[4096]), word(4096)));
    assertThat(results.get(1).value()).isEqualTo(2);
    assertThat(new String(results.get(1).memory().get(0), 0, 2, UTF_8)).isEqualTo("/\0");
    Returned here = Libc.call("getcwd", new byte[4096], 4096);
    assertThat(new String(here.memory().get(0), UTF_8).strip()).isNotEqualTo("/");
  }

  @Test
  void aFailureEndsTheBatchAndLeavesItsMemory() {
    byte[] memory = "as before".getBytes(UTF_8);
    List<Returned> results =
        make(
            call(CHDIR, text("/there is no such directory")),
            call(GETCWD, new NativeArgument.Memory(memory), word(memory.length)));
    assertThat(results).hasSize(1);
    assertThat(results.get(0).value()).isEqualTo(-1);
    assertThat(results.get(0).errno()).isEqualTo(ENOENT);
    Returned unwritten = make(call(OPEN, new NativeArgument.Memory(memory), word(0))).get(0);
    assertThat(unwritten.memory()).containsExactly(memory);
  }

  @Test
  void aResultIsAnArgument() {
    List<Returned> results =
        make(
            call(OPEN, text("/proc/self/comm"), word(0)),
            call(
                READ,
                new NativeArgument.Result(0),
                new NativeArgument.Memory(new byte[70_000]),
                word(70_000)));
    assertThat(results.get(1).value()).isEqualTo(5);
    assertThat(new String(results.get(1).memory().get(0), 0, 5, UTF_8)).isEqualTo("perl\n");
  }

  @Test
  void memoryOfAnEarlierCallIsAnArgumentWithOtherBits() {
    List<Returned> results =
        make(
            call(CHDIR, text("/")),
            call(GETCWD, new NativeArgument.Memory("++++++++".getBytes(UTF_8)), word(8)),
            call(
                CHDIR,
                new NativeArgument.Changed(
                    1,
                    0,
                    new byte[] {0, -1, -1, -1, -1, 0, 0, 0},
                    "\0dev\0\0\0\0".getBytes(UTF_8))),
            call(GETCWD, new NativeArgument.Memory(new byte[8]), word(8)));
    assertThat(results).hasSize(4);
    assertThat(new String(results.get(2).memory().get(0), UTF_8)).isEqualTo("/dev\0+++");
    assertThat(new String(results.get(3).memory().get(0), UTF_8)).startsWith("/dev\0");
  }

  @Test
  void whatIsNoSystemCallIsRefused() {
    assertThatThrownBy(() -> make(new NativeCall("getcwd", NativeCall.NUMBER, List.of())))
        .isInstanceOf(AgentTrouble.class)
        .hasMessage("task U is a process, which makes system calls only, not getcwd");
  }

  @Test
  void whatCannotBeStartedIsNamed() {
    assertThatThrownBy(() -> new ChildTask("V", List.of("there-is-no-such-program")))
        .isInstanceOf(AgentTrouble.class)
        .hasMessage("cannot start [there-is-no-such-program]: errno 2");
    assertThatThrownBy(() -> new ChildTask("V", List.of("false")))
        .isInstanceOf(AgentTrouble.class)
        .hasMessage("the process of task V is gone");
  }

  @Test
  void itEndsWithItsTask() {
    ChildTask other = new ChildTask("V", List.of("env"));
    long pid = other.place().pid();
    other.end();
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }
}
