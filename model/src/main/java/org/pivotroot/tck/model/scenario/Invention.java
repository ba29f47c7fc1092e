package org.pivotroot.tck.model.scenario;

import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.number;
import static org.pivotroot.tck.model.call.Value.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.pivotroot.tck.model.call.AtFlag;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.MountAttribute;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.MoveMountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.OpenTreeFlag;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.specification.Look;
import org.pivotroot.tck.model.specification.Specification;
import org.pivotroot.tck.model.specification.State;

/** Makes up one act: which task does what, mostly with paths that lead somewhere. */
final class Invention {
  private static final List<String> TASKS = List.of(Opening.TASK, "P", "Q", "R");

  private static final int MOST_TASKS = 3;

  private static final List<String> PATHS =
      List.of(
          "/",
          ".",
          "..",
          "/..",
          "/a",
          "/b",
          "/a/b",
          "/new",
          "/new/old",
          "/new/b",
          "/new/old/a",
          "a",
          "b",
          "old",
          "/a/..",
          "/new/..",
          "/l",
          "/a/",
          "../a",
          "/../b",
          "/old",
          "/old/a",
          "/new/old/b",
          "/a/b/old",
          "/c",
          "/b/c",
          "/f",
          "/new/f",
          "f",
          "/l/b",
          "/f/",
          "/proc");

  private enum Verb {
    TMPFS(12, 16),
    PIVOT_ROOT(16, 2),
    TYPE(12, 16),
    TYPE_ALL(4, 8),
    BIND(10, 12),
    CHDIR(9, 2),
    UMOUNT(7, 14),
    BIND_ALL(5, 10),
    MOVE(5, 6),
    DETACH(5, 10),
    MKDIR(4, 2),
    MOVE_MOUNT(4, 3),
    FCHDIR(4, 1),
    CHROOT(3, 1),
    OPEN(3, 1),
    OPEN_TREE(4, 2),
    UNSHARE(3, 5),
    RMDIR(2, 1),
    RENAME(2, 1),
    START(2, 2),
    SETNS(3, 2),
    START_SHARING(1, 1),
    START_PROCESS(2, 2),
    END(1, 1),
    CLOSE(1, 1),
    GETCWD(2, 1),
    STAT(1, 1),
    SYMLINK(1, 0),
    MKNOD(1, 1),
    UNLINK(1, 1),
    SETATTR(2, 3),
    REMOUNT(2, 1),
    OPEN_NAMESPACE(2, 1),
    EXPIRE(1, 1),
    SET_GROUP(1, 2),
    BENEATH(2, 3),
    UNSHARE_FS(1, 0),
    EMPTY_NAMESPACE(1, 0),
    ODD(6, 3),
    CREDENTIALS(1, 1);

    private final int often;
    private final int oftenAmongMounts;

    Verb(int often, int oftenAmongMounts) {
      this.often = often;
      this.oftenAmongMounts = oftenAmongMounts;
    }

    int weight(boolean mounts) {
      return mounts ? oftenAmongMounts : often;
    }
  }

  private final SplittableRandom random;
  private final boolean mounts;
  private final int total;

  /**
   * One that decides by these numbers.
   *
   * @param mounts whether it is rather about mounts than about roots
   */
  Invention(SplittableRandom random, boolean mounts) {
    this.random = random;
    this.mounts = mounts;
    int sum = 0;
    for (Verb verb : Verb.values()) {
      sum += verb.weight(mounts);
    }
    total = sum;
  }

  /** An act that could be next; empty if what was thought of cannot be. */
  Optional<Event> act(State state) {
    List<String> tasks = state.taskNames();
    String task = tasks.get(random.nextInt(tasks.size()));
    Look look = Specification.look(state, task);
    Verb verb = verb();
    return switch (verb) {
      case START, START_SHARING, START_PROCESS -> start(tasks, task, look, verb);
      case CREDENTIALS -> credentials(task, look);
      case ODD -> Optional.of(Calls.by(task, new Oddity(random).call(path(look), point(look))));
      case END -> task.equals(Opening.TASK) ? Optional.empty() : Optional.of(new Event.Ended(task));
      default -> call(verb, state, task, look).map(call -> Calls.by(task, call));
    };
  }

  private Optional<Event> start(List<String> tasks, String task, Look look, Verb verb) {
    if (!look.isPrivileged() && (verb == Verb.START_PROCESS || !look.isThread())) {
      return Optional.empty();
    }
    return TASKS.stream()
        .filter(name -> !tasks.contains(name))
        .findFirst()
        .filter(name -> tasks.size() < MOST_TASKS)
        .map(
            name ->
                switch (verb) {
                  case START -> Calls.thread(task, name);
                  case START_SHARING -> Calls.sharing(task, name);
                  default -> Calls.lessPrivileged(task, name);
                });
  }

