package org.pivotroot.tck.model.specification;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.Parameter;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.specification.Scene.Files;
import org.pivotroot.tck.model.specification.Scene.Unseen;
import org.pivotroot.tck.model.specification.rule.Refused;
import org.pivotroot.tck.model.specification.rule.Rule;

/** A state made from a scene, in which the caller can try a call. */
public final class Reconstruction {
  /** The descriptor of the namespace that setns(2) is asked to enter. */
  public static final Value.Descriptor NAMESPACE = new Value.Descriptor(1);

  private static final String CALLER = "caller";
  private static final int MOST_LINKS = 40;

  private final Scene scene;
  private final State state;
  private final MountsOfTable mounts;
  private final Task task;
  private final Set<String> assumed = new LinkedHashSet<>();

  /**
   * Makes the state.
   *
   * @throws IllegalArgumentException if the table is empty
   */
  public Reconstruction(Scene scene) {
    this.scene = scene;
    state = new State(scene.kernel());
    UserNamespace owner = new UserNamespace(null, 0, 0, false);
    MountNamespace namespace = state.newNamespace(owner, false);
    mounts = new MountsOfTable(state, namespace, scene);
    UserNamespace own =
        scene.supposed().contains(Unseen.NOT_OWNER)
            ? new UserNamespace(owner, 0, 0, true)
            : namespace.owner;
    task = new Task(CALLER, scene.threads() == 1, 0);
    task.userNamespace = own;
    task.namespace = namespace;
    task.effective.addAll(scene.effective());
    task.permitted.addAll(scene.effective());
    task.fs = new FsStruct(mounts.top(), mounts.top(), 022);
    state.tasks.put(CALLER, task);
    Place root = directory(scene.root());
    Place cwd = directory(scene.cwd());
    task.fs.root = root;
    task.fs.cwd = cwd;
    if (scene.threads() > 1) {
      Task other = new Task("another thread", false, 0);
      other.userNamespace = own;
      other.namespace = namespace;
      other.fs = task.fs;
      state.tasks.put(other.name, other);
    }
    openNamespace();
    scene.users().forEach(path -> file(-1).place = directory(path));
    if (scene.supposed().contains(Unseen.IN_USE)) {
      state.mounts.forEach(mount -> file(-1).place = mount.place());
    }
  }

  private OpenFile file(int table) {
    OpenFile file = new OpenFile(++state.lastFile, table);
    state.files.put(file.number, file);
    return file;
  }

  private void openNamespace() {
    UserNamespace owner =
        scene.supposed().contains(Unseen.TARGET_NOT_OWNED)
            ? new UserNamespace(null, 0, 0, false)
            : task.userNamespace;
    MountNamespace other = state.newNamespace(owner, false);
    FileSystem fs = state.newFileSystem("tmpfs", owner, 0755);
    other.root = state.newMount(fs, fs.root);
    other.root.namespace = other;
    file(task.table).namespace = other;
  }

  /** A directory of which the kernel told the path. */
  private Place directory(String path) {
    Place at = mounts.top();
    for (String name : Stream.of(path.split("/", -1)).filter(name -> !name.isEmpty()).toList()) {
      at = state.cross(new Place(at.mount(), MountsOfTable.child(at.node(), name)));
    }
    return at;
  }

  /**
   * All checks that speak against a call, in the order in which the kernel makes them. Empty if
   * nothing that is known speaks against it.
   *
   * @throws org.pivotroot.tck.model.specification.rule.Inexpressible if it is none of those
   *     specified, or meets what is not
   */
  public List<Rule> failing(Call call) {
    namedPaths(call).values().forEach(this::furnish);
    return Specification.failing(state, CALLER, call);
  }

  /** What was taken to be there without having been seen, as paths from the caller's root. */
  public List<String> assumed() {
    return List.copyOf(assumed);
  }

  /**
   * Where a path leads.
   *
   * @param mount its line of the table; none for what the table does not show
   * @param path from the root of the table
   */
  public record Lead(
      Optional<org.pivotroot.tck.model.look.Mount> mount,
      String path,
      boolean isMountPoint,
      Optional<org.pivotroot.tck.model.look.Mount> parent) {}

