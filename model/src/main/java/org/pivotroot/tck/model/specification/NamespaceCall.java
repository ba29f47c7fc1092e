package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EBADF;
import static org.pivotroot.tck.model.call.Errno.EINVAL;
import static org.pivotroot.tck.model.call.Errno.EPERM;

import java.util.EnumSet;
import java.util.List;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Procedure.Choice;
import org.pivotroot.tck.model.specification.rule.Rule;
import org.pivotroot.tck.model.specification.rule.Switch;

/** unshare(2), setns(2), clone(2) and clone3(2). */
final class NamespaceCall extends Attempt {
  private static final String UNSHARE_ERRORS = "unshare(2), ERRORS";
  private static final String SETNS_ERRORS = "setns(2), ERRORS";
  private static final String CLONE_ERRORS = "clone(2), ERRORS";
  private static final long OTHER_NAMESPACES =
      CloneFlag.CLONE_NEWCGROUP.bit()
          | CloneFlag.CLONE_NEWUTS.bit()
          | CloneFlag.CLONE_NEWIPC.bit()
          | CloneFlag.CLONE_NEWPID.bit()
          | CloneFlag.CLONE_NEWNET.bit();
  private static final long UNSHARED =
      OTHER_NAMESPACES
          | CloneFlag.CLONE_FS.bit()
          | CloneFlag.CLONE_FILES.bit()
          | CloneFlag.CLONE_THREAD.bit()
          | CloneFlag.CLONE_SIGHAND.bit()
          | CloneFlag.CLONE_VM.bit()
          | CloneFlag.CLONE_NEWNS.bit()
          | CloneFlag.CLONE_NEWUSER.bit();
  private static final Branch COPIES_NAMESPACE =
      new Branch(
          "unshare.copies-namespace",
          "root and working directory of the caller, now its alone, move to the copies",
          "mount_namespaces(7), DESCRIPTION; unshare(2), CLONE_NEWNS");
  private static final Branch NEW_USER_NAMESPACE =
      new Branch(
          "unshare.new-user-namespace",
          "in the new user namespace the caller has all capabilities, and none above",
          "user_namespaces(7), Capabilities");
  private static final Branch EMPTY_NAMESPACE =
      new Branch(
          "unshare.empty-namespace",
          "the new namespace is a copy of the lowest mount alone, which is root and working"
              + " directory",
          "kernel 7.1");

  static final List<Clause> CLAUSES =
      List.of(COPIES_NAMESPACE, NEW_USER_NAMESPACE, EMPTY_NAMESPACE);

  static final Procedure<NamespaceCall> UNSHARE =
      Procedure.<NamespaceCall>of("unshare")
          .check(
              Rule.of(
                  "unshare.unknown-flags",
                  EINVAL,
                  "flags has a bit that is no flag",
                  UNSHARE_ERRORS),
              call -> (call.bits(0) & ~(UNSHARED | CloneFlag.UNSHARE_EMPTY_MNTNS.bit())) != 0)
          .check(
              Rule.of(
                      "unshare.empty-unknown",
                      EINVAL,
                      "UNSHARE_EMPTY_MNTNS is no flag",
                      UNSHARE_ERRORS)
                  .until(Switch.EMPTY_NAMESPACE),
              call -> call.has(0, CloneFlag.UNSHARE_EMPTY_MNTNS))
          .check(
              Rule.of(
                  "unshare.threads",
                  EINVAL,
                  "a flag is given that a process of several threads may not give",
                  UNSHARE_ERRORS + ", EINVAL; check_unshare_flags()"),
              call -> !call.task.process && call.isForOneThread())
          .find("the flags are among those spoken of here", List.of(), NamespaceCall::checkFlags)
          .check(
              Rule.of(
                  "unshare.user-in-chroot",
                  EPERM,
                  "CLONE_NEWUSER is given and the root of the caller is not that of its mount"
                      + " namespace",
                  UNSHARE_ERRORS + ", EPERM; current_chrooted()"),
              call -> call.has(0, CloneFlag.CLONE_NEWUSER) && call.isChrooted())
          .check(
              Rule.of(
                  "unshare.user-without-mapping",
                  EPERM,
                  "CLONE_NEWUSER is given and the IDs of the caller are not mapped",
                  UNSHARE_ERRORS + ", EPERM"),
              call ->
                  call.has(0, CloneFlag.CLONE_NEWUSER)
                      && !call.task.userNamespace.maps(call.task.uid, call.task.gid))
          .check(
              Rule.of(
                  "unshare.permission",
                  EPERM,
                  "CLONE_NEWNS is given without CLONE_NEWUSER, and the caller lacks CAP_SYS_ADMIN in"
                      + " its user namespace",
                  UNSHARE_ERRORS + ", EPERM"),
              call ->
                  (call.newMounts() || (call.bits(0) & OTHER_NAMESPACES) != 0)
                      && !call.has(0, CloneFlag.CLONE_NEWUSER)
                      && call.isUnprivileged())
          .effect(
              new Branch(
                  "unshare.unshares", "what is asked for is the caller's alone", "unshare(2)"),
              NamespaceCall::unshare);

