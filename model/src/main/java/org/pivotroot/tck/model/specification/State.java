package org.pivotroot.tck.model.specification;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Journal;
import org.pivotroot.tck.model.specification.rule.Kernel;

/**
 * All that calls can see and change. To whoever uses the specification a state never changes: a
 * step makes another one.
 */
public final class State implements Journal {
  final Map<String, Task> tasks = new LinkedHashMap<>();
  final Map<Integer, OpenFile> files = new LinkedHashMap<>();

  /** Where a nullfs covers what is still there, from 7.3. */
  final Set<Place> slots = new HashSet<>();

  /** All that somebody can still come across; in the order in which they were made. */
  List<Mount> mounts = new ArrayList<>();

  /** The nullfs of all slots, once there is one. */
  Mount slotMount;

  int lastMount;
  int lastFileSystem;
  int lastGroup;
  int lastNamespace;
  int lastFile;
  int lastTable;

  final Set<Clause> met = new LinkedHashSet<>();

  /** The mounts whose expiry marks this step has set or cleared, even if it failed. */
  final Map<Integer, Boolean> marks = new LinkedHashMap<>();

  private final Kernel kernel;

  State(Kernel kernel) {
    this.kernel = kernel;
  }

  @Override
  public Kernel kernel() {
    return kernel;
  }

  @Override
  public void met(Clause clause) {
    met.add(clause);
  }

  /** How many mounts somebody can still come across. */
  public int size() {
    return mounts.size();
  }

  /** Whether the file systems that were there before the trial are writable, as they were. */
  public boolean sparesTheGuest() {
    return mounts.stream()
        .filter(mount -> mount != slotMount)
        .map(mount -> mount.fs)
        .noneMatch(fs -> fs.readOnly && !fs.type.equals("tmpfs"));
  }

  /** What the step that led here came by. */
  public Set<Clause> met() {
    return Set.copyOf(met);
  }

  /** The tasks that there are, by name. */
  public List<String> taskNames() {
    return List.copyOf(tasks.keySet());
  }

  /** The numbers of the open file descriptions that a task has descriptors of. */
  public List<Integer> descriptorsOf(String task) {
    int table = task(task).table;
    return files.values().stream()
        .filter(file -> file.table == table)
        .map(file -> file.number)
        .toList();
  }

  /** The numbers of the mounts that somebody can still come across. */
  public Set<Long> mountNumbers() {
    return mounts.stream().map(mount -> (long) mount.number).collect(Collectors.toSet());
  }

  /** The numbers of the file systems of these. */
  public Set<Long> fileSystemNumbers() {
    return mounts.stream().map(mount -> (long) mount.fs.number).collect(Collectors.toSet());
  }

  /** The numbers of the peer groups that have members. */
  public Set<Long> groupNumbers() {
    return mounts.stream()
        .filter(Mount::isShared)
        .map(mount -> (long) mount.group().number)
        .collect(Collectors.toSet());
  }

  /** The numbers of the mount namespaces that somebody has. */
  public Set<Long> namespaceNumbers() {
    return namespaces().stream()
        .map(namespace -> (long) namespace.number)
        .collect(Collectors.toSet());
  }

  Task task(String name) {
    Task task = tasks.get(name);
    if (task == null) {
      throw new Inexpressible("a task " + name + ", which never started");
    }
    return task;
  }

  /** Another like this, which changes independently. */
  State fork() {
    return new Fork(this).state();
  }

  FileSystem newFileSystem(String type, UserNamespace owner, int mode) {
    FileSystem fs = new FileSystem(++lastFileSystem, type);
    fs.owner = owner;
    fs.root = fs.make(Node.Kind.DIRECTORY, mode, owner.owner(), owner.ownerGroup(), null);
    return fs;
  }

  Mount newMount(FileSystem fs, Node root) {
    Mount mount = new Mount(++lastMount, fs, root);
    mounts.add(mount);
    return mount;
  }

  PeerGroup newGroup() {
    return new PeerGroup(++lastGroup);
  }

  MountNamespace newNamespace(UserNamespace owner, boolean anonymous) {
    MountNamespace namespace = new MountNamespace(++lastNamespace, anonymous);
    namespace.owner = owner;
    return namespace;
  }

  /** The same place, or what is mounted on it (__follow_mount_rcu()). */
  Place cross(Place place) {
    Place at = place;
    while (true) {
      Mount child = at.mount().childAt(at.node());
      if (child != null) {
        at = child.place();
      } else {
        return slots.contains(at) ? slot(at) : at;
      }
    }
  }

  private Place slot(Place at) {
    Node root = slotMount.root;
    return at.node().isDirectory()
        ? slotMount.place()
        : new Place(slotMount, root.children.get("file"));
  }

