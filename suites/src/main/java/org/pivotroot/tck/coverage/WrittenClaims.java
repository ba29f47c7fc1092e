package org.pivotroot.tck.coverage;

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
 * @param claims by id
 */
record WrittenClaims(Map<String, Written> claims) {
  /** The value of {@link Claim#editions()} that says that no page makes the claim. */
  static final String NO_EDITION = "none";

  /**
   * A claim.
   *
   * @param page that it is filed under
   * @param editions the editions that are said to make it
   */
  record Written(String page, String editions) {
    /** Whether some page is said to make the claim. */
    boolean isMadeByPage() {
      return !editions.equals(NO_EDITION);
    }
  }

  private static final String CLASSES = "Claims.class";

  WrittenClaims {
    claims = new TreeMap<>(claims);
  }

  /**
   * The claims in a folder of classes.
   *
   * @param loader finds the classes in the folder, and those that they use
   * @throws CoverageException if the folder has none, or one that is not as it must be
   */
  static WrittenClaims in(Path folder, ClassLoader loader) {
    Map<String, Written> claims = new TreeMap<>();
    for (String name : classes(folder)) {
      try {
        add(Class.forName(name, false, loader), claims);
      } catch (ClassNotFoundException | LinkageError e) {
        throw new CoverageException(
            "cannot load " + name + " from " + folder + " (" + e + "): compile the suites", e);
      }
    }
    if (claims.isEmpty()) {
      throw new CoverageException(
          "no claim in " + folder + ": compile the suites, or name the folder with --classes");
    }
    return new WrittenClaims(claims);
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

  private static void add(Class<?> type, Map<String, Written> claims) {
    for (Method method : type.getDeclaredMethods()) {
      Claim claim = method.getAnnotation(Claim.class);
      if (claim != null) {
        Page page = type.getAnnotation(Page.class);
        if (page == null) {
          throw new CoverageException(type.getName() + " holds claims and names no @Page");
        }
        if (claims.putIfAbsent(claim.id(), new Written(page.value(), claim.editions())) != null) {
          throw new CoverageException("the claim " + claim.id() + " is written twice");
        }
      }
    }
  }
}
