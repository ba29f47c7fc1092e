package org.pivotroot.tck.harness.task;

import java.util.ArrayList;
import java.util.List;
import org.pivotroot.tck.harness.wire.Argument;
import org.pivotroot.tck.harness.wire.Call;
import org.pivotroot.tck.harness.wire.Returned;

/** The calls that set a scene before a claim begins; made in one request, all or nothing. */
final class Layout {
  private Layout() {}

  /** The programs of the guest image below another root: bind mounts, and the links beside them. */
  static void addUserland(List<Call> calls, String root) {
    for (String directory : List.of("usr", "opt", "etc")) {
      calls.add(mkdir(root + "/" + directory));
      calls.add(mount("/" + directory, root + "/" + directory, "", Flags.MS_BIND));
    }
    for (String directory : List.of("bin", "sbin", "lib", "lib64")) {
      calls.add(call(88, "usr/" + directory, root + "/" + directory));
    }
  }

  static Call mkdir(String path) {
    return call(83, path, 0755);
  }

  static Call chdir(String path) {
    return call(80, path);
  }

  static Call chroot(String path) {
    return call(161, path);
  }

  static Call pivotRoot(String newRoot, String putOld) {
    return call(155, newRoot, putOld);
  }

  static Call umount(String target, Flags... flags) {
    return call(166, target, Flags.bits(Flags.Kind.UMOUNT, flags));
  }

  static Call unshare(Flags... flags) {
    return call(272, Flags.bits(Flags.Kind.CLONE, flags));
  }

  static Call mount(String source, String target, String type, Flags... flags) {
    return call(165, source, target, type, Flags.bits(Flags.Kind.MOUNT, flags), 0);
  }

  private static Call call(int number, Object... arguments) {
    List<Argument> list = new ArrayList<>();
    list.add(new Argument.Word(number));
    for (Object argument : arguments) {
      list.add(
          argument instanceof String text
              ? new Argument.Text(text)
              : new Argument.Word(((Number) argument).longValue()));
    }
    return new Call("syscall", list);
  }

  /**
   * What the calls of a layout came to.
   *
   * @throws BrokenTrialException if one has failed
   */
  static void check(List<Call> calls, List<Returned> results) {
    Returned last = results.get(results.size() - 1);
    if (last.value() == -1) {
      throw new BrokenTrialException(
          "setting the scene failed at "
              + calls.get(results.size() - 1).arguments()
              + " = -1 "
              + Errno.of(last.errno()).described());
    }
  }
}
