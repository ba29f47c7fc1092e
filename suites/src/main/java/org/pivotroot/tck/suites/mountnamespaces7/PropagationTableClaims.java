package org.pivotroot.tck.suites.mountnamespaces7;

import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.MountFlag.MS_PRIVATE;
import static org.pivotroot.tck.model.call.MountFlag.MS_SHARED;
import static org.pivotroot.tck.model.call.MountFlag.MS_SLAVE;
import static org.pivotroot.tck.model.call.MountFlag.MS_UNBINDABLE;

import java.util.List;
import org.pivotroot.tck.harness.claim.Claim;
import org.pivotroot.tck.harness.claim.Columns;
import org.pivotroot.tck.harness.claim.Page;
import org.pivotroot.tck.harness.task.MountAt;
import org.pivotroot.tck.harness.task.Outcome;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.harness.task.Task;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.look.FileId;

/**
 * The tables of the page: what a mount becomes when its type is changed, when it is bound and when
 * it is moved. Each claim gives its row of the table in the order of the columns.
 */
@Page("mount_namespaces(7)")
class PropagationTableClaims {
  private static final String CHANGED = "what becomes of a mount, by its type and the change";
  private static final String BOUND = "what a bind mount becomes, by its place and its source";
  private static final String MOVED = "what a moved mount becomes, by its place and its type";

  private static final List<String> CHANGES =
      List.of("make-shared", "make-slave", "make-private", "make-unbindable");
  private static final List<String> SOURCES = List.of("shared", "private", "slave", "unbindable");

  /** What stands in a cell where the call is refused. */
  private static final String INVALID = "invalid";

  /** What becomes a slave is one of the peers that it had, or of the master that it had. */
  private static void change(Stage stage, String from, String change, String... row) {
    String becomes = row[CHANGES.indexOf(change)];
    MountFlag flag =
        List.of(MS_SHARED, MS_SLAVE, MS_PRIVATE, MS_UNBINDABLE).get(CHANGES.indexOf(change));
    Task s = stage.task("S");
    s.newTmpfsOfType(from, "/mount");
    s.mountAt("/mount").isType(from);
    s.propagation("/mount", flag).succeeds();
    MountAt mount = s.mountAt("/mount").isType(becomes);
    if (becomes.startsWith("slave")) {
      mount.isSlaveOf(s.mountAt("/mount-peer"));
    }
  }

  @Claim(
      id = "transitions-of-shared",
      section = "DESCRIPTION",
      says = "A shared mount with peers becomes slave, private and unbindable as asked",
      catches = "a kernel that keeps a mount in its peer group, or forgets the master")
  @Columns(
      of = CHANGED,
      row = "shared",
      value = {"make-shared", "make-slave", "make-private", "make-unbindable"})
  void ofShared(Stage stage, String change) {
    change(stage, "shared", change, "shared", "slave", "private", "unbindable");
  }

  @Claim(
      id = "transitions-of-slave",
      section = "DESCRIPTION",
      says = "A slave made shared is both; made slave again it stays; else it loses its master",
      catches = "a kernel in which sharing a slave cuts it off from its master")
  @Columns(
      of = CHANGED,
      row = "slave",
      value = {"make-shared", "make-slave", "make-private", "make-unbindable"})
  void ofSlave(Stage stage, String change) {
    change(stage, "slave", change, "slave+shared", "slave", "private", "unbindable");
  }

  @Claim(
      id = "transitions-of-slave-and-shared",
      section = "DESCRIPTION",
      says = "A mount that is slave and shared, made slave, is a slave of its first master still",
      catches = "a kernel that makes it private, being alone in its peer group")
  @Columns(
      of = CHANGED,
      row = "slave+shared",
      value = {"make-shared", "make-slave", "make-private", "make-unbindable"})
  void ofSlaveAndShared(Stage stage, String change) {
    change(stage, "slave+shared", change, "slave+shared", "slave", "private", "unbindable");
  }

