package org.pivotroot.tck.harness.task;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.View;

/**
 * Finds out from mount tables which mount a file is in, where statx(2) does not tell. A file's
 * device tells its mount if no other mount has ever had that device, or none in the namespace that
 * the file must be in, or if the file is at a mount point. Otherwise the mount stays unknown.
 */
final class MountWitness {
  private final boolean needed;
  private final boolean orders;
  private final Map<Long, Set<Long>> everOfDevice = new HashMap<>();
  private final Map<String, View> latest = new HashMap<>();

  /**
   * Whether a task may stand out of its own namespace, or in a mount that is not attached any more.
   */
  private boolean strayed;

  /**
   * One that has to find out, or is told whatever there is to know.
   *
   * @param orders whether to put mount tables in an order of its own
   */
  MountWitness(boolean needed, boolean orders) {
    this.needed = needed;
    this.orders = orders;
  }

  /** Takes note of a call; whether it has to see all tasks before that is made. */
  boolean wantsToLookBefore(Call call) {
    boolean moves = call.callee() == Syscall.CHDIR || call.callee() == Syscall.CHROOT;
    strayed |=
        call.callee() == Syscall.FCHDIR
            || (moves && !(call.arguments().get(0) instanceof Value.Text))
            || call.arguments().stream().anyMatch(MountWitness::detaches);
    return needed && call.callee() == Syscall.STATX;
  }

  private static boolean detaches(Value argument) {
    return argument instanceof Value.Flags flags && flags.flags().contains(UmountFlag.MNT_DETACH);
  }

  /** Takes note of a program that may do anything. */
  void noteProgram() {
    strayed = true;
  }

  private void saw(String task, View view) {
    latest.put(task, view);
    Stream.of(view.tree(), view.mounts())
        .flatMap(table -> table.mounts().stream())
        .forEach(
            mount ->
                everOfDevice
                    .computeIfAbsent(mount.device(), key -> new TreeSet<>())
                    .add(mount.id()));
  }

  /** A file that a task was told of by a call, with the mount that it is in if that is known. */
  FileId of(String task, Call call, FileId file) {
    if (!needed) {
      return file;
    }
    boolean byPath =
        call.arguments().get(0) instanceof Value.WorkingDirectory
            && call.arguments().get(1) instanceof Value.Text;
    FileId found = byPath ? of(task, file) : only(file, ever(file));
    if (!byPath || found.mount() != FileId.UNKNOWN) {
      return found;
    }
    String path = ((Value.Text) call.arguments().get(1)).text();
    if (path.equals("/")) {
      return found;
    }
    return latest
        .get(task)
        .mounts()
        .at(path)
        .filter(mount -> mount.device() == file.device())
        .map(mount -> new FileId(file.device(), file.inode(), mount.id()))
        .orElse(found);
  }

  private FileId of(String task, FileId place) {
    Set<Long> ever = ever(place);
    if (ever.size() <= 1 || strayed || latest.get(task) == null) {
      return only(place, ever);
    }
    List<Mount> own =
        latest.get(task).tree().mounts().stream()
            .filter(mount -> mount.device() == place.device())
            .toList();
    return only(place, new TreeSet<>(own.stream().map(Mount::id).toList()));
  }

  private Set<Long> ever(FileId file) {
    return everOfDevice.getOrDefault(file.device(), Set.of());
  }

  private static FileId only(FileId file, Set<Long> mounts) {
    return file.mount() != FileId.UNKNOWN || mounts.size() != 1
        ? file
        : new FileId(file.device(), file.inode(), mounts.iterator().next());
  }

  /**
   * What a task looks like, with the mounts of its places if they are known. Its tables are in an
   * order of their own, as a target that tells so little may give copies in another at each time.
   */
  View of(String task, View view) {
    if (needed) {
      saw(task, view);
    }
    return new View(
        needed ? of(task, view.root()) : view.root(),
        needed ? of(task, view.cwd()) : view.cwd(),
        ordered(view.mounts()),
        view.namespace(),
        ordered(view.tree()));
  }

  /** By mount point, and where several are stacked the lowest first. */
  private MountTable ordered(MountTable table) {
    if (!orders) {
      return table;
    }
    return new MountTable(
        table.mounts().stream()
            .sorted(Comparator.comparing(Mount::point).thenComparing(mount -> depth(mount, table)))
            .toList());
  }

  private static int depth(Mount mount, MountTable table) {
    return table.mounts().stream()
        .filter(mount::isOn)
        .findFirst()
        .map(lower -> 1 + depth(lower, table))
        .orElse(0);
  }
}
