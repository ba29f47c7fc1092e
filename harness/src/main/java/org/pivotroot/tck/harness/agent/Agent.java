package org.pivotroot.tck.harness.agent;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.pivotroot.tck.harness.wire.Channel;
import org.pivotroot.tck.harness.wire.Frame;
import org.pivotroot.tck.harness.wire.Pieces;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.harness.wire.Returned;

/**
 * The program in the guest. Reads requests from its standard input, answers on its standard output,
 * one at a time, and ends when its input does. Its first word is a greeting that nobody asked for.
 */
public final class Agent {
  private static final long ORPHANS_NANOS = 2_000_000_000L;

  /** Where the guest image keeps the runtime and the agent. */
  private static final String HOME = "/opt/tck";

  private static final int CPU_SET_SIZE = 128;

  /** Who starts an agent speaks to it at once. */
  private static final int SILENCE_MILLIS = 20_000;

  /** struct pollfd: descriptor 0, POLLIN. */
  private static final byte[] INPUT = {0, 0, 0, 0, 1, 0, 0, 0};

  static final List<String> ENVIRONMENT = List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C");

  private final Map<String, TaskHandle> tasks = new LinkedHashMap<>();
  private final Proc proc = new Proc();
  private final Processes processes = new Processes();
  private final ThreadTask surveyorThread = new ThreadTask("surveyor", proc, true);
  private final Surveyor surveyor = surveyorThread.call(() -> new Surveyor(proc));

  private Player player;

  private Agent() {}

  /**
   * What a kernel does may depend on the processor it is asked on (Linux 6.18 numbers namespaces so
   * that their order does), and the same calls are to have the same outcome each time. All tasks
   * inherit this.
   */
  private static void keepToOneProcessor() {
    byte[] allowed =
        Libc.must("sched_getaffinity", 0, CPU_SET_SIZE, new byte[CPU_SET_SIZE]).memory().get(0);
    byte[] first = new byte[CPU_SET_SIZE];
    int processor = BitSet.valueOf(allowed).nextSetBit(0);
    first[processor / 8] = (byte) (1 << processor % 8);
    Libc.must("sched_setaffinity", 0, CPU_SET_SIZE, first);
  }

  /** Command line of the agent. */
  public static List<String> commandLine() {
    return List.of(
        HOME + "/jre/bin/java",
        "-Xmx64m",
        "-Xss256k",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xshare:auto",
        "-XX:-UsePerfData",
        "-XX:-UseDynamicNumberOfCompilerThreads",
        "-XX:+DisableAttachMechanism",
        // Standard output is the channel to the harness: what the JVM has to say is for the
        // console.
        "-XX:+DisplayVMOutputToStderr",
        "-XX:+ErrorFileToStderr",
        "-Djna.nosys=true",
        "-Djna.nounpack=true",
        "-Djna.boot.library.path=" + HOME + "/lib",
        "-cp",
        HOME + "/lib/agent.jar:" + HOME + "/lib/jna.jar",
        Agent.class.getName());
  }

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    // A class that is first needed after the root has moved must not be looked for by path. To look
    // for what is nowhere opens every archive on the class path, for as long as the agent lives.
    ClassLoader.getSystemResource("absent");
    // Whatever else prints must not end up between frames.
    System.setOut(System.err);
    keepToOneProcessor();
    InputStream in = new BufferedInputStream(new FileInputStream(FileDescriptor.in));
    try {
      new Agent().serve(new Channel(in, out));
    } catch (AgentTrouble e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }

  private void serve(Channel channel) throws IOException {
    // What is sent to a serial line before it is listened to is lost, so the agent speaks first.
    channel.write(new Frame(0, greeting()));
    if (Libc.must("poll", INPUT, 1, SILENCE_MILLIS).value() == 0) {
      System.err.println("nobody speaks to this agent, so it ends");
      return;
    }
    Pieces pieces = new Pieces();
    while (true) {
      Frame frame;
      try {
        frame = channel.read();
      } catch (EOFException e) {
        return;
      }
      Request request = (Request) frame.body();
      if (request instanceof Request.Piece piece) {
        write(channel, frame.exchange(), pieces.add(piece));
        continue;
      }
      if (request instanceof Request.Pieced) {
        request = pieces.whole();
      }
      Reply reply =
          request instanceof Request.Sequence sequence
              ? sequence.answeredBy(this::answer)
              : answer(request);
      write(channel, frame.exchange(), reply);
    }
  }

  private static void write(Channel channel, int exchange, Reply reply) throws IOException {
    try {
      channel.write(new Frame(exchange, reply));
    } catch (IllegalArgumentException e) {
      channel.write(new Frame(exchange, new Reply.Failed(e.getMessage())));
    }
  }

  private Reply answer(Request request) {
    try {
      return carryOut(request);
    } catch (AgentTrouble | UnsatisfiedLinkError e) {
      return new Reply.Failed(e.getMessage());
    } catch (IOException | RuntimeException e) {
      return new Reply.Failed(e + " at " + e.getStackTrace()[0]);
    }
  }

