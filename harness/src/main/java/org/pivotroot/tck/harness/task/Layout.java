package org.pivotroot.tck.harness.task;

import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.nullPointer;
import static org.pivotroot.tck.model.call.Value.number;
import static org.pivotroot.tck.model.call.Value.text;

import java.util.List;
import java.util.stream.Stream;
import org.pivotroot.tck.harness.wire.Returned;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.transcript.Strace;

/** The calls that set a scene before a claim begins; made in one request, all or nothing. */
final class Layout {
  private Layout() {}

  /** The programs of the guest image below another root: bind mounts, and the links beside them. */
  static void addUserland(List<Call> calls, String root) {
    for (String directory : List.of("usr", "opt", "etc")) {
      calls.add(mkdir(root + "/" + directory));
      calls.add(mount("/" + directory, root + "/" + directory, MountFlag.MS_BIND));
    }
    for (String directory : List.of("bin", "sbin", "lib", "lib64")) {
      calls.add(Call.of(Syscall.SYMLINK, text("usr/" + directory), text(root + "/" + directory)));
    }
  }

  /** A namespace of one's own, and in it an empty root. */
  static List<Call> begin(String root) {
    return List.of(
        Call.of(Syscall.UNSHARE, flags(CloneFlag.CLONE_NEWNS)),
        mount("none", "/", MountFlag.MS_REC, MountFlag.MS_PRIVATE),
        mountTmpfs(root));
  }

  /** What the kernel shows of itself, below another root. */
  static List<Call> addSystem(String root, List<String> directories) {
    return directories.stream()
        .flatMap(
            one ->
                Stream.of(
                    mkdir(root + "/" + one),
                    mount("/" + one, root + "/" + one, MountFlag.MS_BIND, MountFlag.MS_REC)))
        .toList();
  }

  /** A second mount, and the way into the root. */
  static List<Call> end(String root) {
    return List.of(
        mkdir(root + "/new"),
        mountTmpfs(root + "/new"),
        mkdir(root + "/new/old"),
        chdir(root),
        Call.of(Syscall.PIVOT_ROOT, text("."), text(".")),
        Call.of(Syscall.UMOUNT2, text("."), flags(UmountFlag.MNT_DETACH)),
        chdir("/"));
  }

  static Call mkdir(String path) {
    return Call.of(Syscall.MKDIR, text(path), number(0755));
  }

  static Call chdir(String path) {
    return Call.of(Syscall.CHDIR, text(path));
  }

  static Call mountTmpfs(String target) {
    return Call.of(
        Syscall.MOUNT, text("tmpfs"), text(target), text("tmpfs"), flags(), nullPointer());
  }

  static Call mount(String source, String target, MountFlag... flags) {
    return Call.of(
        Syscall.MOUNT, text(source), text(target), text(""), flags(flags), nullPointer());
  }

  /**
   * What the calls of a layout came to.
   *
   * @throws BrokenTrialException if one has failed
   */
  static void check(List<Call> calls, List<Returned> results) {
    Returned last = results.get(results.size() - 1);
    if (last.value() == -1) {
      Result.Failed failed = new Result.Failed(last.errno());
      throw new BrokenTrialException(
          "setting the scene failed at "
              + Strace.call(calls.get(results.size() - 1))
              + " = -1 "
              + failed.name()
              + " ("
              + failed.text()
              + ")");
    }
  }
}
