package org.pivotroot.tck.reports.explain;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.reports.store.ReportException;

/**
 * What /proc/PID/status says of a process (proc_pid_status(5)).
 *
 * @param effective its effective capabilities
 * @param threads how many threads it has
 * @param seccomp 0 for none, 1 for the strict mode, 2 for a filter; -1 if it is not said
 */
record Status(Set<Capability> effective, int threads, int seccomp) {
  /** Of a process of which nothing is known: one that may do all. */
  static final Status UNSEEN = new Status(Set.of(Capability.values()), 1, -1);

  /**
   * Reads the file's text.
   *
   * @throws ReportException if it is no such file
   */
  static Status parse(String text, String origin) {
    Map<String, String> fields = new HashMap<>();
    for (String line : text.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    if (!fields.containsKey("CapEff")) {
      throw new ReportException(
          origin + " has no line CapEff: ; give /proc/PID/status or a copy of it");
    }
    try {
      long set = Long.parseUnsignedLong(fields.get("CapEff"), 16);
      return new Status(
          Stream.of(Capability.values())
              .filter(capability -> (set & capability.mask()) != 0)
              .collect(Collectors.toSet()),
          Integer.parseInt(fields.getOrDefault("Threads", "1")),
          Integer.parseInt(fields.getOrDefault("Seccomp", "-1")));
    } catch (NumberFormatException e) {
      throw new ReportException(origin + " has a line that is no number: " + e.getMessage(), e);
    }
  }
}
