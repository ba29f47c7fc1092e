package org.pivotroot.tck.harness.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.pivotroot.tck.harness.environment.Guest;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.harness.wire.Returned;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.event.Sight;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.Names;
import org.pivotroot.tck.model.look.View;

/** One claim being tried in one guest: its events, its facts, and what it has opened. */
final class Trial implements Numbers {
  /** Calls whose failure must leave everything as it was, for every task of the trial. */
  private static final Set<Callee> WATCHED =
      Set.of(
          Syscall.PIVOT_ROOT,
          Syscall.CHROOT,
          Syscall.CHDIR,
          Syscall.FCHDIR,
          Syscall.UMOUNT2,
          Syscall.MOUNT,
          Syscall.OPEN_TREE,
          Syscall.MOVE_MOUNT,
          Syscall.FSMOUNT,
          Syscall.MOUNT_SETATTR,
          Syscall.OPEN_TREE_ATTR,
          Syscall.UNSHARE,
          Syscall.SETNS);

  private final Steps steps;
  private Set<Feature> lacking;
  private MountWitness witness;
  private final Names names = new Names();
  private final List<Event> events = new ArrayList<>();
  private final SortedMap<String, String> facts = new TreeMap<>();
  private final List<Long> descriptors = new ArrayList<>();
  private final List<Long> mappings = new ArrayList<>();

  /** Open descriptors of the agent, by their numbers. */
  private final Set<Long> open = new LinkedHashSet<>();

  /** Tasks that are or were threads of the agent. */
  private final Set<String> threads = new LinkedHashSet<>();

  /** Where the living tasks are; null for one that waits to be started. */
  private final Map<String, Reply.Started> places = new LinkedHashMap<>();

  Trial(Guest guest, Set<Feature> lacking) {
    this.steps = new Steps(guest, events);
    this.lacking = lacking;
    this.witness = new MountWitness(!has(Feature.MOUNT_IDS), !has(Feature.MOUNT_IDS));
  }

  /** From now on everything is tried, whether the target is known to lack it or not. */
  void tryAnything() {
    witness = new MountWitness(false, !has(Feature.MOUNT_IDS));
    lacking = Set.of();
  }

  boolean has(Feature feature) {
    return !lacking.contains(feature);
  }

  Names names() {
    return names;
  }

  List<Event> events() {
    return events;
  }

  SortedMap<String, String> facts() {
    return facts;
  }

  List<Long> open() {
    return List.copyOf(open);
  }

  boolean isAlive(String task) {
    return places.containsKey(task);
  }

  // Numbers for what calls name

  @Override
  public long descriptor(Value.Descriptor descriptor) {
    return descriptors.get(descriptor.descriptor() - 1);
  }

  @Override
  public long mapping(Value.Mapping mapping) {
    return mappings.get(mapping.mapping() - 1);
  }

  /** Asked by one of the agent's threads, which have their descriptors in common. */
  @Override
  public long id(Value.IdOf id) {
    makeWaitingCalls();
    long number = descriptor(id.descriptor());
    String asking =
        threads.stream()
            .filter(places::containsKey)
            .findFirst()
            .filter(thread -> open.contains(number))
            .orElseThrow(
                () -> new BrokenTrialException("no thread has " + id.descriptor() + " open"));
    NativeCall call = IdCall.of(id.what(), number);
    Request ask = new Request.Invoke(asking, List.of(call));
    Reply.Results reply = ask(ask, "the ID of " + id.descriptor(), Reply.Results.class);
    return IdCall.id(id, reply.results().get(0));
  }

  @Override
  public long process(String task) {
    return place(task).pid();
  }

  @Override
  public String directory(String task) {
    return place(task).pid() + "/task/" + place(task).tid();
  }

  private Reply.Started place(String task) {
    if (places.get(task) == null) {
      makeWaitingCalls();
    }
    return places.get(task);
  }

  // What tasks do

  /**
   * Starts a task.
   *
   * @param event null for the first, which nobody starts
   */
  void start(String task, Request request, Event event) {
    places.put(task, null);
    if (request instanceof Request.Start) {
      threads.add(task);
    }
    steps.quietly(
        request,
        event == null ? new Event.Noted("start of " + task) : event,
        Reply.Started.class,
        started -> {
          places.replace(task, started); // unless it was ended before this was answered
          if (event != null) {
            events.add(event);
          }
        });
  }

  /** Ends a task. */
  void end(String task) {
    Event event = new Event.Ended(task);
    steps.quietly(new Request.End(task), event, Reply.Done.class, done -> events.add(event));
    places.remove(task);
  }

  /**
   * Makes a call.
   *
   * @param thread whether the task is one of the agent's threads, whose descriptors are the agent's
   * @param value what the claim is given of the result
   */
  <T> Step<T> call(String task, boolean thread, Call call, Function<Result, T> value) {
    Feature.lackingFor(call, lacking).ifPresent(this::lacks);
    if (witness.wantsToLookBefore(call)) {
      steps.quietly(
          new Request.Survey(List.copyOf(places.keySet())),
          new Event.Noted("look at all tasks"),
          Reply.Surveys.class,
          reply -> reply.tasks().forEach(one -> witness.of(one.task(), Answer.view(one))));
    }
    Lowering.Lowered lowered = Lowering.of(call, this);
    Event unfinished = new Event.Called(task, call, new Result.Unanswered());
    if (!WATCHED.contains(call.callee())) {
      return steps.askLater(
          new Request.Invoke(task, lowered.calls()),
          unfinished,
          Reply.Results.class,
          (step, reply) ->
              made(step, task, thread, call, lowered.result(reply.results()), "", value));
    }
    NativeCall only = lowered.calls().get(0);
    return steps.askLater(
        new Request.Watch(task, only, List.copyOf(places.keySet())),
        unfinished,
        Reply.Watched.class,
        (step, reply) ->
            made(
                step,
                task,
                thread,
                call,
                reply.returned(),
                Changes.between(reply.before(), reply.after()),
                value));
  }

