package org.pivotroot.tck.reports.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.pivotroot.tck.reports.store.ReportException;

/**
 * A file of proc_pid_mountinfo(5).
 *
 * @param mounts its lines in their order
 */
record MountInfo(List<Line> mounts) {

  /**
   * A mount.
   *
   * @param id mount ID
   * @param parent ID of the mount that it is mounted on
   * @param point mount point
   * @param shared whether events propagate from it
   * @param type file system type
   */
  record Line(String id, String parent, String point, boolean shared, String type) {}

  /**
   * Parses the file's text.
   *
   * @throws ReportException if it is no mountinfo
   */
  static MountInfo parse(String text, String origin) {
    List<Line> mounts = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      List<String> fields = List.of(line.split(" ", -1));
      int separator = fields.indexOf("-");
      if (separator < 6 || fields.size() < separator + 2) {
        throw new ReportException(
            origin
                + ", line "
                + number
                + ": this is no line of mountinfo: "
                + line
                + ". Give /proc/PID/mountinfo or a copy of it.");
      }
      mounts.add(
          new Line(
              fields.get(0),
              fields.get(1),
              unescape(fields.get(4)),
              fields.subList(6, separator).stream().anyMatch(field -> field.startsWith("shared:")),
              fields.get(separator + 1)));
    }
    return new MountInfo(mounts);
  }

  private static String unescape(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }

  /** The topmost mount at a mount point. */
  Optional<Line> at(String point) {
    return mounts.stream().filter(mount -> mount.point.equals(point)).reduce((a, b) -> b);
  }

  /** The mount that a resolved path lies on; empty if it is outside what the file shows. */
  Optional<Line> of(String path) {
    return mounts.stream()
        .filter(mount -> isWithin(path, mount.point))
        .max(
            Comparator.comparingInt((Line mount) -> mount.point.length())
                .thenComparing(mounts::indexOf));
  }

  Optional<Line> withId(String id) {
    return mounts.stream().filter(mount -> mount.id.equals(id)).findFirst();
  }

  /** Whether a path is a directory or lies in it. */
  static boolean isWithin(String path, String directory) {
    return path.equals(directory)
        || path.startsWith(directory.endsWith("/") ? directory : directory + "/");
  }
}
