package org.pivotroot.tck.suites.mount8;

import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.MountFlag.MS_MOVE;
import static org.pivotroot.tck.model.call.MountFlag.MS_NOATIME;
import static org.pivotroot.tck.model.call.MountFlag.MS_NODEV;
import static org.pivotroot.tck.model.call.MountFlag.MS_NOEXEC;
import static org.pivotroot.tck.model.call.MountFlag.MS_NOSUID;
import static org.pivotroot.tck.model.call.MountFlag.MS_PRIVATE;
import static org.pivotroot.tck.model.call.MountFlag.MS_RDONLY;
import static org.pivotroot.tck.model.call.MountFlag.MS_REC;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MountFlag.MS_SILENT;
import static org.pivotroot.tck.model.call.MountFlag.MS_SLAVE;
import static org.pivotroot.tck.model.call.MountFlag.MS_UNBINDABLE;

import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Columns;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.look.MountTable;

/** What mount(8) says of bind mounts, moves and propagation, in detail. */
@Page("mount(8)")
class MountOperationClaims {
  private static final Ran SILENT = new Ran(0, "", "");

  @Claim(
      id = "make-type-and-recursive",
      section = "COMMANDS",
      says =
          "--make-TYPE changes one mount and --make-rTYPE those below it too, for all four types",
      catches = "a kernel in which one of the types is always or never recursive",
      userland = true)
  @Columns(
      of = "what mount changes the type of",
      row = "--make-TYPE and --make-rTYPE",
      value = {"shared", "slave", "private", "unbindable"})
  void typeAndRecursive(Stage stage, String type) {
    if (type.equals("unbindable")) {
      stage.needs(Feature.UNBINDABLE_MOUNTS);
    }
    Task s = stage.task("S");
    for (String option : List.of("--make-" + type, "--make-r" + type)) {
      boolean recursive = option.startsWith("--make-r");
      String before = type.equals("shared") ? "private" : "shared";
      // Each mount that is to be a slave has a peer to be its master.
      s.newTmpfsOfType(before, "/top" + option);
      s.newTmpfsOfType(before, "/top" + option + "/below");
      s.run("mount", option, "/top" + option).is(SILENT);
      s.mountAt("/top" + option).isType(type);
      s.mountAt("/top" + option + "/below").isType(recursive ? type : before);
    }
  }

  @Claim(
      id = "mount-bind-is-an-ordinary-mount",
      section = "COMMANDS",
      says = "A bind mount is listed like any other mount, and can become the root like one",
      catches = "a kernel that marks bind mounts, or refuses to make one the root",
      userland = true)
  void ordinary(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/copy");
    s.run("mount", "--bind", "/new", "/copy").is(SILENT);
    Mount original = s.mountAt("/new").value();
    Mount copy = s.mountAt("/copy").value();
    stage.check(
        copy.equals(original.placed(copy.id(), original.parent(), "/copy")),
        "the two mounts differ in more than mount point and ID");
    FileId newRoot = s.stat("/copy").value();
    s.pivotRoot("/copy", "/copy/old").succeeds();
    s.root().is(newRoot);
  }

  @Claim(
      id = "mount-bind-outlives-its-source",
      section = "COMMANDS",
      says = "A bind mount does not depend on the mount that it was made from",
      catches = "a kernel that ends a bind mount with its source, or refuses to unmount that",
      userland = true)
  void outlives(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/copy");
    s.mountTmpfs("/new/old");
    s.createFile("/new/old/file");
    s.run("mount", "--bind", "/new/old", "/copy").is(SILENT);
    FileId file = s.stat("/copy/file").value();
    s.run("umount", "/new/old").is(SILENT);
    s.mountAt("/new/old").isAbsent();
    s.stat("/copy/file").is(file);
    s.mkdir("/copy/later").succeeds();
  }

  @Claim(
      id = "mount-bind-shows-directory-twice",
      section = "COMMANDS",
      says = "After mount --bind the same directory is seen at both places",
      catches = "a kernel that copies the directory, or moves the mount",
      userland = true)
  void twice(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/copy");
    s.mkdir("/new/dir");
    FileId original = s.stat("/new/dir").value();
    s.run("mount", "--bind", "/new/dir", "/copy").is(SILENT);
    FileId copy = s.stat("/copy").value();
    s.stat("/new/dir").is(original);
    stage.check(copy.sameFile(original), "/copy is another directory");
    stage.check(!stage.areInOneMount(copy, original), "/copy is no mount of its own");
    s.mkdir("/copy/made");
    s.stat("/new/dir/made").succeeds();
    s.rmdir("/new/dir/made");
    s.mkdir("/copy/made").succeeds();
  }

