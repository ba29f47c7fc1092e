package org.pivotroot.tck.model.specification;

/**
 * Where a lookup of all but the last component ends (struct nameidata, last and last_type).
 *
 * @param parent the directory
 * @param name the last component
 * @param kind what that is
 * @param slash whether a slash follows it
 */
record Last(Place parent, String name, Kind kind, boolean slash) {
  enum Kind {
    NORMAL,
    DOT,
    DOT_DOT,
    /** There are no components. */
    ROOT
  }

  /** What is there; null for nothing. */
  Node node() {
    return parent.node().children.get(name);
  }
}
