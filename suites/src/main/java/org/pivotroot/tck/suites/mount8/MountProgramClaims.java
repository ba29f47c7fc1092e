package org.pivotroot.tck.suites.mount8;

import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Needs;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.look.FileId;

/** The program mount of util-linux, as far as it is part of changing roots. */
@Page("mount(8)")
class MountProgramClaims {
  private static final Ran SILENT = new Ran(0, "", "");

  @Claim(
      id = "mount-8-make-propagation",
      section = "COMMANDS",
      says = "--make-shared, -private, -unbindable and -rshared set the type they are named after",
      catches = "a kernel that refuses one of them",
      userland = true)
  void makes(Stage stage) {
    Task s = stage.task("S");
    s.mountTmpfs("/new/old");
    s.run("mount", "--make-shared", "/new").is(SILENT);
    s.mountAt("/new").isShared();
    s.mountAt("/new/old").isPrivate();
    s.run("mount", "--make-private", "/new").is(SILENT);
    s.mountAt("/new").isPrivate();
    if (stage.has(Feature.UNBINDABLE_MOUNTS)) {
      s.run("mount", "--make-unbindable", "/new").is(SILENT);
      s.mountAt("/new").isUnbindable();
    }
    s.run("mount", "--make-rshared", "/new").is(SILENT);
    s.mountAt("/new").isShared();
    s.mountAt("/new/old").isShared();
  }

  @Claim(
      id = "mount-8-bind-and-rbind",
      section = "COMMANDS",
      says = "--bind attaches one mount a second time, --rbind what is mounted below it as well",
      catches = "a kernel that always or never takes the mounts below along",
      userland = true)
  void binds(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/one");
    s.mkdir("/all");
    s.mountTmpfs("/new/old");
    s.run("mount", "--bind", "/new", "/one").is(SILENT);
    s.run("mount", "--rbind", "/new", "/all").is(SILENT);
    s.mountAt("/one").isThere();
    s.mountAt("/one/old").isAbsent();
    s.mountAt("/all").isThere();
    s.mountAt("/all/old").isThere();
  }

  @Claim(
      id = "mount-8-move",
      section = "COMMANDS",
      says = "--move takes a mount, with what is mounted in it, from one place to another",
      catches = "a kernel that copies it, or leaves the mounts in it behind",
      userland = true)
  @Needs(Feature.MOVING)
  void moves(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mountTmpfs("/new/old");
    FileId first = s.stat("/new").value();
    FileId second = s.stat("/new/old").value();
    s.run("mount", "--move", "/new", "/place").is(SILENT);
    s.stat("/place").is(first);
    s.stat("/place/old").is(second);
    s.mountAt("/new").isAbsent();
  }
}
