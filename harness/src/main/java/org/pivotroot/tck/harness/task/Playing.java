package org.pivotroot.tck.harness.task;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.pivotroot.tck.harness.environment.Guest;
import org.pivotroot.tck.harness.wire.NativeArgument;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.PlayedCall;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request.Play;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.event.Sight;
import org.pivotroot.tck.model.look.View;
import org.pivotroot.tck.model.scenario.Opening;
import org.pivotroot.tck.model.scenario.Scenario;

/** Has scenarios played in a guest. */
public final class Playing {
  private static final String STAGE = "/stage";

  private final List<Scenario> scenarios;
  private final Map<Call, Integer> calls = new LinkedHashMap<>();
  private final List<Map<String, Integer>> tasks = new ArrayList<>();

  private Playing(List<Scenario> scenarios) {
    this.scenarios = scenarios;
  }

  /** What each came to, as {@link org.pivotroot.tck.harness.wire.Digest} sums it up. */
  public static List<Long> digests(Guest guest, List<Scenario> scenarios) {
    Play play = new Playing(scenarios).request(false);
    return guest.ask(play, Reply.Played.class).digests();
  }

  /**
   * All that was seen of each: its acts with their results, the opening's before them, and after
   * each act what every task shows.
   */
  public static List<List<Event>> events(Guest guest, List<Scenario> scenarios) {
    Playing playing = new Playing(scenarios);
    List<Reply.Performance> performances =
        guest.ask(playing.request(true), Reply.Played.class).performances();
    List<List<Event>> all = new ArrayList<>();
    for (int i = 0; i < performances.size(); i++) {
      all.add(playing.events(i, performances.get(i).moments()));
    }
    return all;
  }

  // What is asked

  private Play request(boolean whole) {
    List<byte[]> steps = scenarios.stream().map(this::steps).toList();
    return new Play(
        stage().stream().map(Playing::lowered).toList(),
        calls.keySet().stream().map(call -> new PlayedCall(lowered(call), gives(call))).toList(),
        steps,
        whole);
  }

  private static List<Call> stage() {
    List<Call> calls = new ArrayList<>(Layout.begin(STAGE));
    calls.addAll(Layout.addSystem(STAGE, List.of("proc")));
    calls.addAll(Layout.end(STAGE));
    calls.addAll(Opening.CALLS);
    return calls;
  }

  private byte[] steps(Scenario scenario) {
    Map<String, Integer> numbers = new LinkedHashMap<>(Map.of(Opening.TASK, 0));
    tasks.add(numbers);
    ByteArrayOutputStream steps = new ByteArrayOutputStream();
    for (Event act : scenario.acts()) {
      if (act instanceof Event.Called called) {
        call(steps, numbers, called);
      } else if (act instanceof Event.Started started) {
        int number = free(numbers);
        step(
            steps,
            switch (started.how()) {
              case THREAD -> Play.START;
              case THREAD_SHARING_FS -> Play.START_SHARING;
              case PROCESS -> Play.START_LESS_PRIVILEGED;
            },
            numbers.get(started.task()),
            number);
        numbers.put(started.other(), number);
      } else if (act instanceof Event.Ended ended) {
        step(steps, Play.END, numbers.remove(ended.task()), 0);
      } else {
        throw new IllegalArgumentException("no act of a scenario: " + act);
      }
    }
    return steps.toByteArray();
  }

  private static int free(Map<String, Integer> numbers) {
    Set<Integer> taken = new TreeSet<>(numbers.values());
    int number = 0;
    while (taken.contains(number)) {
      number++;
    }
    return number;
  }

  private void call(
      ByteArrayOutputStream steps, Map<String, Integer> numbers, Event.Called called) {
    Call call = called.call();
    int task = numbers.get(called.task());
    if (call.callee() == Syscall.OPENAT && call.arguments().get(1) instanceof Value.OfTask of) {
      step(steps, Play.OPEN_NAMESPACE, task, numbers.get(of.task()));
      return;
    }
    Integer known = calls.get(call);
    if (known == null) {
      known = calls.size();
      calls.put(call, known);
    }
    step(steps, Play.CALL, task, known);
  }

