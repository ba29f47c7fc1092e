package org.pivotroot.tck.harness.task;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.pivotroot.tck.harness.environment.Guest;
import org.pivotroot.tck.harness.wire.Call;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.harness.wire.Returned;
import org.pivotroot.tck.model.observation.Topology;

/** What a claim is given: a guest to itself, and the first task in it. */
public final class Stage {
  private static final String STAGE = "/stage";

  private final Trial trial;
  private final Placement placement;
  private final boolean userland;
  private Task first;
  private List<Topology.MountEntry> before = List.of();
  private Topology topology;

  /**
   * Prepares nothing yet; the first task does.
   *
   * @param userland whether programs, /proc and /dev are wanted within the root
   */
  public Stage(Guest guest, Placement placement, boolean userland) {
    this.trial = new Trial(guest);
    this.placement = placement;
    this.userland = userland;
  }

  /**
   * A task. The first is put on the stage that the claim asked for; each further one is forked from
   * the first, inheriting what the first has at that moment, with an fs state of its own.
   */
  public Task task(String name) {
    if (first != null) {
      return first.fork(name);
    }
    first = new Task(trial, name, true);
    trial.askLater(
        new Request.Start(name, "", true),
        "# start of " + name,
        Reply.Started.class,
        first::startedAt);
    trial.tasks.put(name, first);
    if (placement == Placement.NAMESPACE) {
      layOut(name);
    }
    trial.surveyLater(name, view -> before = entries(view));
    return first;
  }

  /** A task in a copy of the first task's mount namespace. */
  public Task taskInOtherNamespace(String name) {
    Task task = task(name);
    task.unshare(Flags.CLONE_NEWNS);
    return task;
  }

  private void layOut(String name) {
    List<Call> calls = new ArrayList<>();
    calls.add(Layout.unshare(Flags.CLONE_NEWNS));
    calls.add(Layout.mount("none", "/", "", Flags.MS_REC, Flags.MS_PRIVATE));
    calls.add(Layout.mount("tmpfs", STAGE, "tmpfs"));
    if (userland) {
      Layout.addUserland(calls, STAGE);
      for (String directory : List.of("proc", "dev")) {
        calls.add(Layout.mkdir(STAGE + "/" + directory));
        calls.add(
            Layout.mount(
                "/" + directory, STAGE + "/" + directory, "", Flags.MS_BIND, Flags.MS_REC));
      }
    }
    calls.add(Layout.mkdir(STAGE + "/new"));
    calls.add(Layout.mount("tmpfs", STAGE + "/new", "tmpfs"));
    calls.add(Layout.mkdir(STAGE + "/new/old"));
    calls.add(Layout.chdir(STAGE));
    calls.add(Layout.pivotRoot(".", "."));
    calls.add(Layout.umount(".", Flags.MNT_DETACH));
    calls.add(Layout.chdir("/"));
    String line =
        "# "
            + name
            + " has a mount namespace of its own: tmpfs on /"
            + (userland ? " with the userland," : ",")
            + " tmpfs on /new, directory /new/old";
    trial.askLater(
        new Request.Invoke(name, calls),
        line,
        Reply.Results.class,
        made -> {
          Layout.check(calls, made.results());
          trial.transcript.add(line);
        });
  }

  /** Records a value without judging it. */
  public void fact(String name, Object value) {
    trial.settle();
    trial.facts.put(name, trial.names.of(value));
    trial.transcript.add("# fact " + name + ": " + trial.names.of(value));
  }

  /** To be thrown when this kernel lacks what the claim is about. */
  public NotApplicableException notApplicable(String lacking) {
    trial.settle();
    return new NotApplicableException(lacking);
  }

  /** Something else that the claim says, which no single call shows. */
  public void check(boolean holds, String otherwise) {
    trial.settle();
    if (!holds) {
      throw new ContradictionException(otherwise);
    }
  }

  /** Where the root of another task of the guest, such as kernel thread 2, is. */
  public Outcome<FileId> rootOf(int pid) {
    return procFile(pid, "root");
  }

  /** Where the working directory of another task of the guest is. */
  public Outcome<FileId> cwdOf(int pid) {
    return procFile(pid, "cwd");
  }

  private Outcome<FileId> procFile(int pid, String link) {
    trial.settle();
    Returned returned =
        trial
            .guest
            .ask(new Request.StatProc(pid + "/" + link), Reply.Results.class)
            .results()
            .get(0);
    if (returned.value() == -1) {
      throw new BrokenTrialException("statx of /proc/" + pid + "/" + link);
    }
    FileId id = FileId.of(returned.memory().get(0));
    String line = "# " + link + " of process " + pid + " is " + trial.names.of(id);
    return trial.seen(line, id);
  }

  /**
   * To be called when the claim's body has returned: a failure of the last call that nobody asked
   * about still counts.
   */
  public void finish() {
    trial.settle();
  }

  private List<Topology.MountEntry> entries(View view) {
    return view.tree().mounts().stream().map(trial.names::entry).toList();
  }

  /** Looks at the mount tree a last time, in a guest that is not needed any more. */
  public void complete() {
    lookLast();
    trial.makeWaitingCalls();
  }

  /**
   * Looks at the mount tree a last time and ends all tasks.
   *
   * @return what the guest looks like with nobody in it
   */
  public String leave() {
    lookLast();
    Request clear = new Request.Clear(List.copyOf(trial.descriptors));
    return trial.ask(clear, "# end of all tasks", Reply.Cleared.class).state();
  }

  private void lookLast() {
    if (first != null && trial.tasks.containsKey(first.name())) {
      trial.surveyLater(first.name(), view -> topology = new Topology(before, entries(view)));
    }
  }

  /**
   * The mount tree around the first task, when it was put on the stage and at the end; null if it
   * was not looked at.
   */
  public Topology topology() {
    return topology;
  }

  /** The calls so far. */
  public List<String> transcript() {
    return List.copyOf(trial.transcript);
  }

  /** The facts so far. */
  public SortedMap<String, String> facts() {
    return trial.facts;
  }
}