  @Claim(
      id = "transitions-of-private",
      section = "DESCRIPTION",
      says = "A private mount made slave stays private; else it becomes what was asked",
      catches = "a kernel that makes a slave without a master, or refuses")
  @Columns(
      of = CHANGED,
      row = "private",
      value = {"make-shared", "make-slave", "make-private", "make-unbindable"})
  void ofPrivate(Stage stage, String change) {
    change(stage, "private", change, "shared", "private", "private", "unbindable");
  }

  @Claim(
      id = "transitions-of-unbindable",
      section = "DESCRIPTION",
      says = "An unbindable mount made slave stays unbindable; else it becomes what was asked",
      catches = "a kernel in which making it slave makes it bindable")
  @Columns(
      of = CHANGED,
      row = "unbindable",
      value = {"make-shared", "make-slave", "make-private", "make-unbindable"})
  void ofUnbindable(Stage stage, String change) {
    change(stage, "unbindable", change, "shared", "unbindable", "private", "unbindable");
  }

  /**
   * What is bound stays with the peers and the master of its source. What is on a shared mount is
   * on its peer as well, and a peer of that.
   */
  private static void bind(Stage stage, String destination, String source, String... row) {
    String becomes = row[SOURCES.indexOf(source)];
    Task s = stage.task("S");
    s.newTmpfsOfType(destination, "/to");
    s.newTmpfsOfType(source, "/from");
    s.mkdir("/to/place");
    Outcome<Void> bound = s.bind("/from", "/to/place");
    if (becomes.equals(INVALID)) {
      bound.fails(EINVAL);
      s.propagation("/from", MS_PRIVATE);
      s.bind("/from", "/to/place").succeeds();
      return;
    }
    bound.succeeds();
    MountAt original = s.mountAt("/from").isType(source);
    MountAt copy = s.mountAt("/to/place").isType(becomes);
    if (source.equals("shared")) {
      copy.isPeerOf(original);
    } else if (source.equals("slave")) {
      copy.hasTheMasterOf(original);
    }
    isOnThePeer(s, destination, copy);
  }

  private static void isOnThePeer(Task s, String destination, MountAt mount) {
    if (destination.equals("shared")) {
      s.mountAt("/to-peer/place").isPeerOf(mount);
    } else {
      s.mountAt("/to-peer/place").isAbsent();
    }
  }

  @Claim(
      id = "bind-onto-shared",
      section = "DESCRIPTION",
      says =
          "Bound onto a shared mount, a private mount becomes shared, a slave both, a shared one"
              + " stays, an unbindable one is refused",
      catches = "a kernel that lets the source alone, or the destination alone, decide")
  @Columns(
      of = BOUND,
      row = "onto shared",
      value = {"shared", "private", "slave", "unbindable"})
  void bindOntoShared(Stage stage, String source) {
    bind(stage, "shared", source, "shared", "shared", "slave+shared", INVALID);
  }

  @Claim(
      id = "bind-onto-nonshared",
      section = "DESCRIPTION",
      says = "Bound onto a mount that is not shared, a mount keeps its type; unbindable is refused",
      catches = "a kernel in which a bind mount is always private")
  @Columns(
      of = BOUND,
      row = "onto private",
      value = {"shared", "private", "slave", "unbindable"})
  void bindOntoNonshared(Stage stage, String source) {
    bind(stage, "private", source, "shared", "private", "slave", INVALID);
  }

  @Claim(
      id = "bind-onto-slave",
      section = "SHARED SUBTREES / Bind (MS_BIND) semantics",
      says =
          "Bound onto a slave, which is not shared, a mount keeps its type; unbindable is refused",
      catches = "a kernel that makes a slave of what is bound onto one")
  @Columns(
      of = BOUND,
      row = "onto slave",
      value = {"shared", "private", "slave", "unbindable"})
  void bindOntoSlave(Stage stage, String source) {
    bind(stage, "slave", source, "shared", "private", "slave", INVALID);
  }

