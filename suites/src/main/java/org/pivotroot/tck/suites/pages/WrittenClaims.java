package org.pivotroot.tck.suites.pages;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;

/**
 * The claims that are written, found in compiled classes.
 *
 * @param pages page by claim id
 */
record WrittenClaims(Map<String, String> pages) {
  /** The page of claims that no manual page makes. */
  static final String UNDOCUMENTED = "undocumented";

  private static final String CLASSES = "Claims.class";

  WrittenClaims {
    pages = new TreeMap<>(pages);
  }

  /**
   * The claims in a folder of classes.
   *
   * @param loader finds the classes in the folder, and those that they use
   * @throws CoverageException if the folder has none, or one that is not as it must be
   */
  static WrittenClaims in(Path folder, ClassLoader loader) {
    Map<String, String> pages = new TreeMap<>();
    for (String name : classes(folder)) {
      try {
        add(Class.forName(name, false, loader), pages);
      } catch (ClassNotFoundException | LinkageError e) {
        throw new CoverageException(
            "cannot load " + name + " from " + folder + " (" + e + "): compile the suites", e);
      }
    }
    if (pages.isEmpty()) {
      throw new CoverageException(
          "no claim in " + folder + ": compile the suites, or name the folder with --classes");
    }
    return new WrittenClaims(pages);
  }

  private static List<String> classes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString())
          .filter(file -> file.endsWith(CLASSES))
          .map(file -> file.replaceFirst("\\.class$", "").replace('/', '.'))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new CoverageException(
          "cannot list "
              + folder
              + " ("
              + e
              + "): compile the suites, or name the folder with"
              + " --classes",
          e);
    }
  }

  private static void add(Class<?> type, Map<String, String> pages) {
    for (Method method : type.getDeclaredMethods()) {
      Claim claim = method.getAnnotation(Claim.class);
      if (claim != null) {
        Page page = type.getAnnotation(Page.class);
        if (page == null) {
          throw new CoverageException(type.getName() + " holds claims and names no @Page");
        }
        if (pages.putIfAbsent(claim.id(), page.value()) != null) {
          throw new CoverageException("the claim " + claim.id() + " is written twice");
        }
      }
    }
  }
}
