package org.pivotroot.tck.suites.mount8;

import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.Ran;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;

/** The program mount of util-linux, as far as it is part of changing roots. */
@Page("mount(8)")
class MountProgramClaims {
  private static final Ran SILENT = new Ran(0, "", "");

  private static List<String> kinds(Task task, String point) {
    return task.mounts().value().at(point).orElseThrow().propagation().stream()
        .map(tag -> tag.replaceAll(":.*", ""))
        .toList();
  }

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
    stage.check(kinds(s, "/new").equals(List.of("shared")), "/new: " + kinds(s, "/new"));
    stage.check(kinds(s, "/new/old").isEmpty(), "the change went further down");
    s.run("mount", "--make-private", "/new").is(SILENT);
    stage.check(kinds(s, "/new").isEmpty(), "/new: " + kinds(s, "/new"));
    s.run("mount", "--make-unbindable", "/new").is(SILENT);
    stage.check(kinds(s, "/new").equals(List.of("unbindable")), "/new: " + kinds(s, "/new"));
    s.run("mount", "--make-rshared", "/new").is(SILENT);
    stage.check(kinds(s, "/new").equals(List.of("shared")), "/new: " + kinds(s, "/new"));
    stage.check(kinds(s, "/new/old").equals(List.of("shared")), "the change is not recursive");
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
    stage.check(s.mounts().value().at("/one").isPresent(), "/one is no mount");
    stage.check(s.mounts().value().at("/one/old").isEmpty(), "--bind was recursive");
    stage.check(s.mounts().value().at("/all/old").isPresent(), "--rbind was not");
  }

  @Claim(
      id = "mount-8-move",
      section = "COMMANDS",
      says = "--move takes a mount, with what is mounted in it, from one place to another",
      catches = "a kernel that copies it, or leaves the mounts in it behind",
      userland = true)
  void moves(Stage stage) {
    Task s = stage.task("S");
    s.mkdir("/place");
    s.mountTmpfs("/new/old");
    long first = s.stat("/new").value().mount();
    long second = s.stat("/new/old").value().mount();
    s.run("mount", "--move", "/new", "/place").is(SILENT);
    stage.check(s.stat("/place").value().mount() == first, "the mount is not at /place");
    stage.check(s.stat("/place/old").value().mount() == second, "what was in it is not");
    stage.check(s.mounts().value().at("/new").isEmpty(), "/new is still mounted");
  }
}
