package org.pivotroot.tck.harness.environment;

import java.io.File;
import java.util.Optional;
import java.util.regex.Pattern;

/** The programs of this host. */
final class HostPrograms {
  private HostPrograms() {}

  /** Where on the PATH a program is. */
  static Optional<String> find(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Pattern.compile(File.pathSeparator)
        .splitAsStream(path)
        .map(directory -> new File(directory, program))
        .filter(File::canExecute)
        .findFirst()
        .map(File::getAbsolutePath);
  }
}
