package org.pivotroot.tck.harness.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Namespaces of the host for a machine that is many processes. With the first of its PID namespace
 * all others end, and that one ends with whoever started it; with the mount namespace ends the
 * tmpfs that is all the room the machine has for files. So nothing can stay behind, however
 * anything ends. Where the user is not root, a user namespace allows the others.
 */
final class Enclosure {
  /** Where the room for files is: a directory that every host has, and no machine needs. */
  static final String ROOM = "/sys";

  private static final String SCRIPT =
      "mount -t tmpfs -o mode=755 tmpfs "
          + ROOM
          // A host that masks its /proc does not allow another; not everything needs it.
          + " && { mount -t proc proc /proc 2>/dev/null || :; }"
          + " && export HOME="
          + ROOM
          + " TMPDIR="
          + ROOM
          + " && exec \"$@\"";

  private static final Optional<String> TROUBLE = findTrouble();

  private Enclosure() {}

  /** What keeps this host from giving such namespaces; empty if nothing does. */
  static Optional<String> trouble() {
    return TROUBLE;
  }

  /** The command, to be run as the first process of namespaces of its own. */
  static List<String> around(List<String> command) {
    List<String> whole = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL"));
    whole.addAll(List.of("unshare", "--mount", "--pid", "--fork"));
    whole.add("--kill-child=KILL");
    if (!isRoot()) {
      whole.addAll(List.of("--user", "--map-root-user"));
    }
    whole.addAll(List.of("sh", "-c", SCRIPT, "sh"));
    whole.addAll(command);
    return whole;
  }

  private static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      return false;
    }
  }

  private static Optional<String> findTrouble() {
    try {
      Process trial = new ProcessBuilder(around(List.of("true"))).redirectErrorStream(true).start();
      String said = new String(trial.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return trial.waitFor() == 0
          ? Optional.empty()
          : Optional.of("namespaces cannot be had (" + said.strip() + ")");
    } catch (IOException e) {
      return Optional.of("setpriv(1) or unshare(1) of util-linux cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while trying unshare", e);
    }
  }
}
