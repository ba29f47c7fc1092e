package org.pivotroot.tck.harness.agent;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** The processes of the guest that are not the kernel's. */
final class Processes {
  private static final String KTHREADD = "2";

  /** Those found to be the kernel's, which they remain: to read about each anew takes long. */
  private final Set<String> kernels = new HashSet<>();

  /**
   * A process.
   *
   * @param name its pid and its name
   * @param parent pid of its parent
   */
  private record User(String pid, String name, String parent) {}

  /** A line for each: its pid and its name. */
  String users(Proc proc) {
    StringBuilder lines = new StringBuilder();
    users(proc, user -> lines.append("process ").append(user.name()).append('\n'));
    return lines.toString();
  }

  /** Whether a process has children other than one. */
  boolean hasChildren(Proc proc, long parent, long butFor) {
    boolean[] has = new boolean[1];
    users(
        proc,
        user ->
            has[0] |=
                user.parent().equals(String.valueOf(parent))
                    && !user.pid().equals(String.valueOf(butFor)));
    return has[0];
  }

  private void users(Proc proc, Consumer<User> told) {
    String[] names = new File("/proc").list((directory, name) -> Character.isDigit(name.charAt(0)));
    if (names == null) {
      throw new AgentTrouble("cannot list /proc");
    }
    Arrays.sort(names);
    kernels.retainAll(Set.of(names));
    for (String pid : names) {
      if (kernels.contains(pid)) {
        continue;
      }
      byte[] stat = proc.read(pid + "/stat").bytes();
      String text = new String(stat, StandardCharsets.UTF_8);
      int end = text.lastIndexOf(')');
      if (end < 0) {
        continue; // it ended meanwhile
      }
      String[] rest = text.substring(end + 2).split(" ");
      if (pid.equals(KTHREADD) || rest[1].equals(KTHREADD) || isKernelThread(rest)) {
        kernels.add(pid);
      } else {
        told.accept(new User(pid, text.substring(0, end + 1), rest[1]));
      }
    }
  }

  private static boolean isKernelThread(String[] statFromState) {
    long flags = Long.parseLong(statFromState[6]);
    return (flags & 0x200000) != 0; // PF_KTHREAD
  }
}