  private static void step(ByteArrayOutputStream steps, int act, int task, int other) {
    steps.write(act);
    steps.write(task);
    steps.write(other >> 8);
    steps.write(other);
  }

  /** What is sent for a call; the scenario's descriptors are not known before it is played. */
  private static NativeCall lowered(Call call) {
    if (call.arguments().size() > 1
        && call.arguments().get(1) instanceof Value.Capabilities capabilities) {
      return capset(call, capabilities);
    }
    List<Value> known =
        call.arguments().stream()
            .map(value -> value instanceof Value.Descriptor ? Value.number(0) : value)
            .toList();
    NativeCall lowered = Lowering.of(new Call(call.callee(), known), Numbers.NONE).calls().get(0);
    List<NativeArgument> arguments = new ArrayList<>(lowered.arguments());
    for (int i = 0; i < known.size(); i++) {
      if (call.arguments().get(i) instanceof Value.Descriptor descriptor) {
        arguments.set(i + 1, new NativeArgument.Result(descriptor.descriptor() - 1));
      }
    }
    return NativeCall.syscall(arguments);
  }

  /** Only tasks that have all capabilities give some away, so that the sets are known. */
  private static NativeCall capset(Call call, Value.Capabilities without) {
    long rest =
        Stream.of(Capability.values())
            .filter(one -> !without.capabilities().contains(one))
            .mapToLong(Capability::mask)
            .reduce(0, (one, other) -> one | other);
    ByteBuffer header = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(Capability.VERSION);
    ByteBuffer sets = ByteBuffer.allocate(6 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int shift : new int[] {0, Integer.SIZE}) {
      sets.putInt((int) (rest >>> shift)).putInt((int) (rest >>> shift)).putInt(0);
    }
    return NativeCall.syscall(
        List.of(
            new NativeArgument.Word(((Syscall) call.callee()).number()),
            new NativeArgument.Memory(header.array()),
            new NativeArgument.Memory(sets.array())));
  }

  private static int gives(Call call) {
    if (call.returns() == Callee.Returns.DESCRIPTOR) {
      return PlayedCall.DESCRIPTOR;
    }
    if (call.callee() == Syscall.CLOSE) {
      return PlayedCall.CLOSED;
    }
    return call.buffer()
        .map(buffer -> buffer.holds() == Value.Holds.STATX ? PlayedCall.PLACE : PlayedCall.TEXT)
        .orElse(PlayedCall.VALUE);
  }

  // What is answered

  private List<Event> events(int index, List<Reply.Moment> moments) {
    List<Event> events = new ArrayList<>(Opening.EVENTS);
    Map<Integer, String> names = new LinkedHashMap<>(Map.of(0, Opening.TASK));
    int opened = 0;
    for (int i = 0; i < moments.size(); i++) {
      Event act = scenarios.get(index).acts().get(i);
      if (act instanceof Event.Called called) {
        int number = opened + 1;
        Answer answer = new Answer(called.call(), moments.get(i).returned());
        Event.Called made =
            new Event.Called(
                called.task(), called.call(), answer.result(fd -> number, address -> 0));
        opened +=
            called.call().returns() == Callee.Returns.DESCRIPTOR
                    && moments.get(i).returned().value() != -1
                ? 1
                : 0;
        events.add(made);
      } else {
        events.add(act);
        if (act instanceof Event.Started started) {
          Map<String, Integer> numbers = new LinkedHashMap<>();
          names.forEach((task, name) -> numbers.put(name, task));
          names.put(free(numbers), started.other());
        } else if (act instanceof Event.Ended ended) {
          names.values().remove(ended.task());
        }
      }
      for (Reply.TaskSurvey survey : moments.get(i).tasks()) {
        look(events, names.get(Integer.parseInt(survey.task())), Answer.view(survey));
      }
    }
    return events;
  }

  private static void look(List<Event> events, String task, View view) {
    events.add(new Event.Looked(task, new Sight.Root(view.root())));
    events.add(new Event.Looked(task, new Sight.Cwd(view.cwd())));
    events.add(new Event.Looked(task, new Sight.Tree(view.tree())));
    events.add(new Event.Looked(task, new Sight.Whole(view)));
  }
}