  /** The first task gives nothing away: all scenarios have the same thread for it. */
  private Optional<Event> credentials(String task, Look look) {
    if (task.equals(Opening.TASK) || !look.isPrivileged()) {
      return Optional.empty();
    }
    List<Call> calls =
        List.of(
            Calls.without(Capability.CAP_SYS_ADMIN),
            Calls.without(Capability.CAP_SYS_CHROOT),
            Calls.setresuid(1000));
    return Optional.of(Calls.by(task, pick(calls)));
  }

  private Verb verb() {
    int drawn = random.nextInt(total);
    for (Verb verb : Verb.values()) {
      drawn -= verb.weight(mounts);
      if (drawn < 0) {
        return verb;
      }
    }
    throw new IllegalStateException("weights that sum up to less than their sum");
  }

  private Optional<Call> call(Verb verb, State state, String task, Look look) {
    return switch (verb) {
      case TMPFS -> Optional.of(Calls.tmpfs(path(look), options()));
      case PIVOT_ROOT -> Optional.of(pivot(look));
      case TYPE -> Optional.of(Calls.type(point(look), type()));
      case TYPE_ALL -> Optional.of(Calls.type(point(look), type(), MountFlag.MS_REC));
      case BIND -> Optional.of(Calls.bind(path(look), path(look)));
      case BIND_ALL -> Optional.of(Calls.bindAll(path(look), path(look)));
      case MOVE -> Optional.of(Calls.move(point(look), path(look)));
      case REMOUNT -> Optional.of(remount(look));
      case CHDIR -> Optional.of(Calls.chdir(path(look)));
      case CHROOT -> Optional.of(Calls.chroot(path(look)));
      case UMOUNT -> Optional.of(Calls.umount(point(look)));
      case DETACH -> Optional.of(Calls.umount(point(look), UmountFlag.MNT_DETACH));
      case EXPIRE -> Optional.of(Calls.umount(point(look), UmountFlag.MNT_EXPIRE));
      case MKDIR -> Optional.of(Calls.mkdir(newPath(look)));
      case MKNOD -> Optional.of(Calls.mknod(newPath(look)));
      case RMDIR -> Optional.of(Calls.rmdir(path(look)));
      case UNLINK -> Optional.of(Call.of(Syscall.UNLINK, text(path(look))));
      case SYMLINK -> Optional.of(Call.of(Syscall.SYMLINK, text(path(look)), text(newPath(look))));
      case RENAME -> Optional.of(rename(look));
      case GETCWD -> Optional.of(Calls.getcwd());
      case STAT -> Optional.of(Calls.stat(path(look)));
      case UNSHARE -> Optional.of(Calls.newNamespace());
      case UNSHARE_FS -> Optional.of(Calls.unshare(CloneFlag.CLONE_FS));
      case EMPTY_NAMESPACE -> Optional.of(Calls.unshare(CloneFlag.UNSHARE_EMPTY_MNTNS));
      case OPEN -> Optional.of(Calls.open(path(look), OpenFlag.O_PATH));
      case OPEN_NAMESPACE -> Optional.of(Calls.openNamespace(pick(state.taskNames())));
      case OPEN_TREE -> Optional.of(openTree(look));
      case SETATTR -> Optional.of(setattr(look));
      case SET_GROUP -> Optional.of(moveMount(look, MoveMountFlag.MOVE_MOUNT_SET_GROUP));
      default -> withDescriptor(verb, state, task, look);
    };
  }

  private Optional<Call> withDescriptor(Verb verb, State state, String task, Look look) {
    List<Integer> files = state.descriptorsOf(task);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    Value.Descriptor file = new Value.Descriptor(files.get(random.nextInt(files.size())));
    return Optional.of(
        switch (verb) {
          case FCHDIR -> Call.of(Syscall.FCHDIR, file);
          case CLOSE -> Call.of(Syscall.CLOSE, file);
          case SETNS -> Call.of(Syscall.SETNS, file, flags(CloneFlag.CLONE_NEWNS));
          case BENEATH -> moveMount(file, look, MoveMountFlag.MOVE_MOUNT_BENEATH);
          default -> moveMount(file, look);
        });
  }

  private Call rename(Look look) {
    return Call.of(
        Syscall.RENAME, text(path(look)), text(random.nextBoolean() ? path(look) : newPath(look)));
  }