  void coverBySlot(Place place) {
    if (slotMount == null) {
      UserNamespace initial = new UserNamespace(null, 0, 0, false);
      FileSystem fs = newFileSystem("nullfs", initial, 0555);
      fs.readOnly = true;
      fs.make(Node.Kind.FILE, 0444, 0, 0, null).enter(fs.root, "file");
      slotMount = newMount(fs, fs.root);
      slotMount.gone = true;
    }
    slots.add(place);
  }

  /** Whoever keeps a mount busy: roots, working directories, descriptors (mnt_get_count()). */
  int references(Mount mount) {
    int references = 0;
    for (FsStruct fs : fsStructs()) {
      references += (fs.root.mount() == mount ? 1 : 0) + (fs.cwd.mount() == mount ? 1 : 0);
    }
    for (OpenFile file : files.values()) {
      references += file.place != null && file.place.mount() == mount ? 1 : 0;
    }
    return references;
  }

  /** Whether a file of a file system is open for writing. */
  boolean hasWriters(FileSystem fs) {
    return files.values().stream().anyMatch(file -> file.writes && file.place.node().fs == fs);
  }

  /** Whether somebody still uses something of a file system that was removed from it. */
  boolean keepsRemoved(FileSystem fs) {
    Stream<Place> ofTasks = fsStructs().stream().flatMap(one -> Stream.of(one.root, one.cwd));
    Stream<Place> ofFiles =
        files.values().stream().map(file -> file.place).filter(Objects::nonNull);
    Stream<Place> ofMounts = mounts.stream().map(Mount::place);
    return Stream.of(ofTasks, ofFiles, ofMounts)
        .flatMap(places -> places)
        .anyMatch(place -> place.node().removed && place.node().fs == fs);
  }

  /** Each once, however many tasks share it. */
  Set<FsStruct> fsStructs() {
    Set<FsStruct> all = new LinkedHashSet<>();
    tasks.values().forEach(task -> all.add(task.fs));
    return all;
  }

  boolean isFsShared(Task task) {
    return tasks.values().stream().anyMatch(other -> other != task && other.fs == task.fs);
  }

  /** The namespaces that a task is in or a descriptor keeps. */
  Set<MountNamespace> namespaces() {
    Set<MountNamespace> alive = new LinkedHashSet<>();
    tasks.values().forEach(task -> alive.add(task.namespace));
    for (OpenFile file : files.values()) {
      if (file.namespace != null) {
        alive.add(file.namespace);
      }
      if (file.place != null && file.place.mount().namespace != null) {
        MountNamespace of = file.place.mount().namespace;
        // That of open_tree(2) lives as long as its descriptor.
        if (of.anonymous && file.dissolves) {
          alive.add(of);
        }
      }
    }
    return alive;
  }

  /** Notes that a lookup ended in a mount: its mark of MNT_EXPIRE is gone (mntput_no_expire()). */
  void visited(Mount mount) {
    if (mount.expiring) {
      mark(mount, false);
    }
  }

  void mark(Mount mount, boolean expiring) {
    mount.expiring = expiring;
    marks.put(mount.number, expiring);
  }

  void apply(Map<Integer, Boolean> changedMarks) {
    for (Mount mount : mounts) {
      mount.expiring = changedMarks.getOrDefault(mount.number, mount.expiring);
    }
  }

  /** Ends namespaces that nobody has any more, and forgets what nobody can come across. */
  void settle() {
    Set<MountNamespace> alive = namespaces();
    for (Mount mount : List.copyOf(mounts)) {
      MountNamespace namespace = mount.namespace;
      if (namespace != null && namespace.root == mount && !alive.contains(namespace)) {
        Unmounting.ofNamespace(this, namespace);
      }
    }
    Set<Mount> reached = new HashSet<>();
    List<Mount> waiting = new ArrayList<>();
    mounts.stream().filter(mount -> mount.namespace != null).forEach(waiting::add);
    for (FsStruct fs : fsStructs()) {
      waiting.add(fs.root.mount());
      waiting.add(fs.cwd.mount());
    }
    files.values().stream()
        .filter(file -> file.place != null)
        .forEach(file -> waiting.add(file.place.mount()));
    reach(waiting, reached);
    slots.removeIf(slot -> !reached.contains(slot.mount()));
    if (!slots.isEmpty()) {
      reached.add(slotMount);
    }
    if (slotMount != null && !reached.contains(slotMount)) {
      slotMount = null;
    }
    for (Mount mount : mounts) {
      if (!reached.contains(mount)) {
        mount.leave();
        mount.receiveFrom(null);
        mount.cut();
      }
    }
    mounts = new ArrayList<>(mounts.stream().filter(reached::contains).toList());
  }

  private static void reach(List<Mount> waiting, Collection<Mount> reached) {
    while (!waiting.isEmpty()) {
      Mount mount = waiting.remove(waiting.size() - 1);
      if (reached.add(mount)) {
        waiting.addAll(mount.children);
        if (mount.hasParent()) {
          waiting.add(mount.parent);
        }
      }
    }
  }
}
