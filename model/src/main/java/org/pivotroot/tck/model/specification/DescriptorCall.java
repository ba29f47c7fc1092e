package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EBADF;
import static org.pivotroot.tck.model.call.Errno.EPERM;

import java.util.List;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Rule;

/** inotify_init1(2), fanotify_init(2), and ioctl(2) with NS_GET_USERNS. */
final class DescriptorCall extends Attempt {
  private static final long NS_GET_USERNS = 0xb701;

  static final Procedure<DescriptorCall> INOTIFY_INIT =
      Procedure.<DescriptorCall>of("inotify_init1")
          .effect(
              new Branch("inotify_init1.opens", "a descriptor of no place", "inotify_init(2)"),
              Attempt::open);

  static final Procedure<DescriptorCall> FANOTIFY_INIT =
      Procedure.<DescriptorCall>of("fanotify_init")
          .effect(
              new Branch("fanotify_init.opens", "a descriptor of no place", "fanotify_init(2)"),
              Attempt::open);

  static final Procedure<DescriptorCall> IOCTL =
      Procedure.<DescriptorCall>of("ioctl")
          .check(
              Rule.of("ioctl.bad-descriptor", EBADF, "fd is no descriptor", "ioctl(2), ERRORS"),
              call -> call.file(0) == null)
          .find("it is NS_GET_USERNS of a mount namespace", List.of(), DescriptorCall::checkKind)
          .check(
              Rule.of(
                  "ioctl.outside",
                  EPERM,
                  "the owner is neither the user namespace of the caller nor below it",
                  "ioctl_ns(2), NS_GET_USERNS"),
              DescriptorCall::isOutside)
          .effect(
              new Branch(
                  "ioctl.opens-owner",
                  "a descriptor of the user namespace that owns it",
                  "ioctl_ns(2), NS_GET_USERNS"),
              call -> {
                UserNamespace owner = call.file(0).namespace.owner;
                call.open().userNamespace = owner;
              });

  DescriptorCall(State state, Task task, Call call) {
    super(state, task, call);
  }

  private void checkKind() {
    if (file(0) != null && (bits(1) != NS_GET_USERNS || file(0).namespace == null)) {
      throw new Inexpressible("other operations of ioctl(2)");
    }
  }

  private boolean isOutside() {
    UserNamespace owner = file(0).namespace.owner;
    while (owner != null && owner != task.userNamespace) {
      owner = owner.parent();
    }
    return owner == null;
  }
}
