package org.pivotroot.tck.model.transcript;

import java.util.ArrayList;
import java.util.List;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.Standing;

/** How a trial ended, a line for each mount and each task. */
public final class Ending {
  private Ending() {}

  /**
   * The lines.
   *
   * @param mounts those around the first task; null if they were not looked at
   * @param tasks where each task stood
   */
  public static List<String> of(MountTable mounts, List<Standing> tasks) {
    List<String> lines = new ArrayList<>();
    if (mounts != null) {
      add(lines, "", mounts);
    }
    for (Standing task : tasks) {
      lines.add(task.toString());
      if (task.tree() != null) {
        add(lines, task.task() + "'s ", task.tree());
      }
    }
    return lines;
  }

  private static void add(List<String> lines, String whose, MountTable table) {
    for (Mount mount : table.mounts()) {
      lines.add(whose + "mount " + mount);
    }
  }
}
