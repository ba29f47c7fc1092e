package org.pivotroot.tck.reports.reproduce;

import java.util.ArrayList;
import java.util.List;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.event.Sight;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.look.Propagation;
import org.pivotroot.tck.model.look.View;

/**
 * A look at a task as C statements, which look likewise and hold what is there against the record:
 * places are the same ones and mounts the same as before, whatever their numbers.
 */
final class CLook {
  /** What stands before the number of a process that is no task of the trial. */
  private static final String PROCESS = "process ";

  private final String task;
  private final boolean withMounts;
  private final List<String> statements = new ArrayList<>();

  private CLook(String task, boolean withMounts) {
    this.task = CText.literal(task.startsWith(PROCESS) ? task.substring(PROCESS.length()) : task);
    this.withMounts = withMounts;
  }

  /**
   * The statements.
   *
   * @param withMounts whether mount tables are looked at: those of a machine's own root, or with
   *     its programs, are not those on record
   */
  static List<String> statements(Event.Looked looked, boolean withMounts) {
    CLook look = new CLook(looked.task(), withMounts);
    look.add(looked.sight());
    return look.statements;
  }

  private void add(Sight sight) {
    if (sight instanceof Sight.Root root) {
      place("root", root.value());
    } else if (sight instanceof Sight.Cwd cwd) {
      place("cwd", cwd.value());
    } else if (sight instanceof Sight.Mounts mounts) {
      table("mounts", mounts.value());
    } else if (sight instanceof Sight.Tree tree) {
      table("tree", tree.value());
    } else {
      View view = ((Sight.Whole) sight).value();
      place("root", view.root());
      place("cwd", view.cwd());
      table("mounts", view.mounts());
      statements.add("look_at_namespace(" + task + ", " + view.namespace() + ");");
      table("tree", view.tree());
    }
  }

  private void place(String link, FileId place) {
    statements.add("look_at(" + task + ", \"" + link + "\", " + numbers(place) + ");");
  }

  /** Device, inode and mount as arguments. */
  static String numbers(FileId file) {
    return file.device() + ", " + file.inode() + ", " + file.mount();
  }

  private void table(String what, MountTable table) {
    if (!withMounts) {
      return;
    }
    StringBuilder text = new StringBuilder("look_at_" + what + "(" + task + ", ");
    text.append(table.mounts().size()).append(", (struct mount_on_record[]){");
    table.mounts().forEach(mount -> text.append("\n\t\t").append(initializer(mount)).append(','));
    statements.add(text.append("\n\t});").toString());
  }

  private static String initializer(Mount mount) {
    Propagation propagation = mount.propagation();
    return "{"
        + mount.id()
        + ", "
        + mount.parent()
        + ", "
        + CText.literal(mount.point())
        + ", "
        + CText.literal(mount.type())
        + ", "
        + mount.device()
        + ", "
        + CText.literal(mount.root())
        + ", "
        + CText.literal(mount.options())
        + field("shared", propagation.shared())
        + field("master", propagation.master())
        + field("propagate_from", propagation.from())
        + field("unbindable", propagation.unbindable() ? 1 : 0)
        + "}";
  }

  private static String field(String name, long value) {
    return value == 0 ? "" : ", ." + name + " = " + value;
  }
}
