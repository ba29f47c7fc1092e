package org.pivotroot.tck.harness.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What QEMU is started with so that a guest that takes it over gains little: QEMU's own filter of
 * system calls, no way to new privileges and, where root starts it, the rights of nobody.
 *
 * @param command what is put before QEMU's command line
 * @param otherUser whether it is another user than this JVM
 */
record Confinement(List<String> command, boolean otherUser) {
  /** Of QEMU's option -sandbox. */
  static final String SANDBOX =
      "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny";

  private static final String USER_ID = "unix:uid";
  private static final String GROUP_ID = "unix:gid";
  private static final Path KVM = Path.of("/dev/kvm");
  private static final int NOBODY = 65534;

  /** QEMU ends when the thread that started it does. */
  private static final List<String> AS_SAME_USER =
      List.of("setpriv", "--no-new-privs", "--pdeathsig", "KILL");

  private static final Confinement OF_HOST = find();

  /** The strictest that is possible here. */
  static Confinement ofHost() {
    return OF_HOST;
  }

  /** In some containers root cannot become anybody else. */
  private static Confinement find() {
    try {
      if (Files.getAttribute(Path.of("/proc/self"), USER_ID).equals(0)) {
        List<String> asNobody = asNobody();
        List<String> trial = new ArrayList<>(asNobody);
        trial.add("true");
        Process process = new ProcessBuilder(trial).redirectErrorStream(true).start();
        if (process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0) {
          return new Confinement(asNobody, true);
        }
      }
    } catch (IOException e) {
      return new Confinement(AS_SAME_USER, false); // who starts QEMU will say that there is none
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while looking what can be confined", e);
    }
    return new Confinement(AS_SAME_USER, false);
  }

  /** Of its groups nobody has the one that may use KVM. */
  private static List<String> asNobody() throws IOException {
    List<String> command = new ArrayList<>(AS_SAME_USER);
    command.addAll(List.of("--reuid", String.valueOf(NOBODY), "--regid", String.valueOf(NOBODY)));
    if (Files.exists(KVM) && !Files.getAttribute(KVM, GROUP_ID).equals(0)) {
      command.addAll(List.of("--groups", String.valueOf(Files.getAttribute(KVM, GROUP_ID))));
    } else {
      command.add("--clear-groups");
    }
    return List.copyOf(command);
  }

  /** Lets QEMU read and write a file, or enter a folder, that this JVM has made for it. */
  void give(Path file) throws IOException {
    if (otherUser && !Files.getAttribute(file, USER_ID).equals(NOBODY)) {
      Files.setAttribute(file, USER_ID, NOBODY);
    }
  }
}
