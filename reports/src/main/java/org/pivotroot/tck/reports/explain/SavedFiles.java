package org.pivotroot.tck.reports.explain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.specification.Scene;
import org.pivotroot.tck.reports.store.ReportException;

/**
 * What came with a report of a bug.
 *
 * @param mountinfo /proc/PID/mountinfo of the process, or of one of its namespace that sees more
 * @param root where in that table its root is; null for its top
 * @param cwd where its working directory is; null if that is its root
 * @param status /proc/PID/status of the process; null if that did not come
 * @param kernel release of the kernel
 */
public record SavedFiles(Path mountinfo, String root, String cwd, Path status, String kernel) {

  /**
   * Reads them.
   *
   * @throws ReportException if one cannot be read, or is not what it should be
   */
  public Subject subject() {
    MountTable table = Mountinfo.parse(read(mountinfo), mountinfo.toString());
    String top = root == null ? "/" : root;
    String place = cwd == null ? top : cwd;
    // Without a mount on /, the table's paths begin at a root that is no mount point.
    if (table.mounts().stream().noneMatch(mount -> mount.point().equals("/"))) {
      place = Within.relative(place, top).orElse(place);
      top = "/";
    }
    return new Subject(
        "the process of " + mountinfo,
        kernel,
        table,
        top,
        Optional.of(place),
        status == null
            ? Optional.empty()
            : Optional.of(Status.parse(read(status), status.toString())),
        Map::of,
        Scene.Files.UNSEEN,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ReportException(file + " does not exist", e);
    } catch (IOException e) {
      throw new ReportException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
