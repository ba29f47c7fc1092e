package org.pivotroot.tck.model.specification;

/** An open file description. */
final class OpenFile {
  final int number;

  /** The descriptor table that it is in. */
  final int table;

  /** Of what else it may be. */
  Place place;

  MountNamespace namespace;
  UserNamespace userNamespace;

  /** Whether closing it unmounts what open_tree(2) copied. */
  boolean dissolves;

  boolean writes;

  /** Whether it is only a path: O_PATH. */
  boolean isPath;

  OpenFile(int number, int table) {
    this.number = number;
    this.table = table;
  }
}
