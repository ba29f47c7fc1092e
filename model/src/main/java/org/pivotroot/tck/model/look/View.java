package org.pivotroot.tck.model.look;

/**
 * A task seen from outside, by /proc.
 *
 * @param root where /proc/TID/root leads
 * @param cwd where /proc/TID/cwd leads
 * @param mounts /proc/TID/mountinfo: the mounts within its root
 * @param namespace inode of its mount namespace
 * @param tree the mount table of that namespace as seen from the namespace's own root
 */
public record View(FileId root, FileId cwd, MountTable mounts, long namespace, MountTable tree) {

  /** As transcripts show it, where all numbers are names. */
  @Override
  public String toString() {
    return "root " + root + ", cwd " + cwd + ", mntns#" + namespace + mounts;
  }
}
