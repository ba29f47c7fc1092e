package org.pivotroot.tck.harness.task;

import org.pivotroot.tck.harness.wire.Reply;

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
  static View of(Reply.TaskSurvey survey) {
    return new View(
        FileId.of(survey.root()),
        FileId.of(survey.cwd()),
        MountTable.parse(survey.mountinfo()),
        survey.namespace(),
        MountTable.parse(survey.wholeTree()));
  }
}
