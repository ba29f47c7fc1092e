package org.pivotroot.tck.reports.manual;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pivotroot.tck.reports.store.ReportException;

/** The mandoc program, which makes HTML and PDF of a manual page. */
final class Mandoc {
  private Mandoc() {}

  /** Writes HTML and PDF beside the page, unless mandoc is not installed. */
  static boolean write(Path page) {
    String base = page.toString().replaceFirst("\\.7$", "");
    try {
      run(Path.of(base + ".html"), "mandoc", "-T", "html", page.toString());
      run(Path.of(base + ".pdf"), "mandoc", "-T", "pdf", page.toString());
      return true;
    } catch (MissingException e) {
      return false;
    }
  }

  private static final class MissingException extends Exception {
    private static final long serialVersionUID = 1;
  }

  private static void run(Path to, String... command) throws MissingException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectOutput(to.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      deleteEmpty(to);
      throw new MissingException();
    }
    try {
      if (process.waitFor() != 0) {
        throw new ReportException(
            to + " could not be made: mandoc ended with status " + process.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ReportException("interrupted while mandoc made " + to, e);
    }
  }

  private static void deleteEmpty(Path file) {
    File created = file.toFile();
    if (created.length() == 0 && !created.delete() && Files.exists(file)) {
      throw new ReportException(file + " is empty and cannot be removed; remove it");
    }
  }
}
