package org.pivotroot.tck.reports.explain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.specification.Scene.Files.Kind;
import org.pivotroot.tck.model.specification.Scene.Files.Seen;
import org.pivotroot.tck.reports.store.ReportException;

/** A running process, seen through its directory in /proc. */
public final class LiveProcess {
  /** The inode number that the kernel gives to the initial user namespace (proc_ns.h). */
  private static final String INITIAL = "user:[4026531837]";

  private final Path proc;
  private final Path self;
  private final String kernel;

  /**
   * A process.
   *
   * @param proc its directory, such as {@code /proc/1}
   * @param self that of the process which looks
   * @param kernel release of the running kernel
   */
  public LiveProcess(Path proc, Path self, String kernel) {
    this.proc = proc;
    this.self = self;
    this.kernel = kernel;
  }

  /**
   * Looks at it.
   *
   * @throws ReportException if it is not there or cannot be looked at
   */
  public Subject subject() {
    String title = "process " + proc.getFileName();
    MountTable own = table(proc);
    Optional<String> root = link(proc, "root");
    Optional<String> cwd = link(proc, "cwd");
    Optional<Status> status = Optional.of(Status.parse(read("status"), proc + "/status"));
    Optional<MountTable> whole = root.flatMap(path -> whole(own));
    if (whole.isPresent()) {
      return new Subject(
          title,
          kernel,
          whole.get(),
          root.get(),
          cwd,
          status,
          this::users,
          path -> at(self.resolve("root"), path),
          owner(),
          initial(),
          confinement());
    }
    Optional<String> within =
        root.flatMap(top -> cwd.flatMap(place -> Within.relative(place, top)));
    return new Subject(
        title,
        kernel,
        own,
        "/",
        within,
        status,
        Map::of,
        path -> at(proc.resolve("root"), path),
        owner(),
        initial(),
        confinement());
  }

  /** What the one who looks sees, if it is in the same namespace and sees all that, and more. */
  private Optional<MountTable> whole(MountTable own) {
    if (link(proc, "ns/mnt").isEmpty() || !link(proc, "ns/mnt").equals(link(self, "ns/mnt"))) {
      return Optional.empty();
    }
    MountTable seen = table(self);
    boolean all = own.mounts().stream().allMatch(mount -> seen.withId(mount.id()).isPresent());
    return all ? Optional.of(seen) : Optional.empty();
  }

  /**
   * Where other processes of its mount namespace have their roots, working directories and open
   * files, as far as that may be seen.
   */
  private Map<String, String> users() {
    Map<String, String> users = new TreeMap<>();
    for (Path other : list(proc.getParent())) {
      String pid = other.getFileName().toString();
      if (pid.matches("\\d+") && link(other, "ns/mnt").equals(link(proc, "ns/mnt"))) {
        // Where the process itself is, is known.
        if (!other.getFileName().equals(proc.getFileName())) {
          user(users, other, "root");
          user(users, other, "cwd");
        }
        list(other.resolve("fd")).forEach(file -> user(users, other, "fd/" + file.getFileName()));
      }
    }
    return users;
  }

  private static void user(Map<String, String> users, Path process, String name) {
    link(process, name)
        .filter(path -> path.startsWith("/"))
        .ifPresent(path -> users.put(name + " of process " + process.getFileName(), path));
  }

  private static List<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private MountTable table(Path of) {
    Path file = of.resolve("mountinfo");
    return Mountinfo.parse(read(file), file.toString());
  }

  private String read(String file) {
    return read(proc.resolve(file));
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

  private static Optional<String> link(Path of, String name) {
    try {
      return Optional.of(Files.readSymbolicLink(of.resolve(name)).toString());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<Boolean> initial() {
    return link(proc, "ns/user").map(INITIAL::equals);
  }

  /**
   * Who is in the initial user namespace is privileged in all. Who is not, but in the same mount
   * namespace as one who is, does not own it.
   */
  private Optional<Boolean> owner() {
    if (initial().isEmpty() || initial().get()) {
      return initial();
    }
    boolean withInitial =
        link(self, "ns/user").filter(INITIAL::equals).isPresent()
            && link(self, "ns/mnt").equals(link(proc, "ns/mnt"));
    return withInitial ? Optional.of(false) : Optional.empty();
  }

  private Optional<String> confinement() {
    try {
      byte[] text = Files.readAllBytes(proc.resolve("attr/current"));
      return Optional.of(new String(text, StandardCharsets.UTF_8).replace("\0", "").strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      // So it is where no security module keeps anything there.
      return Optional.of("");
    }
  }

  private static Seen at(Path root, String path) {
    Path file = root.resolve(path.substring(1));
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) {
        return new Seen(Kind.LINK, Files.readSymbolicLink(file).toString());
      }
      return new Seen(attributes.isDirectory() ? Kind.DIRECTORY : Kind.OTHER, "");
    } catch (NoSuchFileException e) {
      return new Seen(Kind.MISSING, "");
    } catch (IOException e) {
      return new Seen(Kind.UNSEEN, "");
    }
  }
}
