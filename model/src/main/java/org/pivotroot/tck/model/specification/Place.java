package org.pivotroot.tck.model.specification;

/** Where a path leads: an object, through a mount (struct path). */
record Place(Mount mount, Node node) {

  boolean isMountRoot() {
    return node == mount.root;
  }

  /**
   * Whether one comes from here to there by going up, mount points included (is_path_reachable).
   */
  boolean isUnder(Place above) {
    Place at = this;
    while (at.mount != above.mount) {
      if (!at.mount.hasParent()) {
        return false;
      }
      at = new Place(at.mount.parent, at.mount.point);
    }
    return at.node.isAtOrBelow(above.node);
  }
}
