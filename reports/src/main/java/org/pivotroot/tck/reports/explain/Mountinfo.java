package org.pivotroot.tck.reports.explain;

import java.util.List;
import java.util.regex.Pattern;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.reports.store.ReportException;

/** Reads files of proc_pid_mountinfo(5) that somebody brings. */
final class Mountinfo {
  private static final Pattern LINE =
      Pattern.compile("\\d+ \\d+ \\d+:\\d+ /\\S* \\S+ \\S+ (\\S+ )*- \\S+ .*");

  private Mountinfo() {}

  /**
   * Reads the file's text.
   *
   * @throws ReportException if it is no mountinfo
   */
  static MountTable parse(String text, String origin) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!LINE.matcher(lines.get(i)).matches()) {
        throw new ReportException(
            origin
                + ", line "
                + (i + 1)
                + ": this is no line of mountinfo: "
                + lines.get(i)
                + ". Give /proc/PID/mountinfo or a copy of it.");
      }
    }
    if (lines.isEmpty()) {
      throw new ReportException(origin + " is empty; give /proc/PID/mountinfo or a copy of it");
    }
    return MountTable.parse(String.join("\n", lines));
  }
}
