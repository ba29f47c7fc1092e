package org.pivotroot.tck.harness.task;

import java.util.List;

/**
 * A line of /proc/PID/mountinfo (proc_pid_mountinfo(5)).
 *
 * @param id mount ID
 * @param parent ID of the mount that it is mounted on
 * @param device device of its file system
 * @param root directory of that file system that is the root of the mount
 * @param point mount point, relative to the root of the task whose file this is
 * @param options per-mount options
 * @param propagation the optional fields, such as {@code shared:1}
 * @param type file system type
 */
public record Mount(
    long id,
    long parent,
    FileId.Device device,
    String root,
    String point,
    String options,
    List<String> propagation,
    String type) {

  static Mount parse(String line) {
    String[] fields = line.split(" ");
    int separator = 6;
    while (!fields[separator].equals("-")) {
      separator++;
    }
    return new Mount(
        Long.parseLong(fields[0]),
        Long.parseLong(fields[1]),
        FileId.Device.parse(fields[2]),
        unescape(fields[3]),
        unescape(fields[4]),
        fields[5],
        List.of(fields).subList(6, separator),
        fields[separator + 1]);
  }

  /** The kernel writes blanks and backslashes as three octal digits. */
  private static String unescape(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
