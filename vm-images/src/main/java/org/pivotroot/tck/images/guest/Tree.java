package org.pivotroot.tck.images.guest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The guest's file system before it is packed. Paths are relative to the guest's root and have no
 * symbolic link in any component but the last: what is put below a link lands where the link leads.
 */
final class Tree {
  private static final int MAX_LINKS = 40;

  private final SortedMap<String, Node> nodes = new TreeMap<>();

  /** The nodes by path, every directory before what is in it. */
  SortedMap<String, Node> nodes() {
    return Collections.unmodifiableSortedMap(nodes);
  }

  /** Puts a node, and directories above it where there are none. Replaces what was there. */
  void put(String path, Node node) {
    List<String> names = names(path);
    if (names.isEmpty()) {
      return;
    }
    String parent = resolve(String.join("/", names.subList(0, names.size() - 1)), true);
    String place = child(parent, names.get(names.size() - 1));
    if (node instanceof Node.Directory && nodes.get(place) instanceof Node.Link) {
      return;
    }
    for (int end = place.indexOf('/'); end >= 0; end = place.indexOf('/', end + 1)) {
      nodes.putIfAbsent(place.substring(0, end), new Node.Directory(0755));
    }
    nodes.put(place, node);
  }

  /** What the path leads to after all its links; empty if a component is missing. */
  Optional<Map.Entry<String, Node>> find(String path) {
    String place = resolve(path, false);
    Node node = place == null ? null : nodes.get(place);
    return node == null ? Optional.empty() : Optional.of(Map.entry(place, node));
  }

  /** Adds the files and directories of a host directory. Owners and times are not taken over. */
  void putAll(String path, Path directory) throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      for (Path each : (Iterable<Path>) found.sorted()::iterator) {
        String place = child(path, directory.relativize(each).toString());
        if (Files.isSymbolicLink(each)) {
          put(place, new Node.Link(Files.readSymbolicLink(each).toString()));
        } else if (Files.isDirectory(each)) {
          put(place, new Node.Directory(0755));
        } else {
          put(place, new Node.File(Files.isExecutable(each) ? 0755 : 0644, Node.Content.of(each)));
        }
      }
    }
  }

  /** Writes files, directories and links below a host directory; devices are left out. */
  void writeTo(Path directory) throws IOException {
    for (Map.Entry<String, Node> entry : nodes.entrySet()) {
      Path place = directory.resolve(entry.getKey());
      Node node = entry.getValue();
      if (node instanceof Node.Directory) {
        Files.createDirectories(place);
      } else if (node instanceof Node.Link link) {
        Files.createSymbolicLink(place, Path.of(link.target()));
      } else if (node instanceof Node.File file) {
        Files.write(place, file.content().read());
        Set<PosixFilePermission> permissions =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        if ((file.permissions() & 0100) != 0) {
          permissions.add(PosixFilePermission.OWNER_EXECUTE);
        }
        Files.setPosixFilePermissions(place, permissions);
        Files.setLastModifiedTime(place, FileTime.fromMillis(0));
      }
    }
  }

  private String resolve(String path, boolean mayBeMissing) {
    Deque<String> todo = new ArrayDeque<>(names(path));
    String place = "";
    int links = 0;
    while (!todo.isEmpty()) {
      String name = todo.pop();
      if (name.equals("..")) {
        place = place.contains("/") ? place.substring(0, place.lastIndexOf('/')) : "";
        continue;
      }
      String next = child(place, name);
      Node node = nodes.get(next);
      if (node instanceof Node.Link link) {
        if (++links > MAX_LINKS) {
          throw new UncheckedIOException(
              new IOException("/" + path + " in the guest's file system is a loop of links"));
        }
        List<String> target = names(link.target());
        for (int i = target.size() - 1; i >= 0; i--) {
          todo.push(target.get(i));
        }
        if (link.target().startsWith("/")) {
          place = "";
        }
      } else if (node == null && !mayBeMissing) {
        return null;
      } else {
        place = next;
      }
    }
    return place;
  }

  private static String child(String parent, String name) {
    return parent.isEmpty() || name.isEmpty() ? parent + name : parent + "/" + name;
  }

  private static List<String> names(String path) {
    return Stream.of(path.split("/")).filter(name -> !name.isEmpty() && !name.equals(".")).toList();
  }
}
