package org.pivotroot.tck.reports.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.pivotroot.tck.reports.store.ReportException;

/** A directory that reports are written to. */
public final class Output {
  private final Path directory;

  /** An output directory; it need not exist yet. */
  public Output(Path directory) {
    this.directory = directory;
  }

  /**
   * Removes the files of a former run from a folder within the directory, so that nothing is shown
   * that is no longer there.
   *
   * @throws ReportException if one cannot be removed
   */
  public void clear(String folder) {
    Path of = directory.resolve(folder);
    if (!Files.isDirectory(of)) {
      return;
    }
    try (Stream<Path> files = Files.list(of)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new ReportException(
          of + " cannot be emptied: " + e.getMessage() + ". Remove it and try again.", e);
    }
  }

  /**
   * Writes a text file.
   *
   * @param name path within the directory
   * @throws ReportException if it cannot be written
   */
  public Path write(String name, String text) {
    Path file = directory.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new ReportException(
          file
              + " cannot be written: "
              + e.getMessage()
              + ". Check the directory's permissions and that its disk is not full.",
          e);
    }
  }
}
