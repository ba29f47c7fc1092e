package org.pivotroot.tck.harness.task;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.event.Sight;
import org.pivotroot.tck.model.look.Drawing;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.View;

/**
 * A task of the guest: a thread or process with its own root, working directory, credentials and
 * namespaces. What it can call is in the interfaces that this class implements, by topic; each
 * method is one call made by it, named as the manual page names it, unless its documentation says
 * otherwise. A failure of a call that is about roots and mounts is checked to have changed nothing
 * for any task of the claim.
 *
 * <p>Calls are made in the order in which a claim asks for them, though not before it asks what
 * came of one: until then they wait, and then travel to the guest together.
 */
public final class Task
    implements RootCalls,
        MountCalls,
        NamespaceCalls,
        CredentialCalls,
        FileCalls,
        EventCalls,
        LibraryCalls {
  private static final List<String> ENVIRONMENT =
      List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C");

  private final Trial trial;
  private final String name;

  /** Whether descriptors that it opens are the agent's. */
  private final boolean thread;

  Task(Trial trial, String name, boolean thread) {
    this.trial = trial;
    this.name = name;
    this.thread = thread;
  }

  /** The task's name in the claim and in the transcript. */
  public String name() {
    return name;
  }

  @Override
  public <T> Outcome<T> call(Function<Result, T> value, Callee callee, Value... arguments) {
    return outcome(trial.call(name, thread, Call.of(callee, arguments), value));
  }

  private <T> Outcome<T> outcome(Step<T> step) {
    return new Outcome<>(trial, step);
  }

  // Other tasks

  /** Starts a thread that inherits this task's state and has an fs state of its own. */
  public Task fork(String newName) {
    return start(newName, Event.How.THREAD);
  }

  /** Starts a thread that shares root and working directory with this task (CLONE_FS). */
  public Task forkSharingFs(String newName) {
    return start(newName, Event.How.THREAD_SHARING_FS);
  }

  private Task start(String newName, Event.How how) {
    trial.start(
        newName,
        new Request.Start(newName, name, how == Event.How.THREAD),
        new Event.Started(name, newName, how, List.of()));
    return new Task(trial, newName, true);
  }

  /**
   * Starts a child process that is a task. It needs the userland in its root. It makes system calls
   * only: it runs no program, calls no other function of the C library and starts no task.
   *
   * @param command a program and arguments that run the command line put behind them, such as
   *     {@code unshare --user}
   */
  public Task process(String newName, String... command) {
    List<String> words = List.of(command);
    trial.start(
        newName,
        new Request.Launch(newName, name, words),
        new Event.Started(name, newName, Event.How.PROCESS, words));
    return new Task(trial, newName, false);
  }

  /**
   * Starts a child process in a user namespace of its own, as user 0 there, and in a copy of the
   * mount namespace that belongs to it and so is less privileged (mount_namespaces(7)).
   *
   * @param options of unshare(1), which otherwise makes all mounts of the copy private
   */
  public Task lessPrivileged(String newName, String... options) {
    List<String> command =
        new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--mount"));
    command.addAll(List.of(options));
    return process(newName, command.toArray(String[]::new));
  }

  /**
   * Starts a child process in a user namespace of its own, and opens the file of that.
   *
   * @param map for users and groups alike, as in uid_map (user_namespaces(7))
   */
  public Descriptor userNamespace(String newName, String map) {
    Task child = process(newName);
    child.unshare(CloneFlag.CLONE_NEWUSER).value();
    for (String file : List.of("uid_map", "gid_map")) {
      Descriptor written = openOf(child, file, OpenFlag.O_WRONLY).value();
      write(written, map).value();
      close(written);
    }
    return openOf(child, "ns/user", OpenFlag.O_RDONLY).value();
  }

  /** Ends the task, as exit(2) of its thread or process does. */
  public void exit() {
    trial.end(name);
  }

  /**
   * mkdir(2) and chdir(2) into the directory just made, so many times: how a path longer than
   * PATH_MAX comes about. A failure breaks the trial.
   */
  public void enterNewDirectories(String directory, int levels) {
    List<Call> calls = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      calls.add(Layout.mkdir(directory));
      calls.add(Layout.chdir(directory));
    }
    trial.prepare(name, calls, new Event.Deepened(name, directory, levels));
  }

  /** mkdir(2) and mount(2) of a new tmpfs on it, for each of these mount points in turn. */
  public void newTmpfs(String... points) {
    for (String point : points) {
      mkdir(point);
      mountTmpfs(point);
    }
  }

  /**
   * A new tmpfs on a new directory, of a propagation type as {@link MountAt#isType} names it. One
   * that is shared or a slave has a peer, or a master, on another new directory: its name is the
   * same with {@code -peer} at the end.
   */
  public void newTmpfsOfType(String type, String point) {
    newTmpfs(point);
    if (type.equals("private") || type.equals("unbindable")) {
      propagation(point, type.equals("private") ? MountFlag.MS_PRIVATE : MountFlag.MS_UNBINDABLE);
      return;
    }
    propagation(point, MountFlag.MS_SHARED);
    mkdir(point + "-peer");
    bind(point, point + "-peer");
    if (type.startsWith("slave")) {
      propagation(point, MountFlag.MS_SLAVE);
    }
    if (type.equals("slave+shared")) {
      propagation(point, MountFlag.MS_SHARED);
    }
  }

  /** open(2) of the file that stands for its mount namespace; the task must see a proc. */
  public Outcome<Descriptor> mountNamespace() {
    return open("/proc/thread-self/ns/mnt", OpenFlag.O_RDONLY);
  }

  /**
   * The file system of a directory that is watched has ended, and the watch with it: {@code
   * IN_UNMOUNT}, or where the target has no word for that, that the directory is gone.
   */
  public void seesEndOfFileSystem(Descriptor inotify) {
    inotifyEvents(inotify)
        .is(
            trial.has(Feature.UNMOUNT_EVENTS)
                ? "IN_UNMOUNT IN_IGNORED"
                : "IN_DELETE_SELF IN_IGNORED");
  }

  // Programs

  /** Runs a program with the task's root, working directory, credentials and namespaces. */
  public Outcome<Ran> run(String... command) {
    return runWithInput("", command);
  }

  /** Runs a program that reads the input, at most some kilobytes. */
  public Outcome<Ran> runWithInput(String input, String... command) {
    List<String> words = List.of(command);
    return outcome(
        trial.run(
            new Request.Run(name, words, ENVIRONMENT, input.getBytes(StandardCharsets.UTF_8)),
            new Event.Ran(name, words, input, null, null, null),
            ended ->
                new Ran(
                    ended.status(),
                    new String(ended.output(), StandardCharsets.UTF_8).stripTrailing(),
                    new String(ended.error(), StandardCharsets.UTF_8).stripTrailing())));
  }

  // Seen from outside, by /proc

  /** Where /proc/TID/root leads; nothing the task itself does. */
  public Outcome<FileId> root() {
    return outcome(trial.look(name, View::root, view -> new Sight.Root(view.root())));
  }

  /** Where /proc/TID/cwd leads; nothing the task itself does. */
  public Outcome<FileId> cwd() {
    return outcome(trial.look(name, View::cwd, view -> new Sight.Cwd(view.cwd())));
  }

  /** /proc/TID/mountinfo: the mounts within the task's root. */
  public Outcome<MountTable> mounts() {
    return outcome(trial.look(name, View::mounts, view -> new Sight.Mounts(view.mounts())));
  }

  /** The mount table of the task's namespace as seen from the namespace's own root. */
  public Outcome<MountTable> tree() {
    return outcome(trial.look(name, View::tree, view -> new Sight.Tree(view.tree())));
  }

  /** That tree as {@link Drawing} draws it. */
  public Outcome<String> drawing() {
    return outcome(
        trial.look(name, view -> Drawing.of(view.tree()), view -> new Sight.Tree(view.tree())));
  }

  /** The mount that the task sees at a mount point, to be asked what the claim says of it. */
  public MountAt mountAt(String point) {
    return new MountAt(this, () -> point, mounts(), table -> table.at(point));
  }

  /** The mount at a mount point that is named from the root of the task's namespace. */
  public MountAt mountInTreeAt(String point) {
    return new MountAt(this, () -> point + " in the namespace", tree(), table -> table.at(point));
  }

  /**
   * The mount that a file is in, wherever in the task's namespace that is mounted, but for what a
   * mount over the namespace's root hides.
   */
  public MountAt mountOf(FileId file) {
    return new MountAt(
        this,
        () -> "mount of " + trial.names().of(file),
        tree(),
        table -> table.withId(Identity.known(file.mount())));
  }

  /** All of that at once; two views are equal if nothing about the task differs. */
  public Outcome<View> view() {
    return outcome(trial.look(name, view -> view, Sight.Whole::new));
  }
}