  private static final Procedure<NamespaceCall> ENTER_MOUNT =
      Procedure.<NamespaceCall>of("a mount namespace")
          .check(
              Rule.of(
                  "setns.permission",
                  EPERM,
                  "the caller lacks CAP_SYS_ADMIN in the user namespace that owns the namespace, or"
                      + " CAP_SYS_CHROOT or CAP_SYS_ADMIN in its own",
                  SETNS_ERRORS + "; mntns_install()"),
              call -> !call.mayEnter(call.file(0).namespace))
          .check(
              Rule.of(
                  "setns.fs-shared",
                  EINVAL,
                  "the caller shares root and working directory with another task",
                  SETNS_ERRORS + ", EINVAL"),
              call -> call.state.isFsShared(call.task))
          .effect(
              new Branch(
                  "setns.enters-mount",
                  "root and working directory are the top of what is mounted on the first mount of"
                      + " the namespace, even if it was the caller's already",
                  "setns(2); mntns_install() in fs/namespace.c"),
              call -> {
                call.task.namespace = call.file(0).namespace;
                call.task.fs.root = call.task.namespace.entrance();
                call.task.fs.cwd = call.task.fs.root;
              });

  private static final Procedure<NamespaceCall> ENTER_USER =
      Procedure.<NamespaceCall>of("a user namespace")
          .check(
              Rule.of(
                  "setns.same-user",
                  EINVAL,
                  "the caller is in the user namespace already",
                  SETNS_ERRORS + ", EINVAL"),
              call -> call.file(0).userNamespace == call.task.userNamespace)
          .check(
              Rule.of(
                  "setns.threads", EINVAL, "the caller is one of several threads", SETNS_ERRORS),
              call -> !call.task.process)
          .check(
              Rule.of(
                  "setns.user-fs-shared",
                  EINVAL,
                  "the caller shares root and working directory with another task",
                  "userns_install() in kernel/user_namespace.c"),
              call -> call.state.isFsShared(call.task))
          .check(
              Rule.of(
                  "setns.user-permission",
                  EPERM,
                  "the caller lacks CAP_SYS_ADMIN in the user namespace",
                  SETNS_ERRORS),
              call -> !call.task.isCapable(call.file(0).userNamespace, Capability.CAP_SYS_ADMIN))
          .effect(
              new Branch(
                  "setns.enters-user",
                  "the caller has all capabilities in the user namespace",
                  "user_namespaces(7), Capabilities"),
              call -> enter(call.task, call.file(0).userNamespace));

  static final Procedure<NamespaceCall> SETNS =
      Procedure.<NamespaceCall>of("setns")
          .check(
              Rule.of(
                  "setns.bad-descriptor",
                  EBADF,
                  "fd is no descriptor, or one of a place alone",
                  SETNS_ERRORS + "; open(2), O_PATH"),
              call -> call.file(0) == null || call.file(0).isPath)
          .check(
              Rule.of(
                  "setns.no-namespace",
                  EINVAL,
                  "fd refers to no namespace",
                  SETNS_ERRORS + ", EINVAL"),
              call ->
                  call.file(0) != null
                      && call.file(0).namespace == null
                      && call.file(0).userNamespace == null)
          .check(
              Rule.of(
                  "setns.other-type",
                  EINVAL,
                  "nstype is given and fd refers to a namespace of another type",
                  SETNS_ERRORS + ", EINVAL"),
              NamespaceCall::isOtherType)
          .choose(
              new Choice<>(
                  "a mount namespace",
                  call -> call.file(0) != null && call.file(0).namespace != null,
                  ENTER_MOUNT),
              new Choice<>("a user namespace", call -> call.file(0) != null, ENTER_USER));

  static final Procedure<NamespaceCall> CLONE =
      Procedure.<NamespaceCall>of("clone")
          .check(
              Rule.of(
                  "clone.fs-and-namespace",
                  EINVAL,
                  "CLONE_FS is given with CLONE_NEWNS or CLONE_NEWUSER",
                  CLONE_ERRORS + ", EINVAL"),
              call ->
                  call.cloneHas(CloneFlag.CLONE_FS)
                      && (call.cloneHas(CloneFlag.CLONE_NEWNS)
                          || call.cloneHas(CloneFlag.CLONE_NEWUSER)))
          .check(
              Rule.of(
                      "clone.empty-unknown",
                      EINVAL,
                      "CLONE_EMPTY_MNTNS is no flag",
                      CLONE_ERRORS + ", EINVAL")
                  .until(Switch.EMPTY_NAMESPACE),
              call -> call.cloneHas(CloneFlag.CLONE_EMPTY_MNTNS))
          .find("the flags are among those spoken of here", List.of(), NamespaceCall::checkClone)
          .check(
              Rule.of(
                  "clone.user-in-chroot",
                  EPERM,
                  "CLONE_NEWUSER is given and the root of the caller is not that of its mount"
                      + " namespace",
                  CLONE_ERRORS + ", EPERM"),
              call -> call.cloneHas(CloneFlag.CLONE_NEWUSER) && call.isChrooted())
          .check(
              Rule.of(
                  "clone.permission",
                  EPERM,
                  "CLONE_NEWNS is given without CLONE_NEWUSER, and the caller lacks CAP_SYS_ADMIN in"
                      + " its user namespace",
                  CLONE_ERRORS + ", EPERM"),
              call ->
                  (call.cloneHas(CloneFlag.CLONE_NEWNS)
                          || call.cloneHas(CloneFlag.CLONE_EMPTY_MNTNS))
                      && !call.cloneHas(CloneFlag.CLONE_NEWUSER)
                      && call.isUnprivileged())
          .effect(
              new Branch("clone.clones", "a child begins; here it ends at once", "clone(2)"),
              call -> {});