  @Claim(
      id = "mount-command-namespace",
      section = "OPTIONS",
      says = "-N mounts in another namespace, which needs to hold neither mount nor libraries",
      catches = "a kernel in which a running program loses its files with a change of namespace",
      userland = true)
  void namespace(Stage stage) {
    Task s = stage.task("S");
    s.run("cp", "/usr/bin/busybox", "/busybox").is(SILENT);
    s.createFile("/ns");
    MountTable before = s.mounts().value();
    s.run("unshare", "--mount=/ns", "umount", "-l", "/usr").is(SILENT);
    s.run("nsenter", "--mount=/ns", "/busybox", "test", "!", "-e", "/usr/bin/mount").is(SILENT);
    s.run("mount", "-N", "/ns", "-t", "tmpfs", "there", "/new/old").is(SILENT);
    s.run(
            "nsenter",
            "--mount=/ns",
            "/busybox",
            "grep",
            "-c",
            stage.has(Feature.MOUNT_SOURCES)
                ? " /new/old .* - tmpfs there "
                : " /new/old .* - tmpfs ",
            "/proc/self/mountinfo")
        .is(new Ran(0, "1", ""));
    s.umount("/ns").succeeds();
    s.mounts().is(before);
  }

  @Claim(
      id = "mount-command-several-propagation-flags",
      section = "OPTIONS",
      says = "Several --make options can go with a mount; they take effect after it, in order",
      catches = "a kernel in which a later change of type does not replace an earlier one",
      userland = true)
  @Needs(Feature.UNBINDABLE_MOUNTS)
  void severalFlags(Stage stage) {
    Task s = stage.task("S");
    s.run("mount", "-t", "tmpfs", "--make-private", "--make-unbindable", "none", "/new/old")
        .is(SILENT);
    s.mountAt("/new/old").isUnbindable();
    s.run("umount", "/new/old").is(SILENT);
    s.run("mount", "-t", "tmpfs", "--make-unbindable", "--make-shared", "none", "/new/old")
        .is(SILENT);
    s.mountAt("/new/old").isShared();
    s.run("umount", "/new/old").is(SILENT);
    s.run("mount", "-t", "tmpfs", "--make-shared", "--make-unbindable", "none", "/new/old")
        .is(SILENT);
    s.mountAt("/new/old").isUnbindable();
  }

  @Claim(
      id = "mount-move-of-directory-einval",
      section = "COMMANDS",
      says = "A directory that is no mount point cannot be moved",
      catches = "a kernel that moves the whole mount, or makes a bind mount instead",
      userland = true)
  void moveOfDirectory(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mkdir("/new/dir");
    MountTable before = s.mounts().value();
    Ran ran = s.run("mount", "--move", "/new/dir", "/place").value();
    stage.check(ran.status() == 32, () -> "it ended with " + ran.status());
    s.mounts().is(before);
    s.move("/new/dir", "/place").fails(EINVAL);
    s.bind("/new/dir", "/new/dir");
    s.run("mount", "--move", "/new/dir", "/place").is(SILENT);
    s.mountAt("/place").isThere();
  }

  @Claim(
      id = "private-neither-sends-nor-receives",
      section = "COMMANDS",
      says = "Mounts on a private copy of a shared mount go nowhere, and none come to it",
      catches = "a kernel that leaves a mount made private in its peer group, in one direction",
      userland = true)
  void privateCopy(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/copy");
    s.mkdir("/new/two");
    s.run("mount", "--make-shared", "/new").is(SILENT);
    s.run("mount", "--bind", "/new", "/copy").is(SILENT);
    s.run("mount", "-t", "tmpfs", "none", "/new/old").is(SILENT);
    s.mountAt("/copy/old").isThere();
    s.run("mount", "--make-private", "/copy").is(SILENT);
    s.run("umount", "/new/old").is(SILENT);
    s.mountAt("/copy/old").isThere();
    s.run("mount", "-t", "tmpfs", "none", "/new/two").is(SILENT);
    s.mountAt("/copy/two").isAbsent();
    s.run("mount", "-t", "tmpfs", "none", "/copy/two").is(SILENT);
    s.run("umount", "/copy/two").is(SILENT);
    s.mountAt("/new/two").isThere();
    s.run("umount", "/copy/old").is(SILENT);
    s.run("mount", "-t", "tmpfs", "none", "/copy/old").is(SILENT);
    s.mountAt("/new/old").isAbsent();
  }

  @Claim(
      id = "propagation-flags-with-others-einval",
      section = "COMMANDS",
      says = "A propagation type with any flag but the recursive one and MS_SILENT is refused",
      catches = "a kernel that ignores one of the two flags, or obeys both",
      userland = true)
  void withOthers(Stage stage) {
    Task s = stage.task("S");
    MountTable before = s.mounts().value();
    for (MountFlag type : new MountFlag[] {MS_SHARED, MS_SLAVE, MS_PRIVATE, MS_UNBINDABLE}) {
      s.propagation("/new", type, MS_RDONLY).fails(EINVAL);
      s.propagation("/new", type, MS_NOSUID).fails(EINVAL);
      s.propagation("/new", type, MS_NODEV).fails(EINVAL);
      s.propagation("/new", type, MS_NOEXEC).fails(EINVAL);
      s.propagation("/new", type, MS_NOATIME).fails(EINVAL);
      s.propagation("/new", type, MS_MOVE).fails(EINVAL);
    }
    s.mounts().is(before);
    s.propagation("/new", MS_SHARED, MS_SILENT).succeeds();
    s.mountAt("/new").isShared();
    s.propagation("/new", MS_PRIVATE).succeeds();
    s.propagation("/new", MS_SHARED, MS_REC).succeeds();
    s.mountAt("/new").isShared();
  }
}
