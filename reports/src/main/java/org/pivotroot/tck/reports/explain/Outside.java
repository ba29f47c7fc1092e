package org.pivotroot.tck.reports.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something outside the mount tree that refuses calls.
 *
 * @param id a word for it
 * @param state whether it is there
 * @param says what was seen, and what it does
 */
public record Outside(String id, State state, String says) {
  /** Whether something is there. */
  public enum State {
    ABSENT,
    PRESENT,
    UNSEEN
  }

  /** All that real reports had. */
  static List<Outside> of(Subject subject) {
    List<Outside> all = new ArrayList<>();
    all.add(seccomp(subject.status().map(Status::seccomp).orElse(-1)));
    all.add(confinement(subject.confinement()));
    all.add(userNamespace(subject));
    return all;
  }

  private static Outside seccomp(int mode) {
    return switch (mode) {
      case 0 -> new Outside("seccomp", State.ABSENT, "Seccomp: 0, no filter");
      case 1 ->
          new Outside(
              "seccomp",
              State.PRESENT,
              "Seccomp: 1, the strict mode: any call but read, write and exit kills the process");
      case -1 ->
          new Outside(
              "seccomp",
              State.UNSEEN,
              "a filter would be the line Seccomp: 2 of /proc/PID/status; it refuses before any of"
                  + " these checks, with any error");
      default ->
          new Outside(
              "seccomp",
              State.PRESENT,
              "Seccomp: "
                  + mode
                  + ", a filter: it may refuse the call before any of these checks, with any error,"
                  + " mostly EPERM or ENOSYS. Container runtimes let mount, umount2, pivot_root and"
                  + " setns through only with CAP_SYS_ADMIN. Try without: --security-opt"
                  + " seccomp=unconfined, SystemCallFilter=");
    };
  }

  private static Outside confinement(Optional<String> label) {
    if (label.isEmpty()) {
      return new Outside(
          "security-module",
          State.UNSEEN,
          "AppArmor or SELinux would be named by /proc/PID/attr/current; they refuse with EACCES"
              + " or EPERM when the paths were looked up");
    }
    if (label.get().isEmpty() || label.get().startsWith("unconfined")) {
      return new Outside("security-module", State.ABSENT, "attr/current: unconfined");
    }
    String which = label.get().contains(":") && !label.get().contains("(") ? "SELinux" : "AppArmor";
    return new Outside(
        "security-module",
        State.PRESENT,
        which
            + " confines it as "
            + label.get()
            + ": it may refuse with EACCES or EPERM when the paths were looked up; the kernel's log"
            + (which.equals("AppArmor")
                ? " says apparmor=\"DENIED\" then"
                : " or ausearch -m avc says so then"));
  }

  private static Outside userNamespace(Subject subject) {
    if (subject.owner().isEmpty()) {
      return new Outside(
          "user-namespace",
          State.UNSEEN,
          (subject.initial().isPresent() ? "it is not in the initial user namespace, and " : "")
              + "its capabilities count in the user namespace alone that it is in: compare"
              + " /proc/PID/ns/user with that of whoever made the mount namespace");
    }
    return subject.owner().get()
        ? new Outside(
            "user-namespace",
            State.ABSENT,
            "it is in the initial user namespace, whose capabilities count everywhere")
        : new Outside(
            "user-namespace",
            State.PRESENT,
            "it is in a user namespace that does not own its mount namespace, so that none of its"
                + " capabilities count there: make both together, unshare --user --map-root-user"
                + " --mount");
  }
}
