package org.pivotroot.tck.model.specification;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Makes a copy of a state. What the copy refers to is copied one after the other, not in depth. */
final class Fork {
  private final State original;
  private final State copy;
  private final IdentityHashMap<Object, Object> copies = new IdentityHashMap<>();
  private final Deque<Runnable> unfinished = new ArrayDeque<>();

  Fork(State original) {
    this.original = original;
    this.copy = new State(original.kernel());
  }

  State state() {
    original.mounts.forEach(mount -> copy.mounts.add(of(mount)));
    original.tasks.forEach((name, task) -> copy.tasks.put(name, of(task)));
    original.files.forEach((number, file) -> copy.files.put(number, of(file)));
    original.slots.forEach(slot -> copy.slots.add(of(slot)));
    copy.slotMount = of(original.slotMount);
    copy.lastMount = original.lastMount;
    copy.lastFileSystem = original.lastFileSystem;
    copy.lastGroup = original.lastGroup;
    copy.lastNamespace = original.lastNamespace;
    copy.lastFile = original.lastFile;
    copy.lastTable = original.lastTable;
    while (!unfinished.isEmpty()) {
      unfinished.remove().run();
    }
    return copy;
  }

  /** The copy of something; finished some time later if it is new. */
  private <T> T of(T thing, Function<T, T> make, Consumer<T> finish) {
    if (thing == null) {
      return null;
    }
    @SuppressWarnings("unchecked")
    T known = (T) copies.get(thing);
    if (known != null) {
      return known;
    }
    T made = make.apply(thing);
    copies.put(thing, made);
    unfinished.add(() -> finish.accept(made));
    return made;
  }

  private Place of(Place place) {
    return place == null ? null : new Place(of(place.mount()), of(place.node()));
  }

  private FileSystem of(FileSystem fs) {
    return of(
        fs,
        old -> new FileSystem(old.number, old.type),
        made -> {
          made.owner = fs.owner;
          made.root = of(fs.root);
          made.readOnly = fs.readOnly;
          made.lastNode = fs.lastNode;
        });
  }

  private Node of(Node node) {
    return of(
        node,
        old -> new Node(of(old.fs), old.number, old.kind, old.target),
        made -> {
          made.parent = of(node.parent);
          made.name = node.name;
          node.children.forEach((name, child) -> made.children.put(name, of(child)));
          made.mode = node.mode;
          made.uid = node.uid;
          made.gid = node.gid;
          made.removed = node.removed;
          made.unknown = node.unknown;
        });
  }

  private Mount of(Mount mount) {
    return of(
        mount,
        old -> new Mount(old.number, of(old.fs), of(old.root)),
        made -> {
          made.parent = of(mount.parent);
          made.point = of(mount.point);
          mount.children.forEach(child -> made.children.add(of(child)));
          made.namespace = of(mount.namespace);
          made.options.addAll(mount.options);
          made.lockedOptions.addAll(mount.lockedOptions);
          made.unbindable = mount.unbindable;
          made.locked = mount.locked;
          made.atimeLocked = mount.atimeLocked;
          made.expiring = mount.expiring;
          made.gone = mount.gone;
          made.link(of(mount.group()), of(mount.master()));
        });
  }

  private PeerGroup of(PeerGroup group) {
    return of(
        group,
        old -> new PeerGroup(old.number),
        made -> {
          group.members.forEach(member -> made.members.add(of(member)));
          group.slaves.forEach(slave -> made.slaves.add(of(slave)));
        });
  }

  private MountNamespace of(MountNamespace namespace) {
    return of(
        namespace,
        old -> new MountNamespace(old.number, old.anonymous),
        made -> {
          made.owner = namespace.owner;
          made.root = of(namespace.root);
          made.origin = of(namespace.origin);
        });
  }

  private FsStruct of(FsStruct fs) {
    return of(fs, old -> new FsStruct(of(old.root), of(old.cwd), old.mask), made -> {});
  }

  private Task of(Task task) {
    return of(
        task,
        old -> new Task(old.name, old.process, old.table),
        made -> {
          made.effective.addAll(task.effective);
          made.permitted.addAll(task.permitted);
          made.userNamespace = task.userNamespace;
          made.namespace = of(task.namespace);
          made.fs = of(task.fs);
          made.uid = task.uid;
          made.gid = task.gid;
          made.keepsCapabilities = task.keepsCapabilities;
        });
  }

  private OpenFile of(OpenFile file) {
    return of(
        file,
        old -> new OpenFile(old.number, old.table),
        made -> {
          made.place = of(file.place);
          made.namespace = of(file.namespace);
          made.userNamespace = file.userNamespace;
          made.dissolves = file.dissolves;
          made.writes = file.writes;
          made.isPath = file.isPath;
        });
  }
}
