package org.pivotroot.tck.harness.task;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pivotroot.tck.harness.wire.NativeArgument;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.Returned;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;

/** Makes of a call what is sent to the agent: numbers for names, bytes for structures. */
final class Lowering implements Value.Visitor<NativeArgument> {
  /** A byte that no path in UTF-8 contains. */
  static final byte UNTOUCHED = (byte) 0xff;

  private static final int CAPGET = 125;
  private static final int WAIT4 = 61;
  private static final int WALL = 0x40000000;

  /** Two structures of effective, permitted and inheritable, 32 capabilities each. */
  private static final int CAPABILITY_SETS = 24;

  private static final int CPU_SET = 128;

  private final Numbers numbers;

  private Lowering(Numbers numbers) {
    this.numbers = numbers;
  }

  /**
   * What is sent for one call.
   *
   * @param calls the call, and those that it needs beside it
   * @param main which of them it is
   */
  record Lowered(List<NativeCall> calls, int main) {
    /** The result of the call itself, or of the one before it that failed. */
    Returned result(List<Returned> results) {
      return results.get(Math.min(main, results.size() - 1));
    }
  }

  /** What is sent for a call. */
  static Lowered of(Call call, Numbers numbers) {
    Lowering lowering = new Lowering(numbers);
    NativeCall itself = lowering.lowered(call);
    if (call.callee() == Syscall.CAPSET) {
      NativeArgument header = itself.arguments().get(1);
      NativeArgument sets = new NativeArgument.Memory(new byte[CAPABILITY_SETS]);
      NativeCall capget = NativeCall.syscall(List.of(word(CAPGET), header, sets));
      return new Lowered(List.of(capget, itself), 1);
    }
    if (call.returns() == Callee.Returns.CHILD) {
      NativeCall wait =
          NativeCall.syscall(
              List.of(word(WAIT4), new NativeArgument.Result(0), word(0), word(WALL), word(0)));
      return new Lowered(List.of(itself, wait), 0);
    }
    return new Lowered(List.of(itself), 0);
  }

  private NativeCall lowered(Call call) {
    List<NativeArgument> arguments = new ArrayList<>();
    if (call.callee() instanceof Syscall syscall) {
      arguments.add(word(syscall.number()));
    }
    call.arguments().forEach(argument -> arguments.add(argument.accept(this)));
    int yields =
        switch (call.returns()) {
          case ITS_BUFFER -> NativeCall.ITS_MEMORY;
          case ALLOCATED_TEXT -> NativeCall.ALLOCATED_TEXT;
          case NOTHING -> call.callee() instanceof Syscall ? NativeCall.NUMBER : NativeCall.INT;
          default -> NativeCall.NUMBER;
        };
    String function = call.callee() instanceof Syscall ? "syscall" : call.callee().symbol();
    return new NativeCall(function, yields, arguments);
  }

  private static NativeArgument word(long value) {
    return new NativeArgument.Word(value);
  }

  @Override
  public NativeArgument text(Value.Text text) {
    return new NativeArgument.Text(text.text());
  }

  @Override
  public NativeArgument longText(Value.LongText text) {
    return new NativeArgument.Text(text.text());
  }

  @Override
  public NativeArgument nullPointer() {
    return word(0);
  }

  @Override
  public NativeArgument badAddress(Value.BadAddress bad) {
    return word(bad.address());
  }

  @Override
  public NativeArgument number(Value.Int number) {
    return word(number.number());
  }

  @Override
  public NativeArgument flags(Value.Flags flags) {
    return word(flags.bits());
  }

  @Override
  public NativeArgument workingDirectory() {
    return word(-100); // AT_FDCWD
  }

  @Override
  public NativeArgument badDescriptor(Value.BadDescriptor bad) {
    return word(bad.number());
  }

  @Override
  public NativeArgument descriptor(Value.Descriptor descriptor) {
    return word(numbers.descriptor(descriptor));
  }

  @Override
  public NativeArgument through(Value.Through path) {
    return new NativeArgument.Text(
        "/proc/thread-self/fd/" + numbers.descriptor(path.descriptor()) + path.rest());
  }

  @Override
  public NativeArgument ofTask(Value.OfTask path) {
    return new NativeArgument.Text("/proc/" + numbers.directory(path.task()) + "/" + path.file());
  }

  @Override
  public NativeArgument idOf(Value.IdOf id) {
    return word(numbers.id(id));
  }

  @Override
  public NativeArgument processOf(Value.ProcessOf task) {
    return word(numbers.process(task.task()));
  }

  @Override
  public NativeArgument mapping(Value.Mapping mapping) {
    return word(numbers.mapping(mapping));
  }

  @Override
  public NativeArgument buffer(Value.Buffer buffer) {
    byte[] content = new byte[buffer.size()];
    if (buffer.holds() == Value.Holds.TOUCHED) {
      Arrays.fill(content, UNTOUCHED);
    }
    return new NativeArgument.Memory(content);
  }

  @Override
  public NativeArgument struct(Value.Struct struct) {
    ByteBuffer content = ByteBuffer.allocate(struct.struct().size());
    content.order(ByteOrder.LITTLE_ENDIAN);
    for (StructType.Field field : struct.struct().fields()) {
      Value value = struct.fields().get(field.name());
      long number = value == null ? 0 : ((NativeArgument.Word) value.accept(this)).value();
      switch (field.bytes()) {
        case Short.BYTES -> content.putShort((short) number);
        case Integer.BYTES -> content.putInt((int) number);
        default -> content.putLong(number);
      }
    }
    return new NativeArgument.Memory(content.array());
  }

  @Override
  public NativeArgument capabilities(Value.Capabilities capabilities) {
    long mask =
        capabilities.capabilities().stream()
            .mapToLong(Capability::mask)
            .reduce(0, (one, other) -> one | other);
    return switch (capabilities.change()) {
      case WITHOUT -> changed(sets(mask, mask, 0), sets(0, 0, 0));
      case WITHOUT_EFFECTIVE -> changed(sets(mask, 0, 0), sets(0, 0, 0));
      case WITH_EFFECTIVE -> changed(sets(0, 0, 0), sets(mask, 0, 0));
      case ONLY -> changed(sets(-1, -1, -1), sets(mask, mask, 0));
    };
  }

  private static NativeArgument changed(byte[] clear, byte[] set) {
    return new NativeArgument.Changed(0, 1, clear, set);
  }

  private static byte[] sets(long effective, long permitted, long inheritable) {
    ByteBuffer sets = ByteBuffer.allocate(CAPABILITY_SETS).order(ByteOrder.LITTLE_ENDIAN);
    for (int shift : new int[] {0, Integer.SIZE}) {
      sets.putInt((int) (effective >>> shift));
      sets.putInt((int) (permitted >>> shift));
      sets.putInt((int) (inheritable >>> shift));
    }
    return sets.array();
  }

  @Override
  public NativeArgument processors(Value.Processors processors) {
    byte[] set = new byte[CPU_SET];
    processors
        .processors()
        .forEach(number -> set[number / Byte.SIZE] |= (byte) (1 << number % Byte.SIZE));
    return new NativeArgument.Memory(set);
  }
}