  /** Where the caller's root is. */
  public Lead root() {
    return lead(task.fs.root);
  }

  /** Where its working directory is. */
  public Lead cwd() {
    return lead(task.fs.cwd);
  }

  /** What is at a path of the table. */
  public Lead at(String path) {
    return lead(directory(path));
  }

  /** Where an argument leads, and what is mounted there; empty if it leads nowhere. */
  public Optional<Lead> leads(Value path) {
    try {
      furnish(path);
      PathArgument argument = new PathArgument(state, task, null, path, false);
      Place place = argument.resolveMountPoint(true);
      return Optional.of(lead(place));
    } catch (Refused refused) {
      return Optional.empty();
    }
  }

  private Lead lead(Place place) {
    return new Lead(
        mounts.line(place.mount()),
        PathText.of(place, mounts.top()).path(),
        place.isMountRoot(),
        place.mount().hasParent() ? mounts.line(place.mount().parent) : Optional.empty());
  }

  /** The arguments of a call that are paths, by the names of their parameters. */
  public static Map<String, Value> namedPaths(Call call) {
    Map<String, Value> paths = new LinkedHashMap<>();
    List<Parameter> parameters = call.callee().parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Value value = call.arguments().get(i);
      boolean isText = value instanceof Value.Text text && !text.text().isEmpty();
      boolean isSource = parameters.get(i).name().equals("source") && takesFrom(call);
      if (isText && (parameters.get(i).kind() == Parameter.Kind.PATH || isSource)) {
        paths.put(parameters.get(i).name(), value);
      }
    }
    return paths;
  }

  private static boolean takesFrom(Call mount) {
    long flags = Attempt.bits(mount.arguments().get(3));
    return (flags & (MountFlag.MS_BIND.bit() | MountFlag.MS_MOVE.bit())) != 0;
  }

  /** Puts what is seen on a path where the lookup will look for it. */
  private void furnish(Value path) {
    if (path instanceof Value.Text text) {
      Place start = text.text().startsWith("/") ? task.fs.root : task.fs.cwd;
      try {
        furnish(start, text.text(), 0);
      } catch (Refused refused) {
        // The lookup itself will be refused there too.
      }
    }
  }

  private Place furnish(Place start, String path, int links) {
    Place at = path.startsWith("/") ? task.fs.root : start;
    Walk walk = new Walk(state, task);
    for (String name : Stream.of(path.split("/", -1)).filter(name -> !name.isEmpty()).toList()) {
      if (at == null || at.node().fs.type.equals("proc") || !at.node().isDirectory()) {
        return null;
      }
      if (name.equals("..")) {
        at = walk.up(at);
      } else if (!name.equals(".")) {
        at = furnish(at, name);
        if (at != null && at.node().kind == Node.Kind.LINK) {
          Place from = new Place(at.mount(), at.node().parent);
          at = links == MOST_LINKS ? null : furnish(from, at.node().target, links + 1);
        }
      }
    }
    return at;
  }

  /** What is in a directory under a name, and mounted there; null for nothing. */
  private Place furnish(Place directory, String name) {
    Node there = directory.node().children.get(name);
    if (there == null) {
      PathText above = PathText.of(directory, mounts.top());
      String path = (above.path().equals("/") ? "" : above.path()) + "/" + name;
      Files.Seen seen = above.reachable() ? scene.files().at(path) : Files.UNSEEN.at(path);
      if (seen.kind() == Files.Kind.MISSING) {
        return null;
      }
      if (seen.kind() == Files.Kind.UNSEEN) {
        assumed.add(path);
      }
      there = make(directory.node(), name, seen);
    }
    return state.cross(new Place(directory.mount(), there));
  }

  private static Node make(Node directory, String name, Files.Seen seen) {
    Node.Kind kind =
        switch (seen.kind()) {
          case LINK -> Node.Kind.LINK;
          case OTHER -> Node.Kind.FILE;
          default -> Node.Kind.DIRECTORY;
        };
    Node made = directory.fs.make(kind, 0755, 0, 0, kind == Node.Kind.LINK ? seen.target() : null);
    made.enter(directory, name);
    return made;
  }
}
