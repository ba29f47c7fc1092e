package org.pivotroot.tck.harness.agent;

import java.util.ArrayList;
import java.util.List;
import org.pivotroot.tck.harness.wire.Digest;
import org.pivotroot.tck.harness.wire.NativeArgument;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.PlayedCall;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request.Play;
import org.pivotroot.tck.harness.wire.Returned;

/**
 * Plays scenarios. Runs on a thread with its own fs state, which looks at the tasks after each
 * step. The first task of all scenarios is one thread, which leaves the namespace of each at its
 * end; the others live as long as a scenario at most.
 */
final class Player {
  private static final int OPENAT = 257;
  private static final Returned DONE = new Returned(0, 0, List.of());

  private final Proc proc;
  private final Understudies understudies;
  private final Onlooker onlooker;
  private final ThreadTask lead;
  private final long leadDirectory;
  private Nursery nursery;

  Player(Proc proc) {
    this.proc = proc;
    long home = proc.open("thread-self/ns/mnt");
    understudies = new Understudies(proc, home);
    TaskPlace self = new TaskPlace(Libc.getpid(), Libc.gettid());
    onlooker = new Onlooker(proc.open(self.directory()), home);
    // Where the guest has its programs now, which is not where the calling thread began.
    understudies.goHome();
    lead = new ThreadTask("lead", proc, true);
    lead.call(understudies::goHome);
    leadDirectory = proc.open(lead.place().directory());
  }

  /** Started when it is first needed, by the thread that looks. */
  private Nursery nursery() {
    if (nursery == null) {
      nursery = new Nursery(proc);
    }
    return nursery;
  }

  /** The process that it keeps from one scenario to the next; 0 if none. */
  long keeps() {
    return nursery == null ? 0 : nursery.pid();
  }

  /** Plays them all. */
  Reply play(Play play) {
    List<Prepared> stage = new ArrayList<>();
    List<Prepared> calls = new ArrayList<>();
    try {
      play.stage().forEach(call -> stage.add(new Prepared(call)));
      play.calls().forEach(call -> calls.add(new Prepared(call.call())));
      List<Long> digests = new ArrayList<>();
      List<Reply.Performance> performances = new ArrayList<>();
      for (byte[] steps : play.scenarios()) {
        Scene scene = new Scene(stage, calls, play.calls(), play.whole());
        scene.play(steps);
        if (play.whole()) {
          performances.add(new Reply.Performance(scene.moments));
        } else {
          digests.add(scene.digest.sum());
        }
      }
      return new Reply.Played(digests, performances);
    } finally {
      stage.forEach(Prepared::close);
      calls.forEach(Prepared::close);
    }
  }

  /**
   * A descriptor that a call has opened.
   *
   * @param process the process whose it is; null for the agent's own, which threads share
   * @param number {@link Prepared#NO_DESCRIPTOR} once it is closed
   */
  private record Opened(TaskHandle process, long number) {
    private boolean isOf(TaskHandle task) {
      return process == processOf(task);
    }

    private static TaskHandle processOf(TaskHandle task) {
      return task instanceof ThreadTask ? null : task;
    }
  }

  /** One scenario while it is played. */
  private final class Scene {
    final Digest digest = new Digest();
    final List<Reply.Moment> moments = new ArrayList<>();
    private final List<Prepared> stage;
    private final List<Prepared> calls;
    private final List<PlayedCall> kinds;
    private final boolean whole;
    private final TaskHandle[] tasks = new TaskHandle[Play.TASKS];
    private final long[] directories = new long[Play.TASKS];

    /** All descriptors that were opened, in this order, also those that are closed again. */
    private final List<Opened> opened = new ArrayList<>();

    Scene(List<Prepared> stage, List<Prepared> calls, List<PlayedCall> kinds, boolean whole) {
      this.stage = stage;
      this.calls = calls;
      this.kinds = kinds;
      this.whole = whole;
    }

    void play(byte[] steps) {
      tasks[0] = lead;
      directories[0] = leadDirectory;
      try {
        lead.call(this::setStage);
        for (int i = 0; i + Play.STEP <= steps.length; i += Play.STEP) {
          step(steps[i], steps[i + 1], (steps[i + 2] & 0xff) << 8 | (steps[i + 3] & 0xff));
        }
      } finally {
        clear();
      }
    }

    private Void setStage() {
      for (int i = 0; i < stage.size(); i++) {
        Returned returned = stage.get(i).make(List.of());
        if (returned.value() == -1) {
          throw new AgentTrouble("setting the stage: errno " + returned.errno() + " at call " + i);
        }
      }
      return null;
    }

    private TaskHandle task(int number) {
      if (number < 0 || number >= tasks.length || tasks[number] == null) {
        throw new AgentTrouble("no task " + number + " in the scenario");
      }
      return tasks[number];
    }

