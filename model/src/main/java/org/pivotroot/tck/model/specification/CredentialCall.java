package org.pivotroot.tck.model.specification;

import static org.pivotroot.tck.model.call.Errno.EPERM;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.specification.rule.Branch;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Procedure;
import org.pivotroot.tck.model.specification.rule.Rule;

/** setresuid(2), capset(2), prctl(2) with PR_SET_KEEPCAPS, and umask(2). */
final class CredentialCall extends Attempt {
  private static final int PR_SET_KEEPCAPS = 8;

  static final Procedure<CredentialCall> SETRESUID =
      Procedure.<CredentialCall>of("setresuid")
          .find(
              "it is one ID thrice, in the initial user namespace",
              List.of(),
              CredentialCall::checkUid)
          .check(
              Rule.of(
                  "setresuid.permission",
                  EPERM,
                  "the caller lacks CAP_SETUID and the ID is none of its own",
                  "setresuid(2), ERRORS"),
              call ->
                  call.bits(0) != call.task.uid
                      && !call.task.effective.contains(Capability.CAP_SETUID))
          .effect(
              new Branch(
                  "setresuid.sets",
                  "whoever gives up the ID 0 loses all capabilities, but for the permitted ones"
                      + " after PR_SET_KEEPCAPS",
                  "capabilities(7), Effect of user ID changes on capabilities"),
              CredentialCall::setUid);

  static final Procedure<CredentialCall> CAPSET =
      Procedure.<CredentialCall>of("capset")
          .check(
              Rule.of(
                  "capset.not-permitted",
                  EPERM,
                  "a capability is to be added that is not permitted",
                  "capset(2), ERRORS"),
              call ->
                  !call.task.permitted.containsAll(call.newPermitted())
                      || !call.newPermitted().containsAll(call.newEffective()))
          .effect(
              new Branch("capset.sets", "the capability sets are changed", "capset(2)"),
              CredentialCall::setCapabilities);

  static final Procedure<CredentialCall> PRCTL =
      Procedure.<CredentialCall>of("prctl")
          .find("it is PR_SET_KEEPCAPS", List.of(), CredentialCall::checkOption)
          .effect(
              new Branch("prctl.keeps", "the mark is set or cleared", "PR_SET_KEEPCAPS(2const)"),
              call -> call.task.keepsCapabilities = call.bits(1) != 0);

  static final Procedure<CredentialCall> UMASK =
      Procedure.<CredentialCall>of("umask")
          .effect(
              new Branch("umask.sets", "the mask is set and the old one returned", "umask(2)"),
              call -> {
                call.result = new Result.Masked(call.task.fs.mask);
                call.task.fs.mask = (int) call.bits(0) & 0777;
              });

  CredentialCall(State state, Task task, Call call) {
    super(state, task, call);
  }

  private void checkUid() {
    if (bits(0) != bits(1) || bits(1) != bits(2) || task.userNamespace.parent() != null) {
      throw new Inexpressible("several user IDs, or those of a user namespace");
    }
  }

  private void setUid() {
    int uid = (int) bits(0);
    if (task.uid == 0 && uid != 0) {
      task.effective.clear();
      if (!task.keepsCapabilities) {
        task.permitted.clear();
      }
    } else if (task.uid != 0 && uid == 0) {
      task.effective.addAll(task.permitted);
    }
    task.uid = uid;
  }

  private Value.Capabilities change() {
    if (argument(1) instanceof Value.Capabilities capabilities) {
      return capabilities;
    }
    throw new Inexpressible("capset(2) with sets of another kind");
  }

  private Set<Capability> newPermitted() {
    Value.Capabilities change = change();
    EnumSet<Capability> sets = EnumSet.noneOf(Capability.class);
    sets.addAll(
        change.change() == Value.CapabilityChange.ONLY ? change.capabilities() : task.permitted);
    if (change.change() == Value.CapabilityChange.WITHOUT) {
      sets.removeAll(change.capabilities());
    }
    return sets;
  }

  private Set<Capability> newEffective() {
    Value.Capabilities change = change();
    EnumSet<Capability> sets = EnumSet.noneOf(Capability.class);
    sets.addAll(task.effective);
    switch (change.change()) {
      case WITHOUT, WITHOUT_EFFECTIVE -> sets.removeAll(change.capabilities());
      case WITH_EFFECTIVE -> sets.addAll(change.capabilities());
      case ONLY -> {
        sets.clear();
        sets.addAll(change.capabilities());
      }
    }
    return sets;
  }

  private void setCapabilities() {
    Set<Capability> permitted = newPermitted();
    Set<Capability> effective = newEffective();
    task.permitted.retainAll(permitted);
    task.effective.clear();
    task.effective.addAll(effective);
  }

  private void checkOption() {
    if (bits(0) != PR_SET_KEEPCAPS) {
      throw new Inexpressible("other options of prctl(2)");
    }
  }
}
