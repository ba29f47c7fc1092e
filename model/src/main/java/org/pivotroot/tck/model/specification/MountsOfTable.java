package org.pivotroot.tck.model.specification;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pivotroot.tck.model.specification.Scene.Unseen;
import org.pivotroot.tck.model.specification.rule.Switch;

/** The mounts of a mount table, and those that it does not show but speaks of as parents. */
final class MountsOfTable {
  private static final String DELETED = "//deleted";

  private final State state;
  private final MountNamespace namespace;
  private final Scene scene;
  private final Map<Long, Mount> byId = new LinkedHashMap<>();
  private final Map<Mount, org.pivotroot.tck.model.look.Mount> lines = new HashMap<>();
  private final Map<Long, FileSystem> byDevice = new HashMap<>();
  private final Map<Long, PeerGroup> groups = new HashMap<>();

  /** Where the directory is that the table's paths begin at. */
  private final Place top;

  MountsOfTable(State state, MountNamespace namespace, Scene scene) {
    this.state = state;
    this.namespace = namespace;
    this.scene = scene;
    List<org.pivotroot.tck.model.look.Mount> table = scene.mounts().mounts();
    if (table.isEmpty()) {
      throw new IllegalArgumentException("a mount table without mounts");
    }
    table.forEach(this::make);
    Optional<org.pivotroot.tck.model.look.Mount> first =
        table.stream().filter(line -> line.point().equals("/") && isOnUnseen(line)).findFirst();
    Mount above = unseen(first.orElse(table.get(0)));
    if (first.isPresent()) {
      Mount lowest = byId.get(first.get().id());
      if (isFirst(first.get())) {
        namespace.root = lowest;
      } else {
        namespace.root = above;
        lowest.attach(above, above.root);
      }
      top = lowest.place();
    } else {
      // A root that is no mount point: what it is in is not shown, nor what that is on.
      Mount aboveThat = unseen(table.get(0));
      above.attach(aboveThat, aboveThat.root);
      namespace.root = aboveThat;
      top = new Place(above, child(above.root, "root"));
    }
    table.stream().filter(line -> !first.equals(Optional.of(line))).forEach(this::attach);
    if (scene.supposed().contains(Unseen.LOCKED)) {
      byId.values().forEach(mount -> mount.locked = true);
    }
    namespace.root.tree().forEach(mount -> mount.namespace = namespace);
  }

  Place top() {
    return top;
  }

  Optional<org.pivotroot.tck.model.look.Mount> line(Mount mount) {
    return Optional.ofNullable(lines.get(mount));
  }

  private boolean isOnUnseen(org.pivotroot.tck.model.look.Mount line) {
    return line.parent() == line.id() || scene.mounts().withId(line.parent()).isEmpty();
  }

  /** The initramfs is on nothing before 7.0, and the first mount of a namespace on itself. */
  private boolean isFirst(org.pivotroot.tck.model.look.Mount line) {
    return line.parent() == line.id()
        || (line.type().equals("rootfs") && !scene.kernel().has(Switch.NULLFS));
  }

  private void make(org.pivotroot.tck.model.look.Mount line) {
    FileSystem fs =
        byDevice.computeIfAbsent(
            line.device(), device -> state.newFileSystem(line.type(), namespace.owner, 0755));
    boolean removed = line.root().endsWith(DELETED);
    Node root = node(fs.root, removed ? line.root().replace(DELETED, "") : line.root(), kind(line));
    root.removed |= removed;
    Mount mount = state.newMount(fs, root);
    mount.options.addAll(MountOption.named(line.options()));
    mount.unbindable = line.propagation().unbindable();
    if (line.propagation().shared() != 0) {
      mount.join(group(line.propagation().shared()));
    }
    if (line.propagation().master() != 0) {
      mount.receiveFrom(group(line.propagation().master()));
    }
    byId.put(line.id(), mount);
    lines.put(mount, line);
  }

  private PeerGroup group(long number) {
    return groups.computeIfAbsent(number, key -> state.newGroup());
  }

  /** One that the table does not show, though something is on it. */
  private Mount unseen(org.pivotroot.tck.model.look.Mount child) {
    FileSystem fs = state.newFileSystem("unseen", namespace.owner, 0755);
    Mount mount = state.newMount(fs, fs.root);
    if (scene.supposed().contains(Unseen.PARENT_SHARED)) {
      mount.join(state.newGroup());
    }
    byId.putIfAbsent(child.parent(), mount);
    return mount;
  }

  private void attach(org.pivotroot.tck.model.look.Mount line) {
    Mount mount = byId.get(line.id());
    Optional<org.pivotroot.tck.model.look.Mount> parent = scene.mounts().withId(line.parent());
    if (parent.isEmpty()) {
      mount.attach(top.mount(), node(top.node(), line.point(), kind(line)));
      return;
    }
    Mount on = byId.get(line.parent());
    String above = parent.get().point();
    String below =
        line.point().startsWith(above) ? line.point().substring(above.length()) : line.point();
    mount.attach(on, node(on.root, below, kind(line)));
  }

  /** A mount whose root is not that of its file system can be of a file. */
  private Node.Kind kind(org.pivotroot.tck.model.look.Mount line) {
    boolean isFile =
        !line.root().equals("/") && scene.files().at(line.point()).kind() == Scene.Files.Kind.OTHER;
    return isFile ? Node.Kind.FILE : Node.Kind.DIRECTORY;
  }

  private static Node node(Node from, String path, Node.Kind kind) {
    Node at = from;
    List<String> names = Stream.of(path.split("/", -1)).filter(name -> !name.isEmpty()).toList();
    for (int i = 0; i < names.size(); i++) {
      at = child(at, names.get(i), i + 1 < names.size() ? Node.Kind.DIRECTORY : kind);
    }
    return at;
  }

  /** A directory in a directory, made if it is not known yet. */
  static Node child(Node directory, String name) {
    return child(directory, name, Node.Kind.DIRECTORY);
  }

  private static Node child(Node directory, String name, Node.Kind kind) {
    Node there = directory.children.get(name);
    if (there == null) {
      there = directory.fs.make(kind, 0755, 0, 0, null);
      there.enter(directory, name);
    }
    return there;
  }
}
