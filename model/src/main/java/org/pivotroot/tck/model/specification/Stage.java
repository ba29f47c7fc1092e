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
  /** Likewise, with programs of the guest, /proc and /dev mounted there. */
  USERLAND;

  State initial(Kernel kernel, String firstTask) {
    State state = new State(kernel);
    UserNamespace users = new UserNamespace(null, 0, 0, false);
    MountNamespace namespace = state.newNamespace(users, false);
    FileSystem rootfs = state.newFileSystem("rootfs", users, 0755);
    rootfs.root.unknown = true;
    Mount below = state.newMount(rootfs, rootfs.root);
    namespace.root = below;
    if (kernel.has(Switch.NULLFS)) {
      FileSystem nullfs = state.newFileSystem("nullfs", users, 0555);
      namespace.root = state.newMount(nullfs, nullfs.root);
      below.attach(namespace.root, nullfs.root);
    }
    namespace.root.locked = kernel.has(Switch.ROOT_LOCKED);
    Mount root = tmpfs(state, users);
    root.attach(below, rootfs.root);
    if (this == USERLAND) {
      addUserland(state, rootfs, root);
    }
    Mount other = tmpfs(state, users);
    other.attach(root, directory(root.root, "new"));
    directory(other.root, "old");
    namespace.root.tree().forEach(mount -> mount.namespace = namespace);

    Task task = new Task(firstTask, false, 0);
    task.effective.addAll(EnumSet.allOf(Capability.class));
    task.permitted.addAll(EnumSet.allOf(Capability.class));
    task.userNamespace = users;
    task.namespace = namespace;
    task.fs = new FsStruct(root.place(), root.place(), 022);
    state.tasks.put(firstTask, task);
    return state;
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
    for (String name : List.of("usr", "opt", "etc")) {
      Node shown = directory(rootfs.root, name);
      shown.unknown = true;
      state.newMount(rootfs, shown).attach(root, directory(root.root, name));
    }
    for (String name : List.of("bin", "sbin", "lib", "lib64")) {
      root.root.fs.make(Node.Kind.LINK, 0777, 0, 0, "usr/" + name).enter(root.root, name);
    }
    Map.of("proc", "proc", "dev", "devtmpfs")
        .forEach(
            (name, type) -> {
              FileSystem fs = state.newFileSystem(type, rootfs.owner, 0755);
              fs.root.unknown = true;
              Mount mount = state.newMount(fs, fs.root);
              mount.options.add(MountOption.REL_ATIME);
              mount.attach(root, directory(root.root, name));
            });
  }
}
