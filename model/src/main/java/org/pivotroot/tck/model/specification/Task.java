package org.pivotroot.tck.model.specification;

import java.util.EnumSet;
import org.pivotroot.tck.model.call.Capability;

/** A task: a thread or process. */
final class Task {
  final String name;

  /** Whether it is a process of one thread; the others are threads of one process. */
  final boolean process;

  /** Its descriptor table; all threads have the same. */
  final int table;

  final EnumSet<Capability> effective = EnumSet.noneOf(Capability.class);
  final EnumSet<Capability> permitted = EnumSet.noneOf(Capability.class);
  UserNamespace userNamespace;
  MountNamespace namespace;
  FsStruct fs;
  int uid;
  int gid;
  boolean keepsCapabilities;

  Task(String name, boolean process, int table) {
    this.name = name;
    this.process = process;
    this.table = table;
  }

  /** cap_capable(): user_namespaces(7), Capabilities. */
  boolean isCapable(UserNamespace in, Capability capability) {
    for (UserNamespace at = in; at != null; at = at.parent()) {
      if (at == userNamespace) {
        return effective.contains(capability);
      }
      if (at.parent() == userNamespace && at.owner() == uid) {
        return true;
      }
    }
    return false;
  }

  /** PTRACE_MODE_READ_FSCREDS (ptrace(2), Ptrace access mode checking). */
  boolean mayInspect(Task other) {
    boolean sameProcess = other.table == table;
    boolean asMuch =
        other.userNamespace == userNamespace
            && other.uid == uid
            && other.gid == gid
            && permitted.containsAll(other.permitted);
    return sameProcess || asMuch || isCapable(other.userNamespace, Capability.CAP_SYS_PTRACE);
  }

  /** Whether it may override what the mode of an object forbids (capable_wrt_inode_uidgid()). */
  boolean overrides(Node node, Capability capability) {
    return effective.contains(capability) && userNamespace.maps(node.uid, node.gid);
  }

  /** Whether the mode of an object allows: 4 reading, 2 writing, 1 searching (inode(7)). */
  boolean may(Node node, int bits) {
    int shift = uid == node.uid ? 6 : gid == node.gid ? 3 : 0;
    return (node.mode >> shift & bits) == bits
        || overrides(node, Capability.CAP_DAC_OVERRIDE)
        || ((bits & 2) == 0
            && node.isDirectory()
            && overrides(node, Capability.CAP_DAC_READ_SEARCH));
  }
}
