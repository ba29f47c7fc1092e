package org.pivotroot.tck.harness.task;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pivotroot.tck.harness.environment.FakeGuest;
import org.pivotroot.tck.harness.environment.Guest;
import org.pivotroot.tck.harness.wire.NativeArgument;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.harness.wire.Returned;

/**
 * As much of a kernel as a stage and a few claims need, behind an agent: a tmpfs as root, another
 * on /new, directories, tasks, and pivot_root(2). Tests override what a wrong kernel does
 * otherwise.
 */
class FakeKernel {
  /** A directory, reached through a mount. */
  record Place(int device, long inode, long mount) {
    Place through(long otherMount) {
      return new Place(device, inode, otherMount);
    }
  }

  /** A mount on a directory of another mount. */
  record Mounted(long id, long parent, int device, String point) {}

  static final Place ROOT = new Place(21, 1, 101);
  static final Place TMP = new Place(21, 7, 101);
  static final Place NEW = new Place(22, 1, 102);
  static final Place OLD = new Place(22, 2, 102);
  static final int EINVAL = 22;
  static final int EBUSY = 16;
  static final int ENOENT = 2;

  /** What names mean to a task whose root is the root mount. */
  final Map<String, Place> paths = new LinkedHashMap<>();

  final Map<String, Place> roots = new LinkedHashMap<>();
  final Map<String, Place> cwds = new LinkedHashMap<>();
  final List<Mounted> mounts = new ArrayList<>();
  long namespace = 4026531841L;

  FakeKernel() {
    mounts.add(new Mounted(101, 90, 21, "/"));
    mounts.add(new Mounted(102, 101, 22, "/new"));
    paths.put("/", ROOT);
    paths.put("/new", NEW);
    paths.put("/new/old", OLD);
  }

  Guest guest() {
    return FakeGuest.answering(this::answer);
  }

  Reply answer(Request request) {
    if (request instanceof Request.Start start) {
      roots.put(start.task(), roots.getOrDefault(start.from(), ROOT));
      cwds.put(start.task(), cwds.getOrDefault(start.from(), ROOT));
      return new Reply.Started(1, 10 + roots.size());
    }
    if (request instanceof Request.Invoke invoke) {
      boolean stage = invoke.calls().size() > 1; // what lays out the stage has always been there
      return new Reply.Results(
          invoke.calls().stream()
              .map(call -> stage ? success() : call(invoke.task(), call))
              .toList());
    }
    if (request instanceof Request.Watch watch) {
      List<Reply.TaskSurvey> before = survey(watch.watched());
      Returned returned = call(watch.task(), watch.call());
      List<Reply.TaskSurvey> after = survey(watch.watched());
      boolean traces = false;
      for (int i = 0; i < before.size(); i++) {
        traces |= !before.get(i).shows(after.get(i));
      }
      return returned.value() == -1 && traces
          ? new Reply.Watched(returned, before, after)
          : new Reply.Watched(returned, List.of(), List.of());
    }
    if (request instanceof Request.Survey survey) {
      return new Reply.Surveys(survey(survey.tasks()));
    }
    if (request instanceof Request.StatProc) {
      return new Reply.Results(List.of(stat(ROOT)));
    }
    if (request instanceof Request.Run run) {
      byte[] output = (String.join(" ", run.command()) + "\n").getBytes(StandardCharsets.UTF_8);
      return new Reply.Ended(3, output, new byte[0]);
    }
    return new Reply.Done();
  }

  private Returned call(String task, NativeCall call) {
    long number = ((NativeArgument.Word) call.arguments().get(0)).value();
    return switch ((int) number) {
      case 83 -> mkdir(text(call, 1));
      case 80 -> chdir(task, text(call, 1));
      case 79 -> string(getcwd(task));
      case 155 -> pivotRoot(task, text(call, 1), text(call, 2));
      case 332 -> {
        Place place = resolve(task, text(call, 2));
        yield place == null ? failure(ENOENT) : stat(place);
      }
      default -> throw new IllegalArgumentException("no system call " + number + " in this kernel");
    };
  }

