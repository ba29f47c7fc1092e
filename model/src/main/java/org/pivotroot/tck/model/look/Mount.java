package org.pivotroot.tck.model.look;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * A line of /proc/PID/mountinfo (proc_pid_mountinfo(5)).
 *
 * @param id mount ID
 * @param parent ID of the mount that it is mounted on
 * @param point mount point, relative to the root of the task whose file this is
 * @param type file system type
 * @param device device of its file system, as in {@link FileId}
 * @param root directory of that file system that is the root of the mount
 * @param options per-mount options
 * @param propagation its propagation type
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"id", "parent", "point", "type", "device", "root", "options", "propagation"})
public record Mount(
    long id,
    long parent,
    String point,
    String type,
    long device,
    String root,
    String options,
    Propagation propagation) {

  /** Reads one line. */
  static Mount parse(String line) {
    String[] fields = line.split(" ");
    int separator = 6;
    while (!fields[separator].equals("-")) {
      separator++;
    }
    String[] device = fields[2].split(":", 2);
    return new Mount(
        Long.parseLong(fields[0]),
        Long.parseLong(fields[1]),
        unescape(fields[4]),
        fields[separator + 1],
        FileId.device(Integer.parseInt(device[0]), Integer.parseInt(device[1])),
        unescape(fields[3]),
        fields[5],
        Propagation.of(List.of(fields).subList(6, separator)));
  }

  /** The kernel writes blanks and backslashes as three octal digits. */
  private static String unescape(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }

  /** The first mount of a namespace can be its own parent. */
  @JsonIgnore
  public boolean isOn(Mount lower) {
    return parent == lower.id && id != lower.id;
  }

  /** One with another ID, parent and mount point that is like this in everything else. */
  public Mount placed(long newId, long newParent, String newPoint) {
    return new Mount(newId, newParent, newPoint, type, device, root, options, propagation);
  }

  /** As transcripts show it, where all numbers are names. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(point).append(' ').append(type);
    text.append(" mount#").append(id).append(" on mount#").append(parent);
    text.append(" dev#").append(device).append(root).append(' ').append(options);
    propagation.fields().forEach(field -> text.append(' ').append(field));
    return text.toString();
  }
}
