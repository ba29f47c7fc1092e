package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EBUSY;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.ENOSYS;
import static org.pivotroot.tck.model.call.Errno.EPERM;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.pivotroot.tck.model.call.AtFlag;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.MountAttribute;
import org.pivotroot.tck.model.call.OpenTreeFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Found;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Procedure.Choice;
import org.pivotroot.tck.model.specification.rule.Rule;
import org.pivotroot.tck.model.specification.rule.Switch;

/** open_tree(2) and mount_setattr(2). */
final class TreeCall extends Attempt {
  private static final String OPEN_TREE_ERRORS = "open_tree(2), ERRORS";
  private static final String SETATTR_ERRORS = "mount_setattr(2), ERRORS";
  private static final String PERMISSION =
      "the caller lacks CAP_SYS_ADMIN in the user namespace that owns its mount namespace";

  private static final Procedure<TreeCall> CLONE =
      Procedure.<TreeCall>of("OPEN_TREE_CLONE: a copy")
          .part(Copying.PROCEDURE, call -> call.copying)
          .effect(
              new Branch(
                  "open_tree.clones",
                  "the copy is in an anonymous namespace that lasts as long as the descriptor",
                  "open_tree(2), OPEN_TREE_CLONE"),
              TreeCall::openClone);

  private static final Procedure<TreeCall> PLAIN =
      Procedure.<TreeCall>of("otherwise as open(2) with O_PATH")
          .effect(
              new Branch("open_tree.opens", "a descriptor of the place", "open_tree(2)"),
              call -> {
                OpenFile file = call.open();
                file.place = call.place.get();
                file.isPath = true;
              });

  static final Procedure<TreeCall> OPEN_TREE =
      Procedure.<TreeCall>of("open_tree")
          .check(
              Rule.of(
                  "open_tree.recursive-alone",
                  EINVAL,
                  "AT_RECURSIVE is given without OPEN_TREE_CLONE",
                  OPEN_TREE_ERRORS),
              call -> call.has(2, AtFlag.AT_RECURSIVE) && !call.clones())
          .check(
              Rule.of("open_tree.permission", EPERM, PERMISSION, OPEN_TREE_ERRORS),
              call -> call.clones() && !call.mayMount())
          .find("path is looked up", PathArgument.CLAUSES, TreeCall::find)
          .choose(
              new Choice<>("OPEN_TREE_CLONE", TreeCall::clones, CLONE),
              new Choice<>("not OPEN_TREE_CLONE", call -> true, PLAIN));

  static final Procedure<TreeCall> MOUNT_SETATTR =
      Procedure.<TreeCall>of("mount_setattr")
          .check(
              Rule.of(
                      "mount_setattr.missing",
                      ENOSYS,
                      "the kernel has no such call",
                      "mount_setattr(2), HISTORY")
                  .until(Switch.MOUNT_SETATTR),
              call -> true)
          .check(
              Rule.of("mount_setattr.permission", EPERM, PERMISSION, SETATTR_ERRORS),
              call -> !call.mayMount())
          .done(
              new Branch("mount_setattr.nothing", "there is nothing to set", "do_mount_setattr()"),
              call -> (call.set() | call.cleared() | call.field("propagation")) == 0,
              call -> {})
          .check(
              Rule.of(
                  "mount_setattr.several-types",
                  EINVAL,
                  "more than one propagation type is given, or something else as one",
                  SETATTR_ERRORS),
              call -> call.field("propagation") != 0 && call.type() == null)
          .check(
              Rule.of(
                  "mount_setattr.atime",
                  EINVAL,
                  "an access time mode is set and MOUNT_ATTR__ATIME is not cleared as a whole, or"
                      + " cleared in part",
                  SETATTR_ERRORS),
              TreeCall::isAtimeWrong)
          .find("pathname is looked up", PathArgument.CLAUSES, TreeCall::find)
          .check(
              Rule.of(
                  "mount_setattr.not-mount-point",
                  EINVAL,
                  "pathname is no mount point",
                  SETATTR_ERRORS),
              call -> !call.place.get().isMountRoot())
          .check(
              Rule.of(
                  "mount_setattr.other-namespace",
                  EINVAL,
                  "the mount is neither in the mount namespace of the caller nor the root of an"
                      + " anonymous one",
                  SETATTR_ERRORS + "; do_mount_setattr()"),
              call ->
                  call.isForeign(call.place.get().mount())
                      && !isAnonymousRoot(call.place.get().mount()))
          .check(
              Rule.of(
                  "mount_setattr.locked",
                  EPERM,
                  "a locked option of one of the mounts would be taken away or changed",
                  SETATTR_ERRORS),
              call ->
                  call.mounts().stream()
                      .anyMatch(mount -> Locks.forbid(mount, call.newOptions(mount))))
          .check(
              Rule.of(
                  "mount_setattr.writers",
                  EBUSY,
                  "one of the mounts would become read-only, and a file on it is open for writing",
                  SETATTR_ERRORS),
              TreeCall::hasWriters)
          .effect(
              new Branch("mount_setattr.sets", "all the mounts are changed", "mount_setattr(2)"),
              TreeCall::setAttributes);

