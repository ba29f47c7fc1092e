package org.pivotroot.tck.model.specification;

import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Journal;
import org.pivotroot.tck.model.specification.rule.Kernel;

/** A call that a task makes. */
class Attempt implements Journal {
  final State state;
  final Task task;
  final Call call;

  /** What it returns if nothing speaks against it. */
  Result result = new Result.Returned(0);

  Attempt(State state, Task task, Call call) {
    this.state = state;
    this.task = task;
    this.call = call;
  }

  @Override
  public Kernel kernel() {
    return state.kernel();
  }

  @Override
  public void met(Clause clause) {
    state.met(clause);
  }

  /** may_mount() in fs/namespace.c. */
  boolean mayMount() {
    return task.isCapable(task.namespace.owner, Capability.CAP_SYS_ADMIN);
  }

  boolean isForeign(Mount mount) {
    return mount.namespace != task.namespace;
  }

  Value argument(int index) {
    return call.arguments().get(index);
  }

  PathArgument path(int index) {
    return new PathArgument(state, task, null, argument(index), false);
  }

  PathArgument path(int directory, int path, boolean mayBeEmpty) {
    return new PathArgument(state, task, argument(directory), argument(path), mayBeEmpty);
  }

  /** A number or flags. */
  long bits(int index) {
    return bits(argument(index));
  }

  static long bits(Value value) {
    if (value instanceof Value.Flags flags) {
      return flags.bits();
    }
    if (value instanceof Value.Int number) {
      return number.number();
    }
    if (value instanceof Value.Null) {
      return 0;
    }
    throw new Inexpressible("an argument of this kind as a number");
  }

  /** The open file of a descriptor; null if it is none. */
  OpenFile file(int index) {
    Value value = argument(index);
    if (value instanceof Value.Descriptor descriptor) {
      OpenFile file = state.files.get(descriptor.descriptor());
      return file == null || file.table != task.table ? null : file;
    }
    if (value instanceof Value.BadDescriptor || value instanceof Value.Int) {
      return null;
    }
    throw new Inexpressible("an argument of this kind as a descriptor");
  }

  OpenFile open() {
    OpenFile file = new OpenFile(++state.lastFile, task.table);
    state.files.put(file.number, file);
    result = new Result.Opened(file.number);
    return file;
  }
}
