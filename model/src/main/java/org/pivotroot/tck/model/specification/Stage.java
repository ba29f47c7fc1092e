package org.pivotroot.tck.model.specification;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.specification.rule.Kernel;
import org.pivotroot.tck.model.specification.rule.Switch;

/** What the first task finds. */
public enum Stage {
  /** A mount namespace of a tmpfs, another on /new, and the directory /new/old; all private. */
  NAMESPACE,
  /** Likewise, with /proc. */
  SCENARIO,
  /** As the first, with programs of the guest, /proc and /dev mounted there. */
  USERLAND,
  /**
   * The initial mount namespace of a guest whose root is a tmpfs with programs, /proc and /dev, and
   * whose first process is there too.
   */
  ROOT,
  /** The same of a guest that is still on its initramfs. */
  INITRAMFS;

  /** The name of the first process, where it is one of the tasks. */
  static final String FIRST_PROCESS = "1";

  private static final List<String> PROGRAMS = List.of("usr", "opt", "etc");

  State initial(Kernel kernel, String firstTask) {
    State state = new State(kernel);
    UserNamespace users = new UserNamespace(null, 0, 0, false);
    MountNamespace namespace = state.newNamespace(users, false);
    FileSystem rootfs = state.newFileSystem("rootfs", users, 0755);
    rootfs.root.unknown = this != INITRAMFS;
    Mount below = state.newMount(rootfs, rootfs.root);
    namespace.root = below;
    if (kernel.has(Switch.NULLFS)) {
      FileSystem nullfs = state.newFileSystem("nullfs", users, 0555);
      namespace.root = state.newMount(nullfs, nullfs.root);
      below.attach(namespace.root, nullfs.root);
    }
    namespace.root.locked = kernel.has(Switch.ROOT_LOCKED);
    Mount root = below;
    if (this != INITRAMFS) {
      root = tmpfs(state, users);
      root.attach(below, rootfs.root);
    }
    if (this == SCENARIO) {
      addMount(state, users, root, "proc", "proc");
    } else if (this != NAMESPACE) {
      addUserland(state, rootfs, root);
    }
    if (this == NAMESPACE || this == SCENARIO || this == USERLAND) {
      Mount other = tmpfs(state, users);
      other.attach(root, directory(root.root, "new"));
      directory(other.root, "old");
    } else {
      for (String name : List.of("mnt", "run", "stage", "tmp")) {
        directory(root.root, name);
      }
      if (this == INITRAMFS) {
        directory(root.root, "root");
        directory(root.root, "sys");
        rootfs.make(Node.Kind.FILE, 0755, 0, 0, null).enter(root.root, "init");
      }
      add(state, new Task(FIRST_PROCESS, true, ++state.lastTable), namespace, root);
    }
    namespace.root.tree().forEach(mount -> mount.namespace = namespace);
    add(state, new Task(firstTask, false, 0), namespace, root);
    return state;
  }

  private static void add(State state, Task task, MountNamespace namespace, Mount root) {
    task.effective.addAll(EnumSet.allOf(Capability.class));
    task.permitted.addAll(EnumSet.allOf(Capability.class));
    task.userNamespace = namespace.owner;
    task.namespace = namespace;
    task.fs = new FsStruct(root.place(), root.place(), 022);
    state.tasks.put(task.name, task);
  }

  private static Mount tmpfs(State state, UserNamespace users) {
    FileSystem fs = state.newFileSystem("tmpfs", users, 01777);
    Mount mount = state.newMount(fs, fs.root);
    mount.options.add(MountOption.REL_ATIME);
    return mount;
  }

  private static Node directory(Node parent, String name) {
    Node made = parent.fs.make(Node.Kind.DIRECTORY, 0755, 0, 0, null);
    made.enter(parent, name);
    return made;
  }

  private static void addUserland(State state, FileSystem rootfs, Mount root) {
    for (String name : PROGRAMS) {
      Node shown = directory(rootfs.root, name);
      shown.unknown = true;
      if (root.fs != rootfs) {
        state.newMount(rootfs, shown).attach(root, directory(root.root, name));
      }
    }
    for (String name : List.of("bin", "sbin", "lib", "lib64")) {
      root.root.fs.make(Node.Kind.LINK, 0777, 0, 0, "usr/" + name).enter(root.root, name);
    }
    Map.of("proc", "proc", "dev", "devtmpfs")
        .forEach((name, type) -> addMount(state, rootfs.owner, root, name, type));
  }

  private static void addMount(
      State state, UserNamespace owner, Mount root, String name, String type) {
    FileSystem fs = state.newFileSystem(type, owner, 0755);
    fs.root.unknown = true;
    Mount mount = state.newMount(fs, fs.root);
    mount.options.add(MountOption.REL_ATIME);
    mount.attach(root, directory(root.root, name));
  }
}