  private void lacks(Feature feature) {
    settle();
    throw new NotApplicableException(feature.word());
  }

  private <T> void made(
      Step<T> step,
      String task,
      boolean thread,
      Call call,
      Returned returned,
      String trace,
      Function<Result, T> value) {
    Answer answer = new Answer(call, returned);
    Result result = answer.result(number -> opened(thread, number), this::map);
    if (result instanceof Result.Identified seen) {
      result = new Result.Identified(witness.of(task, call, seen.file()));
    }
    steps.record(step, new Event.Called(task, call, result.named(names)));
    if (result instanceof Result.Failed failed) {
      step.failed(failed, trace);
      if (!trace.isEmpty()) {
        facts.merge("changed by failed calls", trace, (one, other) -> one + ", " + other);
      }
    } else {
      step.succeeded(value.apply(result));
    }
    if (thread && call.callee() == Syscall.CLOSE) {
      open.remove(descriptor((Value.Descriptor) call.arguments().get(0)));
    }
  }

  private int opened(boolean thread, long number) {
    if (thread) {
      open.add(number);
    }
    descriptors.add(number);
    return descriptors.size();
  }

  private int map(long address) {
    mappings.add(address);
    return mappings.size();
  }

  /** Makes calls that are no part of what is claimed, all or nothing. */
  void prepare(String task, List<Call> calls, Event event) {
    List<NativeCall> lowered =
        calls.stream().map(call -> Lowering.of(call, this).calls().get(0)).toList();
    steps.quietly(
        new Request.Invoke(task, lowered),
        event,
        Reply.Results.class,
        reply -> {
          Layout.check(calls, reply.results());
          events.add(event);
        });
  }

  /** Runs a program. */
  Step<Ran> run(Request.Run request, Event.Ran unfinished, Function<Reply.Ended, Ran> ran) {
    witness.noteProgram();
    return steps.<Ran, Reply.Ended>askLater(
        request,
        unfinished,
        Reply.Ended.class,
        (step, ended) -> {
          Ran result = ran.apply(ended);
          step.succeeded(result);
          steps.record(
              step,
              new Event.Ran(
                  unfinished.task(),
                  unfinished.command(),
                  unfinished.input(),
                  result.status(),
                  result.output(),
                  result.error()));
        });
  }

  // Looks

  /** Looks at a task from outside. */
  <T> Step<T> look(String task, Function<View, T> part, Function<View, Sight> sight) {
    return steps.<T, Reply.Surveys>askLater(
        new Request.Survey(List.of(task)),
        new Event.Noted("look at " + task),
        Reply.Surveys.class,
        (step, surveys) -> {
          View view = seen(surveys.tasks().get(0));
          steps.record(step, new Event.Looked(task, sight.apply(view).named(names)));
          step.succeeded(part.apply(view));
        });
  }

  /** Looks at a task without that being an event. */
  void lookSilently(String task, Consumer<View> then) {
    steps.quietly(
        new Request.Survey(List.of(task)),
        new Event.Noted("look at " + task),
        Reply.Surveys.class,
        surveys -> then.accept(seen(surveys.tasks().get(0))));
  }

  /** Looks at all living tasks, in the order in which they began, without that being an event. */
  void lookAtAll(Consumer<Map<String, View>> then) {
    steps.quietly(
        new Request.Survey(List.copyOf(places.keySet())),
        new Event.Noted("look at all tasks"),
        Reply.Surveys.class,
        surveys -> {
          Map<String, View> views = new LinkedHashMap<>();
          surveys.tasks().forEach(survey -> views.put(survey.task(), seen(survey)));
          then.accept(views);
        });
  }

  /** Where statmount(2) and mountinfo do not agree, that is a fact. */
  private View seen(Reply.TaskSurvey survey) {
    if (!survey.otherwise().isEmpty()) {
      facts.put("statmount(2)", "tells another mount table than mountinfo");
      events.add(
          new Event.Noted("statmount(2) tells of " + survey.task() + ":\n" + survey.otherwise()));
    }
    return witness.of(survey.task(), Answer.view(survey));
  }

  /**
   * Looks where a link below the guest's first /proc leads.
   *
   * @param pid a process that is none of the trial's
   */
  Step<FileId> lookAtProcess(int pid, String link, Function<FileId, Sight> sight) {
    settle();
    Request request = new Request.StatProc(pid + "/" + link);
    String what = link + " of process " + pid;
    return steps.<FileId, Reply.Results>askLater(
        request,
        new Event.Noted("look at " + what),
        Reply.Results.class,
        (step, reply) -> {
          Returned statx = reply.results().get(0);
          if (statx.value() == -1) {
            throw new BrokenTrialException("there is no " + what + " to be seen");
          }
          FileId file = Answer.file(statx.memory().get(0));
          steps.record(step, new Event.Looked("process " + pid, sight.apply(file).named(names)));
          step.succeeded(file);
        });
  }

  // Asking

  /** Asks the guest for something, after all that waits, and waits for the answer. */
  <R extends Reply> R ask(Request request, String what, Class<R> type) {
    return steps.ask(request, what, type);
  }

  /** Has everything done that waits. */
  void makeWaitingCalls() {
    steps.makeWaiting();
  }

  /** Before anything new is done or concluded: a failure that nobody asked about ends the trial. */
  void settle() {
    steps.settle();
  }

  String line(Step<?> step) {
    return steps.line(step);
  }

  BrokenTrialException broken(Step<?> failure) {
    return steps.broken(failure);
  }
}
