package org.pivotroot.tck.harness.task;

import static org.pivotroot.tck.model.call.Value.number;
import static org.pivotroot.tck.model.call.Value.struct;

import java.util.List;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.CapabilityChange;

/** Calls about who a task is and what it may do. */
interface CredentialCalls extends Calling {
  /** prctl(2) PR_SET_KEEPCAPS. */
  int PR_SET_KEEPCAPS = 8;

  /** prctl(2) with PR_SET_KEEPCAPS: a change of the user id leaves the permitted capabilities. */
  default Outcome<Void> keepCapabilities() {
    return call(Syscall.PRCTL, number(PR_SET_KEEPCAPS), number(1));
  }

  /** setresuid(2) with the same id three times. */
  default Outcome<Void> setresuid(int uid) {
    return call(Syscall.SETRESUID, number(uid), number(uid), number(uid));
  }

  /** capset(2) that makes these the only effective and permitted capabilities. */
  default Outcome<Void> keepOnly(Capability... capabilities) {
    return capset(CapabilityChange.ONLY, capabilities);
  }

  /** capset(2) that removes these capabilities from the effective and permitted sets. */
  default Outcome<Void> drop(Capability... capabilities) {
    return capset(CapabilityChange.WITHOUT, capabilities);
  }

  /** capset(2) that removes these capabilities from the effective set alone. */
  default Outcome<Void> lower(Capability... capabilities) {
    return capset(CapabilityChange.WITHOUT_EFFECTIVE, capabilities);
  }

  /** capset(2) that adds these capabilities, which must be permitted, to the effective set. */
  default Outcome<Void> raise(Capability... capabilities) {
    return capset(CapabilityChange.WITH_EFFECTIVE, capabilities);
  }

  private Outcome<Void> capset(CapabilityChange change, Capability... capabilities) {
    return call(
        Syscall.CAPSET,
        struct(StructType.CAPABILITY_HEADER, "version", number(Capability.VERSION)),
        new Value.Capabilities(change, List.of(capabilities)));
  }

  /** umask(2): the mask until now, in octal. */
  default Outcome<String> umask(int mask) {
    return call(
        result -> "0" + Integer.toOctalString(((Result.Masked) result).mode()),
        Syscall.UMASK,
        number(mask));
  }
}
