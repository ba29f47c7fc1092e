package org.pivotroot.tck.harness.environment;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where classes were loaded from. */
public final class ClassFiles {
  private ClassFiles() {}

  /** The folder or archive on the class path that holds a class. */
  public static Path rootOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path with a malformed entry", e);
    }
  }
}
