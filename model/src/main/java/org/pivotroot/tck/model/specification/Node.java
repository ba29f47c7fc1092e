package org.pivotroot.tck.model.specification;

import java.util.Map;
import java.util.TreeMap;

/** An object of a file system: a directory, a file, a link. */
final class Node {
  enum Kind {
    DIRECTORY,
    FILE,
    LINK,
    /** A fifo or device. */
    SPECIAL
  }

  final FileSystem fs;
  final int number;
  final Kind kind;

  /** Where a link leads. */
  final String target;

  /** The directory it is in, or was in when it was removed; a root is its own. */
  Node parent;

  String name = "";
  final Map<String, Node> children = new TreeMap<>();
  int mode;
  int uid;
  int gid;
  boolean removed;

  /** Whether more is in it than the specification knows. */
  boolean unknown;

  Node(FileSystem fs, int number, Kind kind, String target) {
    this.fs = fs;
    this.number = number;
    this.kind = kind;
    this.target = target;
  }

  boolean isDirectory() {
    return kind == Kind.DIRECTORY;
  }

  boolean isAtOrBelow(Node ancestor) {
    Node node = this;
    while (node != ancestor) {
      if (node.parent == node) {
        return false;
      }
      node = node.parent;
    }
    return true;
  }

  void enter(Node directory, String newName) {
    parent = directory;
    name = newName;
    directory.children.put(newName, this);
  }

  /** Takes it out of its directory, which it remembers. */
  void remove() {
    parent.children.remove(name);
    removed = true;
  }

  /** Its path in its file system, as mountinfo has it. */
  String path() {
    StringBuilder path = new StringBuilder();
    for (Node node = this; node.parent != node; node = node.parent) {
      path.insert(0, "/" + node.name);
    }
    return (path.length() == 0 ? "/" : path) + (removed ? "//deleted" : "");
  }
}
