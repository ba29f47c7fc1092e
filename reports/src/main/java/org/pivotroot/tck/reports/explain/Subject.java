package org.pivotroot.tck.reports.explain;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.pivotroot.tck.reports.store.ReportException;

/** The process whose call is judged, seen through its directory in /proc. */
final class Subject {
  private static final int CAP_SYS_ADMIN = 21;
  private static final int MOST_LINKS = 40;

  private final Path proc;
  private final String release;

  /**
   * A process.
   *
   * @param proc its directory, such as {@code /proc/1}
   * @param release of the running kernel
   */
  Subject(Path proc, String release) {
    this.proc = proc;
    this.release = release;
  }

  /** What {@code uname -r} prints. */
  String release() {
    return release;
  }

  /** What a path leads to. */
  enum Kind {
    DIRECTORY,
    OTHER,
    MISSING,
    UNSEEN
  }

  /**
   * A path without symbolic links and dots.
   *
   * @param path as the process sees it; up to the component that is missing; links and all if it
   *     cannot be seen
   * @param kind what is there
   */
  record Resolved(String path, Kind kind) {}

  MountInfo mounts() {
    Path file = proc.resolve("mountinfo");
    return MountInfo.parse(read(file), file.toString());
  }

  /** Whether the effective set has CAP_SYS_ADMIN; empty if that cannot be seen. */
  Optional<Boolean> privileged() {
    return read(proc.resolve("status"))
        .lines()
        .filter(line -> line.startsWith("CapEff:"))
        .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
        .map(set -> (set >>> CAP_SYS_ADMIN & 1) == 1)
        .findFirst();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new ReportException(
          file + " does not exist: there is no such process; give the id of a running one", e);
    } catch (IOException e) {
      throw new ReportException(
          file + " cannot be read: " + e.getMessage() + ". Run this as the same user or as root.",
          e);
    }
  }

  /**
   * Walks a path from the process's root or working directory; absolute links start at the root.
   */
  Resolved resolve(String given) {
    String path = given.startsWith("/") ? given : cwd() + "/" + given;
    Deque<String> todo = new ArrayDeque<>(List.of(path.split("/", -1)));
    List<String> done = new ArrayList<>();
    int links = 0;
    while (!todo.isEmpty()) {
      String name = todo.pop();
      if (name.equals("..")) {
        if (!done.isEmpty()) {
          done.remove(done.size() - 1);
        }
      } else if (!name.isEmpty() && !name.equals(".")) {
        done.add(name);
        try {
          Path here = host(done);
          if (Files.isSymbolicLink(here)) {
            if (++links > MOST_LINKS) {
              return new Resolved(text(done), Kind.MISSING);
            }
            String target = Files.readSymbolicLink(here).toString();
            done.remove(done.size() - 1);
            if (target.startsWith("/")) {
              done.clear();
            }
            List<String> parts = List.of(target.split("/", -1));
            for (int i = parts.size() - 1; i >= 0; i--) {
              todo.push(parts.get(i));
            }
          } else {
            Files.readAttributes(here, "isDirectory", LinkOption.NOFOLLOW_LINKS);
          }
        } catch (AccessDeniedException e) {
          return new Resolved(Path.of(path).normalize().toString(), Kind.UNSEEN);
        } catch (IOException e) {
          return new Resolved(text(done), Kind.MISSING);
        }
      }
    }
    return new Resolved(
        text(done), Files.isDirectory(host(done)) || done.isEmpty() ? Kind.DIRECTORY : Kind.OTHER);
  }

  /** The working directory as the process sees it. */
  private Path cwd() {
    try {
      Path root = Files.readSymbolicLink(proc.resolve("root"));
      Path cwd = Files.readSymbolicLink(proc.resolve("cwd"));
      if (!cwd.startsWith(root)) {
        throw new ReportException(
            "the working directory of the process, "
                + cwd
                + ", is outside its root, "
                + root
                + "; give absolute paths");
      }
      return Path.of("/").resolve(root.relativize(cwd));
    } catch (IOException e) {
      throw new ReportException(
          proc + "/cwd cannot be read; give absolute paths, or run this as root", e);
    }
  }

  private Path host(List<String> names) {
    return proc.resolve("root").resolve(String.join("/", names));
  }

  private static String text(List<String> names) {
    return "/" + String.join("/", names);
  }
}
