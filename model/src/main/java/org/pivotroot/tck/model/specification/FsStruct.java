package org.pivotroot.tck.model.specification;

/** Root and working directory, which tasks can share (CLONE_FS; struct fs_struct). */
final class FsStruct {
  Place root;
  Place cwd;
  int mask;

  FsStruct(Place root, Place cwd, int mask) {
    this.root = root;
    this.cwd = cwd;
    this.mask = mask;
  }

  FsStruct copy() {
    return new FsStruct(root, cwd, mask);
  }
}
