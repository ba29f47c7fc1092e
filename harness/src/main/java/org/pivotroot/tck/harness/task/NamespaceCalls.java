package org.pivotroot.tck.harness.task;

import static org.pivotroot.tck.model.call.Value.badAddress;
import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.nullPointer;
import static org.pivotroot.tck.model.call.Value.number;
import static org.pivotroot.tck.model.call.Value.struct;

import java.util.List;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;

/** Calls about namespaces. */
interface NamespaceCalls extends Calling {
  /** What a child sends when it ends; it stands among the flags of clone(2) without a name. */
  int SIGCHLD = 17;

  /** ioctl(2) NS_GET_USERNS. */
  int NS_GET_USERNS = 0xb701;

  /** ioctl(2) NS_MNT_GET_NEXT and NS_MNT_GET_PREV. */
  long NS_MNT_GET_NEXT = 0x8010b70bL;

  long NS_MNT_GET_PREV = 0x8010b70cL;

  /** unshare(2). */
  default Outcome<Void> unshare(CloneFlag... flags) {
    return call(Syscall.UNSHARE, flags(flags));
  }

  /** setns(2); without flags, whatever kind of namespace the descriptor is of. */
  default Outcome<Void> setns(Descriptor namespace, CloneFlag... type) {
    return call(Syscall.SETNS, namespace, flags(type));
  }

  /** setns(2) with CLONE_NEWNS, into the mount namespace of another task. */
  default Outcome<Void> setnsMount(Descriptor namespace) {
    return setns(namespace, CloneFlag.CLONE_NEWNS);
  }

  /**
   * clone(2) with SIGCHLD and a stack that is no memory of the task: a child, where there is one,
   * ends at its first return and is waited for. For whether the kernel lets it begin at all.
   */
  default Outcome<Void> clone(CloneFlag... flags) {
    return call(
        Syscall.CLONE,
        new Value.Flags(List.of(flags), SIGCHLD),
        badAddress(),
        nullPointer(),
        nullPointer(),
        number(0));
  }

  /**
   * clone3(2), for flags that clone(2) has no room for, with a child like that of {@link #clone}.
   */
  default Outcome<Void> clone3(CloneFlag... flags) {
    Value arguments =
        struct(
            StructType.CLONE_ARGS,
            "flags",
            flags(flags),
            "exit_signal",
            number(SIGCHLD),
            "stack",
            new Value.BadAddress(4096),
            "stack_size",
            number(16));
    return call(Syscall.CLONE3, arguments, number(StructType.CLONE_ARGS.size()));
  }

  /** pidfd_open(2) of another task, which must be a process. */
  default Outcome<Descriptor> pidfdOpen(Task process) {
    return call(DESCRIPTOR, Syscall.PIDFD_OPEN, new Value.ProcessOf(process.name()), number(0));
  }

  /** ioctl(2) NS_GET_USERNS: a descriptor of the user namespace that owns a namespace. */
  default Outcome<Descriptor> owningUserNamespace(Descriptor namespace) {
    return call(DESCRIPTOR, Syscall.IOCTL, namespace, number(NS_GET_USERNS), nullPointer());
  }

  /**
   * ioctl(2) NS_MNT_GET_NEXT: the file of the mount namespace that was made after this one.
   *
   * @param information a struct mnt_ns_info, or no pointer
   */
  default Outcome<Descriptor> nextMountNamespace(Descriptor namespace, Value information) {
    return call(DESCRIPTOR, Syscall.IOCTL, namespace, number(NS_MNT_GET_NEXT), information);
  }

  /** ioctl(2) NS_MNT_GET_PREV: the file of the mount namespace that was made before this one. */
  default Outcome<Descriptor> previousMountNamespace(Descriptor namespace, Value information) {
    return call(DESCRIPTOR, Syscall.IOCTL, namespace, number(NS_MNT_GET_PREV), information);
  }
}