  private Flag[] options() {
    return random.nextInt(8) == 0 ? new Flag[] {option()} : new Flag[0];
  }

  private Flag option() {
    return pick(
        List.of(
            MountFlag.MS_RDONLY,
            MountFlag.MS_NOSUID,
            MountFlag.MS_NODEV,
            MountFlag.MS_NOATIME,
            MountFlag.MS_NOSYMFOLLOW));
  }

  private Flag type() {
    int drawn = random.nextInt(14);
    return drawn < 5
        ? MountFlag.MS_SHARED
        : drawn < 9
            ? MountFlag.MS_SLAVE
            : drawn < 12 ? MountFlag.MS_PRIVATE : MountFlag.MS_UNBINDABLE;
  }

  private Call remount(Look look) {
    Flag remount = MountFlag.MS_REMOUNT;
    return random.nextBoolean()
        ? Calls.type(point(look), remount, MountFlag.MS_BIND)
        : Calls.type(point(look), remount, MountFlag.MS_BIND, option());
  }

  private Call pivot(Look look) {
    int drawn = random.nextInt(100);
    if (drawn < 9) {
      return Calls.pivotRoot(".", ".");
    }
    String root = drawn < 80 ? point(look) : path(look);
    List<String> within =
        List.of("", "/old", "/b", "/a").stream()
            .map(rest -> root.equals("/") && !rest.isEmpty() ? rest : root + rest)
            .filter(look::reaches)
            .toList();
    String old = drawn < 70 && !within.isEmpty() ? pick(within) : path(look);
    return Calls.pivotRoot(root, old);
  }

  private Call openTree(Look look) {
    List<Flag> flags = new ArrayList<>(List.of(OpenTreeFlag.OPEN_TREE_CLONE));
    if (random.nextBoolean()) {
      flags.add(AtFlag.AT_RECURSIVE);
    }
    return Call.of(
        Syscall.OPEN_TREE, Value.workingDirectory(), text(path(look)), new Value.Flags(flags, 0));
  }

  private Call moveMount(Look look, MoveMountFlag flag) {
    return Call.of(
        Syscall.MOVE_MOUNT,
        Value.workingDirectory(),
        text(point(look)),
        Value.workingDirectory(),
        text(point(look)),
        flags(flag));
  }

  private Call moveMount(Value.Descriptor from, Look look, MoveMountFlag... more) {
    List<Flag> flags = new ArrayList<>(List.of(MoveMountFlag.MOVE_MOUNT_F_EMPTY_PATH));
    flags.addAll(List.of(more));
    return Call.of(
        Syscall.MOVE_MOUNT,
        from,
        text(""),
        Value.workingDirectory(),
        text(more.length > 0 ? point(look) : path(look)),
        new Value.Flags(flags, 0));
  }

  private Call setattr(Look look) {
    Value.Struct struct =
        random.nextInt(3) == 0
            ? Value.struct(
                StructType.MOUNT_ATTR,
                random.nextBoolean() ? "attr_set" : "attr_clr",
                flags(
                    pick(
                        List.of(
                            MountAttribute.MOUNT_ATTR_RDONLY,
                            MountAttribute.MOUNT_ATTR_NOSUID,
                            MountAttribute.MOUNT_ATTR_NOSYMFOLLOW))))
            : Value.struct(
                StructType.MOUNT_ATTR, "propagation", new Value.Flags(List.of(type()), 0));
    return Call.of(
        Syscall.MOUNT_SETATTR,
        Value.workingDirectory(),
        text(point(look)),
        random.nextInt(3) == 0 ? flags(AtFlag.AT_RECURSIVE) : Value.bits(0),
        struct,
        number(32));
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** Mostly the point of one of the task's mounts. */
  private String point(Look look) {
    List<Mount> table = look.mounts().mounts();
    return table.isEmpty() || random.nextInt(10) == 0 ? path(look) : pick(table).point();
  }

  /** Mostly one that leads somewhere. */
  private String path(Look look) {
    int drawn = random.nextInt(100);
    if (drawn < 40) {
      List<Mount> table = look.mounts().mounts();
      if (!table.isEmpty()) {
        return pick(table).point();
      }
    }
    String path = pick(PATHS);
    for (int i = 0; i < 6 && drawn < 93 && !look.reaches(path); i++) {
      path = pick(PATHS);
    }
    return path;
  }

  /** Mostly one of a file that does not exist but could. */
  private String newPath(Look look) {
    if (random.nextInt(3) == 0) {
      String point = point(look);
      return point.endsWith("/") ? point + "old" : point + "/old";
    }
    return random.nextInt(5) == 0 ? path(look) : pick(PATHS);
  }
}