  private static String text(NativeCall call, int argument) {
    return ((NativeArgument.Text) call.arguments().get(argument)).value();
  }

  Place resolve(String task, String path) {
    return path.equals(".") ? cwds.get(task) : paths.get(path);
  }

  private Returned mkdir(String path) {
    paths.put(path, new Place(21, TMP.inode() + paths.size() - 3, 101));
    return success();
  }

  private Returned chdir(String task, String path) {
    Place place = resolve(task, path);
    if (place == null) {
      return failure(ENOENT);
    }
    cwds.put(task, place);
    return success();
  }

  /** The name by which getcwd(2) knows a task's working directory. */
  String getcwd(String task) {
    Place cwd = cwds.get(task);
    if (cwd.equals(roots.get(task))) {
      return "/";
    }
    return paths.entrySet().stream()
        .filter(entry -> entry.getValue().equals(cwd))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("(unreachable)");
  }

  Returned pivotRoot(String task, String newRoot, String putOld) {
    Place to = resolve(task, newRoot);
    Place put = resolve(task, putOld);
    if (to == null || put == null) {
      return failure(ENOENT);
    }
    if (to.mount() == roots.get(task).mount() || put.mount() == roots.get(task).mount()) {
      return failure(EBUSY);
    }
    if (to.inode() != 1) {
      return failure(EINVAL);
    }
    swapMounts();
    moveTasks(task);
    return success();
  }

  void swapMounts() {
    mounts.clear();
    mounts.add(new Mounted(102, 90, 22, "/"));
    mounts.add(new Mounted(101, 102, 21, "/old"));
    Map<String, Place> before = Map.copyOf(paths);
    paths.clear();
    before.forEach(
        (name, place) ->
            paths.put(place.mount() == 101 ? ("/old" + name).replaceFirst("/$", "") : name, place));
    paths.put("/", NEW);
  }

  /** Root and working directory of tasks that are where the old root is. */
  void moveTasks(String caller) {
    roots.replaceAll((task, root) -> root.equals(ROOT) ? NEW : root);
    cwds.replaceAll((task, cwd) -> cwd.equals(ROOT) ? NEW : cwd);
  }

  String mountinfo(String task) {
    StringBuilder text = new StringBuilder();
    for (Mounted mount : mounts) {
      text.append(mount.id()).append(' ').append(mount.parent());
      text.append(" 0:").append(mount.device()).append(" / ").append(mount.point());
      text.append(" rw,relatime - tmpfs tmpfs rw\n");
    }
    return text.toString();
  }

  /** The mount table of the namespace, which may hold what no task can see. */
  String wholeTree() {
    return mountinfo("");
  }

  private List<Reply.TaskSurvey> survey(List<String> tasks) {
    return tasks.stream()
        .map(
            task ->
                new Reply.TaskSurvey(
                    task,
                    statx(roots.get(task)),
                    statx(cwds.get(task)),
                    mountinfo(task).getBytes(StandardCharsets.UTF_8),
                    namespace,
                    wholeTree().getBytes(StandardCharsets.UTF_8),
                    ""))
        .toList();
  }

  static byte[] statx(Place place) {
    return ByteBuffer.allocate(256)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(0, 0x17ff) // STATX_BASIC_STATS and STATX_MNT_ID
        .putLong(32, place.inode())
        .putInt(140, place.device())
        .putLong(144, place.mount())
        .array();
  }

  private static Returned stat(Place place) {
    return new Returned(0, 0, List.of(statx(place)));
  }

  private static Returned string(String text) {
    byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
    return new Returned(bytes.length, 0, List.of(bytes));
  }

  static Returned success() {
    return new Returned(0, 0, List.of());
  }

  static Returned failure(int errno) {
    return new Returned(-1, errno, List.of());
  }
}