  NamespaceCall(State state, Task task, Call call) {
    super(state, task, call);
  }

  private boolean has(int argument, CloneFlag flag) {
    return (bits(argument) & flag.bit()) != 0;
  }

  private boolean newMounts() {
    return has(0, CloneFlag.CLONE_NEWNS) || has(0, CloneFlag.UNSHARE_EMPTY_MNTNS);
  }

  private boolean isForOneThread() {
    return has(0, CloneFlag.CLONE_NEWUSER)
        || has(0, CloneFlag.CLONE_THREAD)
        || has(0, CloneFlag.CLONE_SIGHAND)
        || has(0, CloneFlag.CLONE_VM);
  }

  private void checkFlags() {
    if (has(0, CloneFlag.CLONE_FILES)) {
      throw new Inexpressible("a descriptor table of one's own");
    }
  }

  private boolean isChrooted() {
    return !task.fs.root.equals(task.namespace.entrance());
  }

  private boolean isUnprivileged() {
    return !task.isCapable(task.userNamespace, Capability.CAP_SYS_ADMIN);
  }

  private void unshare() {
    if (has(0, CloneFlag.CLONE_NEWUSER)) {
      met(NEW_USER_NAMESPACE);
      enterNewUserNamespace(task, false);
    }
    if (has(0, CloneFlag.CLONE_FS) || has(0, CloneFlag.CLONE_NEWUSER) || newMounts()) {
      task.fs = task.fs.copy();
    }
    if (has(0, CloneFlag.UNSHARE_EMPTY_MNTNS)) {
      met(EMPTY_NAMESPACE);
      NamespaceCopy.enterEmpty(state, task, task.userNamespace);
    } else if (newMounts()) {
      met(COPIES_NAMESPACE);
      NamespaceCopy.enter(state, task, task.userNamespace);
    }
  }

  static void enterNewUserNamespace(Task task, boolean mapped) {
    enter(task, new UserNamespace(task.userNamespace, task.uid, task.gid, mapped));
  }

  private static void enter(Task task, UserNamespace namespace) {
    task.userNamespace = namespace;
    task.effective.addAll(EnumSet.allOf(Capability.class));
    task.permitted.addAll(EnumSet.allOf(Capability.class));
  }

  private boolean mayEnter(MountNamespace namespace) {
    return task.isCapable(namespace.owner, Capability.CAP_SYS_ADMIN)
        && task.isCapable(task.userNamespace, Capability.CAP_SYS_CHROOT)
        && task.isCapable(task.userNamespace, Capability.CAP_SYS_ADMIN);
  }

  private boolean isOtherType() {
    OpenFile file = file(0);
    long type = bits(1);
    return file != null
        && type != 0
        && type
            != (file.namespace != null
                ? CloneFlag.CLONE_NEWNS.bit()
                : CloneFlag.CLONE_NEWUSER.bit());
  }

  private long cloneFlags() {
    if (call.callee() == Syscall.CLONE3) {
      if (argument(0) instanceof Value.Struct arguments) {
        Value flags = arguments.fields().get("flags");
        return flags == null ? 0 : bits(flags);
      }
      throw new Inexpressible("clone3(2) without a structure");
    }
    // The lowest byte is the signal of the child's end.
    return bits(0) & ~0xffL;
  }

  private boolean cloneHas(CloneFlag flag) {
    return (cloneFlags() & flag.bit()) != 0;
  }

  private void checkClone() {
    long known =
        CloneFlag.CLONE_FS.bit()
            | CloneFlag.CLONE_NEWNS.bit()
            | CloneFlag.CLONE_NEWUSER.bit()
            | CloneFlag.CLONE_EMPTY_MNTNS.bit()
            | CloneFlag.CLONE_VM.bit()
            | CloneFlag.CLONE_VFORK.bit();
    if ((cloneFlags() & ~known) != 0) {
      throw new Inexpressible("other flags of clone(2)");
    }
  }
}