  private final Found<Place> place = new Found<>();
  private final Copying copying = new Copying(state, task, has(2, AtFlag.AT_RECURSIVE), place::get);

  TreeCall(State state, Task task, Call call) {
    super(state, task, call);
  }

  private boolean has(int argument, AtFlag flag) {
    return (bits(argument) & flag.bit()) != 0;
  }

  private boolean clones() {
    if ((bits(2) & OpenTreeFlag.OPEN_TREE_NAMESPACE.bit()) != 0) {
      throw new Inexpressible("OPEN_TREE_NAMESPACE");
    }
    return (bits(2) & OpenTreeFlag.OPEN_TREE_CLONE.bit()) != 0;
  }

  private void find() {
    place.is(
        path(0, 1, has(2, AtFlag.AT_EMPTY_PATH))
            .resolve(!has(2, AtFlag.AT_SYMLINK_NOFOLLOW), false));
  }

  private void openClone() {
    MountNamespace from = place.get().mount().namespace;
    MountNamespace namespace = state.newNamespace(task.namespace.owner, true);
    namespace.origin = from.anonymous ? from.origin : from;
    namespace.root = copying.copy();
    namespace.root.tree().forEach(mount -> mount.namespace = namespace);
    OpenFile file = open();
    file.place = namespace.root.place();
    file.isPath = true;
    file.dissolves = true;
  }

  private static boolean isAnonymousRoot(Mount mount) {
    return mount.namespace != null && mount.namespace.anonymous && mount.namespace.root == mount;
  }

  private long field(String name) {
    if (!(argument(3) instanceof Value.Struct attributes)) {
      throw new Inexpressible("mount_setattr(2) without a structure");
    }
    Value value = attributes.fields().get(name);
    return value == null ? 0 : bits(value);
  }

  private long set() {
    return field("attr_set");
  }

  private long cleared() {
    return field("attr_clr");
  }

  private PropagationType type() {
    return Stream.of(PropagationType.values())
        .filter(type -> type.bit() == field("propagation"))
        .findFirst()
        .orElse(null);
  }

  private boolean isAtimeWrong() {
    long atime = MountAttribute.MOUNT_ATTR__ATIME.bit();
    long cleared = cleared() & atime;
    return (cleared != 0 && cleared != atime) || ((set() & atime) != 0 && cleared == 0);
  }

  private List<Mount> mounts() {
    Mount mount = place.get().mount();
    return has(2, AtFlag.AT_RECURSIVE) ? mount.treeInDepth() : List.of(mount);
  }

  private EnumSet<MountOption> newOptions(Mount mount) {
    EnumSet<MountOption> options = EnumSet.noneOf(MountOption.class);
    options.addAll(mount.options);
    options.removeAll(MountOption.ofAttributes(cleared()));
    options.addAll(MountOption.ofAttributes(set()));
    if ((cleared() & MountAttribute.MOUNT_ATTR__ATIME.bit()) != 0) {
      options.remove(MountOption.NO_ATIME);
      options.remove(MountOption.REL_ATIME);
      if ((set() & MountAttribute.MOUNT_ATTR_NOATIME.bit()) != 0) {
        options.add(MountOption.NO_ATIME);
      } else if ((set() & MountAttribute.MOUNT_ATTR_STRICTATIME.bit()) == 0) {
        options.add(MountOption.REL_ATIME);
      }
    }
    return options;
  }

  private boolean hasWriters() {
    return (set() & MountAttribute.MOUNT_ATTR_RDONLY.bit()) != 0
        && state.files.values().stream()
            .anyMatch(file -> file.writes && mounts().contains(file.place.mount()));
  }

  private void setAttributes() {
    for (Mount mount : mounts()) {
      EnumSet<MountOption> options = newOptions(mount);
      mount.options.clear();
      mount.options.addAll(options);
      if (type() != null) {
        type().apply(state, mount);
      }
    }
  }
}