  @Claim(
      id = "bind-onto-unbindable",
      section = "SHARED SUBTREES / Bind (MS_BIND) semantics",
      says =
          "Bound onto an unbindable mount, which is not shared, a mount keeps its type; unbindable"
              + " is refused",
      catches = "a kernel that hands unbindable on to what is mounted there")
  @Columns(
      of = BOUND,
      row = "onto unbindable",
      value = {"shared", "private", "slave", "unbindable"})
  void bindOntoUnbindable(Stage stage, String source) {
    bind(stage, "unbindable", source, "shared", "private", "slave", INVALID);
  }

  /** What is moved is the same mount still, with the peers and the master that it had. */
  private static void move(Stage stage, String destination, String type, String... row) {
    String becomes = row[SOURCES.indexOf(type)];
    Task s = stage.task("S");
    s.newTmpfsOfType(destination, "/to");
    s.newTmpfsOfType(type, "/from");
    s.mkdir("/to/place");
    FileId moving = s.stat("/from").value();
    Outcome<Void> moved = s.move("/from", "/to/place");
    if (becomes.equals(INVALID)) {
      moved.fails(EINVAL);
      s.propagation("/from", MS_PRIVATE);
      s.move("/from", "/to/place").succeeds();
      return;
    }
    moved.succeeds();
    s.stat("/to/place").is(moving);
    s.mountAt("/from").isAbsent();
    MountAt mount = s.mountAt("/to/place").isMount(moving.mount()).isType(becomes);
    if (type.equals("shared")) {
      mount.isPeerOf(s.mountAt("/from-peer"));
    } else if (type.equals("slave")) {
      mount.isSlaveOf(s.mountAt("/from-peer"));
    }
    isOnThePeer(s, destination, mount);
  }

  @Claim(
      id = "move-onto-shared",
      section = "DESCRIPTION",
      says =
          "Moved onto a shared mount, a private mount becomes shared, a slave both, a shared one"
              + " stays, an unbindable one is refused",
      catches = "a kernel in which a move never changes the type")
  @Columns(
      of = MOVED,
      row = "onto shared",
      value = {"shared", "private", "slave", "unbindable"})
  void moveOntoShared(Stage stage, String type) {
    move(stage, "shared", type, "shared", "shared", "slave+shared", INVALID);
  }

  @Claim(
      id = "move-onto-nonshared",
      section = "DESCRIPTION",
      says = "Moved onto a mount that is not shared, a mount keeps its type, unbindable included",
      catches = "a kernel in which a move makes the mount private")
  @Columns(
      of = MOVED,
      row = "onto private",
      value = {"shared", "private", "slave", "unbindable"})
  void moveOntoNonshared(Stage stage, String type) {
    move(stage, "private", type, "shared", "private", "slave", "unbindable");
  }

  @Claim(
      id = "move-onto-slave",
      section = "SHARED SUBTREES / Move (MS_MOVE) semantics",
      says = "Moved onto a slave, which is not shared, a mount keeps its type, unbindable included",
      catches = "a kernel that makes a slave of what is moved onto one")
  @Columns(
      of = MOVED,
      row = "onto slave",
      value = {"shared", "private", "slave", "unbindable"})
  void moveOntoSlave(Stage stage, String type) {
    move(stage, "slave", type, "shared", "private", "slave", "unbindable");
  }

  @Claim(
      id = "move-onto-unbindable",
      section = "SHARED SUBTREES / Move (MS_MOVE) semantics",
      says =
          "Moved onto an unbindable mount, which is not shared, a mount keeps its type, unbindable"
              + " included",
      catches = "a kernel that hands unbindable on to what is mounted there")
  @Columns(
      of = MOVED,
      row = "onto unbindable",
      value = {"shared", "private", "slave", "unbindable"})
  void moveOntoUnbindable(Stage stage, String type) {
    move(stage, "unbindable", type, "shared", "private", "slave", "unbindable");
  }
}
