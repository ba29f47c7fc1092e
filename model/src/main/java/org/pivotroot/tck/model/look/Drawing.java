package org.pivotroot.tck.model.look;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A mount table drawn as a tree: a line for each mount, two blanks deeper than the mount that it is
 * on. A line is the mount point, the directory that is its root if that is not the file system's
 * own, and its propagation, such as
 *
 * <pre>
 * /
 *   /new shared:A
 *     /new/old root:/sub slave:A unbindable
 * </pre>
 *
 * <p>Peer groups have letters in the order of the lines, and mounts on one mount stand in the order
 * of their mount points.
 */
public final class Drawing {
  private final MountTable table;
  private final List<Long> groups = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  private Drawing(MountTable table) {
    this.table = table;
  }

  /** The lines, without a newline at the end. */
  public static String of(MountTable table) {
    Drawing drawing = new Drawing(table);
    table.mounts().stream()
        .filter(mount -> table.mounts().stream().noneMatch(mount::isOn))
        .sorted(ORDER)
        .forEach(mount -> drawing.add(mount, 0));
    return String.join("\n", drawing.lines);
  }

  private static final Comparator<Mount> ORDER =
      Comparator.comparing(Mount::point).thenComparing(Mount::id);

  private void add(Mount mount, int depth) {
    StringBuilder line = new StringBuilder("  ".repeat(depth)).append(mount.point());
    if (!mount.root().equals("/")) {
      line.append(" root:").append(mount.root());
    }
    Propagation propagation = mount.propagation();
    group(line, " shared:", propagation.shared());
    group(line, " slave:", propagation.master());
    if (propagation.unbindable()) {
      line.append(" unbindable");
    }
    lines.add(line.toString());
    table.mounts().stream()
        .filter(other -> other.isOn(mount))
        .sorted(ORDER)
        .forEach(other -> add(other, depth + 1));
  }

  private void group(StringBuilder line, String tag, long group) {
    if (group != 0) {
      if (!groups.contains(group)) {
        groups.add(group);
      }
      line.append(tag).append((char) ('A' + groups.indexOf(group)));
    }
  }
}