  private Reply carryOut(Request request) throws IOException {
    if (request instanceof Request.Greet) {
      return greeting();
    }
    if (request instanceof Request.Start start) {
      return start(start);
    }
    if (request instanceof Request.Launch launch) {
      ThreadTask creator = thread(launch.from());
      return started(
          launch.task(), creator.call(() -> new ChildTask(launch.task(), launch.command())));
    }
    if (request instanceof Request.Invoke invoke) {
      return task(invoke.task()).ask(invoke);
    }
    if (request instanceof Request.Watch watch) {
      return watch(watch);
    }
    if (request instanceof Request.Read read) {
      return task(read.task()).ask(read);
    }
    if (request instanceof Request.Run run) {
      return task(run.task()).ask(run);
    }
    if (request instanceof Request.ReadProc read) {
      return proc.read(read.path());
    }
    if (request instanceof Request.StatProc stat) {
      return new Reply.Results(List.of(proc.stat(stat.path())));
    }
    if (request instanceof Request.Survey survey) {
      return new Reply.Surveys(survey(survey.tasks(), true));
    }
    if (request instanceof Request.Play play) {
      return surveyorThread.call(() -> player().play(play));
    }
    if (request instanceof Request.End end) {
      task(end.task()).end();
      tasks.remove(end.task());
      return new Reply.Done();
    }
    if (request instanceof Request.Clear clear) {
      return clear(clear.descriptors());
    }
    throw new AgentTrouble("unknown request " + request);
  }

  private List<Reply.TaskSurvey> survey(List<String> names, boolean witness) {
    Map<String, TaskPlace> places = new LinkedHashMap<>();
    names.forEach(name -> places.put(name, task(name).place()));
    return surveyorThread.call(() -> surveyor.survey(places, witness));
  }

  /** Made when the guest has found its root. */
  private Player player() {
    if (player == null) {
      player = new Player(proc);
    }
    return player;
  }

  private Reply watch(Request.Watch watch) {
    List<Reply.TaskSurvey> before = survey(watch.watched(), false);
    Reply.Results results =
        (Reply.Results)
            task(watch.task()).ask(new Request.Invoke(watch.task(), List.of(watch.call())));
    Returned returned = results.results().get(0);
    if (returned.value() == -1) {
      List<Reply.TaskSurvey> after = survey(watch.watched(), false);
      for (int i = 0; i < before.size(); i++) {
        if (!before.get(i).shows(after.get(i))) {
          return new Reply.Watched(returned, before, after);
        }
      }
    }
    return new Reply.Watched(returned, List.of(), List.of());
  }

  private Reply greeting() {
    Reply.Content release = proc.read("sys/kernel/osrelease");
    Reply.Content version = proc.read("sys/kernel/version");
    if (release.errno() == 0 && version.errno() == 0) {
      return new Reply.Greeting(text(release).strip(), text(version).strip(), Libc.version());
    }
    // Not every implementation has these, but all say the same in one line somewhere else.
    String line = text(proc.read("version")).strip();
    return new Reply.Greeting(
        line.replaceFirst("Linux version (\\S+).*", "$1"),
        line.replaceFirst("[^#]*", ""),
        Libc.version());
  }

  private Reply start(Request.Start start) {
    if (start.from().isEmpty()) {
      return started(start.task(), new ThreadTask(start.task(), proc, start.ownFs()));
    }
    ThreadTask creator = thread(start.from());
    return started(
        start.task(), creator.call(() -> new ThreadTask(start.task(), proc, start.ownFs())));
  }

  private Reply started(String name, TaskHandle task) {
    tasks.put(name, task);
    return new Reply.Started(task.place().pid(), task.place().tid());
  }

  private TaskHandle task(String name) {
    TaskHandle task = tasks.get(name);
    if (task == null) {
      throw new AgentTrouble("no task " + name);
    }
    return task;
  }

  private ThreadTask thread(String name) {
    if (task(name) instanceof ThreadTask thread) {
      return thread;
    }
    throw new AgentTrouble(
        "task " + name + " is a process, which starts no others; have a thread start them");
  }

  private Reply clear(List<Long> descriptors) throws IOException {
    List<TaskHandle> all = new ArrayList<>(tasks.values());
    // The newest first: a task ends before the one that started it.
    for (int i = all.size() - 1; i >= 0; i--) {
      all.get(i).end();
    }
    tasks.clear();
    for (long descriptor : descriptors) {
      Libc.call("close", descriptor);
    }
    reapOrphans();
    return new Reply.Cleared(state());
  }

  /**
   * As PID 1 the agent inherits whatever a program left running or unreaped, such as the child of
   * switch_root(8) that deletes. It is waited for, but not for ever; the process that starts those
   * of less privilege is one of the agent's own.
   */
  private void reapOrphans() {
    long own = player == null ? 0 : player.keeps();
    long end = System.nanoTime() + ORPHANS_NANOS;
    long reaped;
    do {
      reaped = (int) Libc.call("waitpid", -1, 0, 1 /* WNOHANG */).value();
      if (reaped == 0) {
        if (own != 0 && !processes.hasChildren(proc, Libc.getpid(), own)) {
          return;
        }
        LockSupport.parkNanos(1_000_000);
      }
    } while (reaped > 0 || (reaped == 0 && System.nanoTime() < end));
  }

  private String state() {
    Map<String, String> state = new TreeMap<>();
    state.put("mounts", text(proc.read("self/mountinfo")));
    state.put("root", proc.link("self/root"));
    state.put("cwd", proc.link("self/cwd"));
    StringBuilder text = new StringBuilder();
    state.forEach((key, value) -> text.append(key).append(' ').append(value.strip()).append('\n'));
    return text.append(processes.users(proc)).toString();
  }

  private static String text(Reply.Content content) {
    if (content.errno() != 0) {
      throw new AgentTrouble("cannot read /proc: errno " + content.errno());
    }
    return new String(content.bytes(), StandardCharsets.UTF_8);
  }
}
