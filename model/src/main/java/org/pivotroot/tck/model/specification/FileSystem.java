package org.pivotroot.tck.model.specification;

/** A file system: what one mount of tmpfs makes, whichever mounts show it. */
final class FileSystem {
  final int number;
  final String type;

  /** The user namespace of whoever mounted it. */
  UserNamespace owner;

  Node root;
  boolean readOnly;
  int lastNode;

  FileSystem(int number, String type) {
    this.number = number;
    this.type = type;
  }

  /** Adds an object that is in no directory yet. */
  Node make(Node.Kind kind, int mode, int uid, int gid, String target) {
    Node node = new Node(this, ++lastNode, kind, target);
    node.parent = node;
    node.mode = mode;
    node.uid = uid;
    node.gid = gid;
    return node;
  }
}
