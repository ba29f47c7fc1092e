package org.pivotroot.tck.harness.task;

import static org.pivotroot.tck.model.call.Value.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pivotroot.tck.harness.environment.Guest;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.event.Sight;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.Standing;
import org.pivotroot.tck.model.look.View;
import org.pivotroot.tck.model.observation.Decision;

/** What a claim is given: a guest to itself, and the first task in it. */
public final class Stage {
  private static final String STAGE = "/stage";

  private final Trial trial;
  private final Placement placement;
  private final boolean userland;
  private Task first;
  private MountTable before;
  private MountTable after;
  private List<Standing> end = List.of();

  /**
   * Prepares nothing yet; the first task does.
   *
   * @param userland whether programs, /proc and /dev are wanted within the root
   * @param lacking what the target lacks or does not show
   */
  public Stage(Guest guest, Placement placement, boolean userland, Set<Feature> lacking) {
    this.trial = new Trial(guest, lacking);
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
    trial.start(name, new Request.Start(name, "", true), null);
    if (placement == Placement.NAMESPACE) {
      layOut(name);
    }
    trial.lookSilently(name, view -> before = trial.names().of(view.tree()));
    return first;
  }

  /** A task with a new tmpfs on /new and a directory /new/old, which not every stage has. */
  public Task taskWithNewRoot(String name) {
    Task task = task(name);
    task.newTmpfs("/new");
    task.mkdir("/new/old");
    return task;
  }

  /**
   * A task above a deeper tree: a tmpfs on /mid, another on /mid/next, and a directory
   * /mid/next/old.
   */
  public Task taskOnDeepTree(String name) {
    Task task = task(name);
    task.newTmpfs("/mid", "/mid/next");
    task.mkdir("/mid/next/old");
    return task;
  }

  /** A task in a copy of the first task's mount namespace. */
  public Task taskInOtherNamespace(String name) {
    Task task = task(name);
    task.unshare(CloneFlag.CLONE_NEWNS);
    return task;
  }

  private void layOut(String name) {
    List<Call> calls = new ArrayList<>(Layout.begin(STAGE));
    if (userland) {
      Layout.addUserland(calls, STAGE);
      calls.addAll(Layout.addSystem(STAGE, List.of("proc", "dev")));
    }
    calls.addAll(Layout.end(STAGE));
    String note =
        name
            + " has a mount namespace of its own: tmpfs on /"
            + (userland ? " with the userland," : ",")
            + " tmpfs on /new, directory /new/old";
    trial.prepare(name, calls, new Event.Noted(note));
  }

  /** Records a value without judging it. */
  public void fact(String name, Object value) {
    trial.settle();
    String shown = String.valueOf(trial.names().of(value));
    trial.facts().put(name, shown);
    trial.events().add(new Event.Noted("fact " + name + ": " + shown));
  }

  /** From now on everything is tried, whether the target is known to lack it or not. */
  void tryAnything() {
    trial.tryAnything();
  }

  /** Whether the target has something that only a part of the claim is about. */
  public boolean has(Feature feature) {
    return trial.has(feature);
  }

  /** The target must have something, or the claim is not applicable: for rows of a table. */
  public void needs(Feature feature) {
    given(trial.has(feature), feature.word());
  }

  /**
   * What the claim presupposes: where it is not the case, the claim says nothing.
   *
   * @param premise in words
   */
  public void given(boolean holds, String premise) {
    trial.settle();
    if (!holds) {
      throw new NotApplicableException(premise);
    }
  }

  /**
   * Whether two names lead to one place: one file, through one mount.
   *
   * @throws NotApplicableException if the target does not show it
   */
  public boolean areOnePlace(FileId one, FileId other) {
    trial.settle();
    return Identity.same(one, other);
  }

  /**
   * Whether two files are in one mount.
   *
   * @throws NotApplicableException if the target does not show it
   */
  public boolean areInOneMount(FileId one, FileId other) {
    trial.settle();
    return Identity.sameMount(one, other);
  }

  /**
   * Whether two tasks look the same, or one at two moments.
   *
   * @throws NotApplicableException if the target does not show it
   */
  public boolean areAlike(View one, View other) {
    trial.settle();
    return Identity.same(one, other);
  }

  /**
   * The ID of the mount that a file is in.
   *
   * @throws NotApplicableException if the target did not show it
   */
  public long mountOf(FileId file) {
    trial.settle();
    return Identity.known(file.mount());
  }

  /** To be thrown when this kernel lacks what the claim is about. */
  public NotApplicableException notApplicable(String lacking) {
    trial.settle();
    return new NotApplicableException(lacking);
  }

  /** Something else that the claim says, which no single call shows. */
  public void check(boolean holds, String otherwise) {
    check(holds, () -> otherwise);
  }

  /**
   * Something else that the claim says, which no single call shows.
   *
   * @param otherwise says what is the case instead; asked only then
   */
  public void check(boolean holds, Supplier<String> otherwise) {
    trial.settle();
    if (!holds) {
      String text = otherwise.get();
      throw new ContradictionException(Decision.of(text), text);
    }
  }

  /** Where the root of another task of the guest, such as kernel thread 2, is. */
  public Outcome<FileId> rootOf(int pid) {
    return process(pid, "root", Sight.Root::new);
  }

  /** Where the working directory of another task of the guest is. */
  public Outcome<FileId> cwdOf(int pid) {
    return process(pid, "cwd", Sight.Cwd::new);
  }

  private Outcome<FileId> process(int pid, String link, Function<FileId, Sight> sight) {
    return new Outcome<>(trial, trial.lookAtProcess(pid, link, sight));
  }

  /**
   * To be called when the claim's body has returned: a failure of the last call that nobody asked
   * about still counts.
   */
  public void finish() {
    trial.settle();
  }

  /** Looks at all tasks a last time, in a guest that is not needed any more. */
  public void complete() {
    lookLast();
    trial.makeWaitingCalls();
  }

  /**
   * Looks at all tasks a last time and ends them.
   *
   * @return what the guest looks like with nobody in it
   */
  public String leave() {
    lookLast();
    Request clear = new Request.Clear(trial.open());
    return trial.ask(clear, "end of all tasks", Reply.Cleared.class).state();
  }

  private void lookLast() {
    if (first != null) {
      trial.lookAtAll(this::keep);
    }
  }

  private void keep(Map<String, View> views) {
    if (views.containsKey(first.name())) {
      after = trial.names().of(views.get(first.name()).tree());
    }
    Set<Long> shown = new HashSet<>();
    List<Standing> all = new ArrayList<>();
    views.forEach(
        (task, seen) -> {
          View view = trial.names().of(seen);
          boolean isNew = shown.add(view.namespace()) && !task.equals(first.name());
          all.add(
              new Standing(
                  task, view.root(), view.cwd(), view.namespace(), isNew ? view.tree() : null));
        });
    end = all;
  }

  /** The mounts around the first task when it was put on the stage; null if there was none. */
  public MountTable before() {
    return before;
  }

  /** The mounts around the first task at the end; null if it had ended or none was. */
  public MountTable after() {
    return after;
  }

  /** Where each living task stood at the end, in the order in which they began. */
  public List<Standing> end() {
    return end;
  }

  /** The events so far. */
  public List<Event> events() {
    return List.copyOf(trial.events());
  }

  /** The facts so far. */
  public SortedMap<String, String> facts() {
    return trial.facts();
  }
}
