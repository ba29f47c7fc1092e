package org.pivotroot.tck.model.look;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Where a task stood when its trial was over.
 *
 * @param task the task
 * @param root where its root was
 * @param cwd where its working directory was
 * @param namespace its mount namespace
 * @param tree the mounts of that namespace as seen from the namespace's own root; null where an
 *     earlier task of the list shows them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Standing(String task, FileId root, FileId cwd, long namespace, MountTable tree) {

  /** As transcripts show it, where all numbers are names. */
  @Override
  public String toString() {
    return task + ": root " + root + ", cwd " + cwd + ", mntns#" + namespace;
  }
}