    /** A thread that another one starts. */
    private ThreadTask thread(TaskHandle task, int number, boolean ownFs) {
      if (task instanceof ThreadTask thread) {
        return thread.call(() -> new ThreadTask("task " + number, proc, ownFs));
      }
      throw new AgentTrouble("a process starts no tasks in a scenario");
    }

    private void started(int number, TaskHandle task) {
      tasks[number] = task;
      directories[number] = proc.open(task.place().directory());
    }

    private void step(int act, int number, int other) {
      TaskHandle task = task(number);
      Returned returned = DONE;
      switch (act) {
        case Play.CALL -> returned = call(task, other);
        case Play.START ->
            started(
                other, task == lead ? understudies.of(lead.place()) : thread(task, other, true));
        case Play.START_SHARING -> started(other, thread(task, other, false));
        case Play.START_LESS_PRIVILEGED ->
            started(other, LessPrivileged.from(task.place(), nursery()));
        case Play.END -> end(number);
        case Play.OPEN_NAMESPACE -> {
          String path = "/proc/" + task(other).place().directory() + "/ns/mnt";
          try (Prepared open = openNamespace(path)) {
            returned = came(PlayedCall.DESCRIPTOR, task, make(open, task));
          }
        }
        default -> throw new AgentTrouble("no act " + act + " in a scenario");
      }
      List<Reply.TaskSurvey> seen = onlooker.look(living());
      if (whole) {
        moments.add(new Reply.Moment(returned, seen));
      } else {
        digest.look(onlooker.seen(seen));
      }
    }

    private List<Onlooker.Watched> living() {
      List<Onlooker.Watched> living = new ArrayList<>();
      for (int i = 0; i < tasks.length; i++) {
        if (tasks[i] != null) {
          living.add(new Onlooker.Watched(String.valueOf(i), directories[i]));
        }
      }
      return living;
    }

    private Returned call(TaskHandle task, int index) {
      Prepared call = calls.get(index);
      if (call.changesCredentials()) {
        understudies.spent(task);
      }
      Returned returned = make(call, task);
      if (kinds.get(index).gives() == PlayedCall.CLOSED && returned.value() != -1) {
        long closed = call.descriptor(numbers(task));
        opened.replaceAll(
            one ->
                one.isOf(task) && one.number() == closed
                    ? new Opened(one.process(), Prepared.NO_DESCRIPTOR)
                    : one);
      }
      return came(kinds.get(index).gives(), task, returned);
    }

    private Returned make(Prepared call, TaskHandle task) {
      return task instanceof ThreadTask thread
          ? thread.call(() -> call.make(numbers(task)))
          : call.makeBy(task, numbers(task));
    }

    /**
     * What a task knows the descriptors by: those of other processes, and closed ones, by a number
     * that is none, as by their own it might reach descriptors that its process works with.
     */
    private List<Long> numbers(TaskHandle task) {
      return opened.stream()
          .map(one -> one.isOf(task) ? one.number() : Prepared.NO_DESCRIPTOR)
          .toList();
    }

    private static Prepared openNamespace(String path) {
      return new Prepared(
          NativeCall.syscall(
              List.of(
                  new NativeArgument.Word(OPENAT),
                  new NativeArgument.Word(Libc.AT_FDCWD),
                  new NativeArgument.Text(path),
                  new NativeArgument.Word(Libc.O_CLOEXEC),
                  new NativeArgument.Word(0))));
    }

    /** A call came to this. */
    private Returned came(int gives, TaskHandle task, Returned returned) {
      if (returned.value() == -1) {
        digest.failure(returned.errno());
        return returned;
      }
      switch (gives) {
        case PlayedCall.DESCRIPTOR -> {
          opened.add(new Opened(Opened.processOf(task), returned.value()));
          digest.value(0);
        }
        case PlayedCall.TEXT -> digest.text(returned.memory().get(0));
        case PlayedCall.PLACE -> digest.place(Onlooker.place(returned.memory().get(0)));
        default -> digest.value(returned.value());
      }
      return returned;
    }

    private void end(int number) {
      Libc.checked("close", Libc.close((int) directories[number]));
      understudies.end(task(number));
      tasks[number] = null;
    }

    /** The others end; the first task, alone now, goes back to where it came from. */
    private void clear() {
      for (int i = tasks.length - 1; i > 0; i--) {
        if (tasks[i] != null) {
          end(i);
        }
      }
      for (Opened one : opened) {
        if (one.process() == null && one.number() != Prepared.NO_DESCRIPTOR) {
          Libc.checked("close", Libc.close((int) one.number()));
        }
      }
      lead.call(understudies::goHome);
    }
  }
}
