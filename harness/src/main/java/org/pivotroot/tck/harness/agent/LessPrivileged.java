package org.pivotroot.tck.harness.agent;

import java.util.ArrayList;
import java.util.List;
import org.pivotroot.tck.harness.wire.NativeArgument;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.harness.wire.Returned;

/**
 * Puts a process where a task is and from there, as {@code unshare --user --map-root-user --mount
 * --propagation unchanged} would, into a user namespace that owns a mount namespace. No program can
 * be started there: the roots of scenarios hold none.
 */
final class LessPrivileged {
  private static final int WRITE = 1;
  private static final int CLOSE = 3;
  private static final int CHDIR_TO = 81;
  private static final int CHROOT = 161;
  private static final int OPENAT = 257;
  private static final int UNSHARE = 272;
  private static final int SETNS = 308;
  private static final int O_WRONLY = 1;
  private static final int CLONE_NEWUSER = 0x10000000;

  private final List<NativeCall> calls = new ArrayList<>();

  private LessPrivileged() {}

  /** A process that starts from where a task is. */
  static ChildTask from(TaskPlace place, Nursery nursery) {
    LessPrivileged way = new LessPrivileged();
    String directory = "/proc/" + place.directory() + "/";
    int namespace = way.open(Libc.AT_FDCWD, directory + "ns/mnt", 0);
    int root = way.open(Libc.AT_FDCWD, directory + "root", Libc.O_PATH);
    int cwd = way.open(Libc.AT_FDCWD, directory + "cwd", Libc.O_PATH);
    int self = way.open(Libc.AT_FDCWD, "/proc/self", Libc.O_PATH);
    way.call(SETNS, result(namespace), word(Libc.CLONE_NEWNS));
    way.call(CHDIR_TO, result(root));
    way.call(CHROOT, new NativeArgument.Text("."));
    way.call(CHDIR_TO, result(cwd));
    way.call(UNSHARE, word(CLONE_NEWUSER | Libc.CLONE_NEWNS));
    way.write(self, "setgroups", "deny");
    way.write(self, "uid_map", "0 0 1");
    way.write(self, "gid_map", "0 0 1");
    for (int opened : new int[] {namespace, root, cwd, self}) {
      way.call(CLOSE, result(opened));
    }
    ChildTask process = nursery.child("of less privilege");
    List<Returned> results =
        ((Reply.Results) process.ask(new Request.Invoke("", way.calls))).results();
    Returned last = results.get(results.size() - 1);
    if (last.value() == -1) {
      process.end();
      throw new AgentTrouble(
          "no process of less privilege: errno " + last.errno() + " at call " + results.size());
    }
    return process;
  }

  private static NativeArgument word(long value) {
    return new NativeArgument.Word(value);
  }

  private static NativeArgument result(int call) {
    return new NativeArgument.Result(call);
  }

  private int call(int number, NativeArgument... arguments) {
    List<NativeArgument> all = new ArrayList<>(List.of(word(number)));
    all.addAll(List.of(arguments));
    calls.add(NativeCall.syscall(all));
    return calls.size() - 1;
  }

  private int open(long directory, String path, int flags) {
    return call(OPENAT, word(directory), new NativeArgument.Text(path), word(flags), word(0));
  }

  private void write(int self, String file, String text) {
    int opened = call(OPENAT, result(self), new NativeArgument.Text(file), word(O_WRONLY), word(0));
    call(WRITE, result(opened), new NativeArgument.Text(text), word(text.length()));
    call(CLOSE, result(opened));
  }
}
