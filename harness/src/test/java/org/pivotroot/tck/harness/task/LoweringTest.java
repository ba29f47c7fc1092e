package org.pivotroot.tck.harness.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.pivotroot.tck.model.call.Value.badAddress;
import static org.pivotroot.tck.model.call.Value.buffer;
import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.nullPointer;
import static org.pivotroot.tck.model.call.Value.number;
import static org.pivotroot.tck.model.call.Value.struct;
import static org.pivotroot.tck.model.call.Value.text;
import static org.pivotroot.tck.model.call.Value.workingDirectory;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pivotroot.tck.harness.wire.NativeArgument;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.Returned;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.LibraryFunction;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.PollEvent;
import org.pivotroot.tck.model.call.ResolveFlag;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.CapabilityChange;
import org.pivotroot.tck.model.call.Value.Holds;

class LoweringTest {
  /** Descriptor 1 is 41, mapping 1 is at 0x7001, task P is thread 501 of process 500. */
  private static final Numbers NUMBERS =
      new Numbers() {
        @Override
        public long descriptor(Value.Descriptor descriptor) {
          return 40L + descriptor.descriptor();
        }

        @Override
        public long mapping(Value.Mapping mapping) {
          return 0x7000L + mapping.mapping();
        }

        @Override
        public long id(Value.IdOf id) {
          return (id.what() == Value.Identified.MOUNT ? 0x80000000L : 0x100L)
              + descriptor(id.descriptor());
        }

        @Override
        public long process(String task) {
          return task.equals("P") ? 500 : -1;
        }

        @Override
        public String directory(String task) {
          return process(task) + "/task/501";
        }
      };

  private static final Value.Descriptor FD = new Value.Descriptor(1);

  private static NativeArgument word(long value) {
    return new NativeArgument.Word(value);
  }

  private static NativeArgument pointer(String text) {
    return new NativeArgument.Text(text);
  }

  private static NativeArgument memory(String hexadecimal) {
    return new NativeArgument.Memory(HexFormat.of().parseHex(hexadecimal.replace(" ", "")));
  }

  private static Lowering.Lowered lowered(Callee callee, Value... arguments) {
    return Lowering.of(Call.of(callee, arguments), NUMBERS);
  }

  private static void assertAre(List<NativeCall> calls, NativeCall... expected) {
    assertThat(calls.stream().map(LoweringTest::shown))
        .containsExactlyElementsOf(Stream.of(expected).map(LoweringTest::shown).toList());
  }

  private static String shown(NativeCall call) {
    List<String> arguments = call.arguments().stream().map(LoweringTest::shown).toList();
    return call.function() + " yields " + call.yields() + " " + arguments;
  }

  private static String shown(NativeArgument argument) {
    HexFormat hexadecimal = HexFormat.of();
    if (argument instanceof NativeArgument.Memory memory) {
      return "Memory " + hexadecimal.formatHex(memory.content());
    }
    if (argument instanceof NativeArgument.Changed changed) {
      return "Memory %d of call %d without %s with %s"
          .formatted(
              changed.memory(),
              changed.call(),
              hexadecimal.formatHex(changed.clear()),
              hexadecimal.formatHex(changed.set()));
    }
    return argument.toString();
  }

  static Stream<Arguments> values() {
    return Stream.of(
        arguments(text("/new"), pointer("/new")),
        arguments(text("n".repeat(300)), pointer("n".repeat(300))),
        arguments(nullPointer(), word(0)),
        arguments(badAddress(), word(1)),
        arguments(number(-1), word(-1)),
        arguments(
            new Value.Flags(List.of(MountFlag.MS_REC, MountFlag.MS_BIND), 0x40), word(0x5040)),
        arguments(workingDirectory(), word(-100)),
        arguments(new Value.BadDescriptor(99), word(99)),
        arguments(FD, word(41)),
        arguments(FD.path(), pointer("/proc/thread-self/fd/41")),
        arguments(FD.path("/x"), pointer("/proc/thread-self/fd/41/x")),
        arguments(new Value.OfTask("P", "ns/mnt"), pointer("/proc/500/task/501/ns/mnt")),
        arguments(new Value.ProcessOf("P"), word(500)),
        arguments(new Value.IdOf(Value.Identified.MOUNT, FD), word(0x80000029L)),
        arguments(new Value.IdOf(Value.Identified.NAMESPACE, FD), word(0x129)),
        arguments(new Value.Mapping(1), word(0x7001)),
        arguments(buffer(4, Holds.TEXT), memory("00000000")),
        arguments(buffer(4, Holds.TOUCHED), memory("ffffffff")),
        arguments(
            struct(
                StructType.POLLFD, "fd", FD, "events", flags(PollEvent.POLLPRI, PollEvent.POLLERR)),
            memory("29000000 0a00 0000")),
        arguments(
            struct(
                StructType.OPEN_HOW,
                "resolve",
                flags(ResolveFlag.RESOLVE_BENEATH),
                "flags",
                flags(OpenFlag.O_PATH)),
            memory("0000200000000000 0000000000000000 0800000000000000")),
        arguments(new Value.Processors(List.of(0, 9)), memory("0102" + "00".repeat(126))));
  }

  @ParameterizedTest
  @MethodSource("values")
  void eachKindOfArgument(Value value, NativeArgument expected) {
    Lowering.Lowered lowered = lowered(Syscall.CHDIR, value);
    assertAre(lowered.calls(), NativeCall.syscall(List.of(word(80), expected)));
    assertThat(lowered.main()).isZero();
  }

  @Test
  void aLibraryFunctionIsCalledByItsName() {
    assertAre(
        lowered(LibraryFunction.GETCWD, buffer(2, Holds.TEXT), number(2)).calls(),
        new NativeCall("getcwd", NativeCall.ITS_MEMORY, List.of(memory("0000"), word(2))));
    assertAre(
        lowered(LibraryFunction.GETCWD, nullPointer(), number(0)).calls(),
        new NativeCall("getcwd", NativeCall.ALLOCATED_TEXT, List.of(word(0), word(0))));
    assertAre(
        lowered(LibraryFunction.UNSETENV, text("PWD")).calls(),
        new NativeCall("unsetenv", NativeCall.INT, List.of(pointer("PWD"))));
    assertAre(
        lowered(LibraryFunction.DLSYM, nullPointer(), text("getwd")).calls(),
        new NativeCall("dlsym", NativeCall.NUMBER, List.of(word(0), pointer("getwd"))));
  }

  /** Effective, permitted and inheritable of capabilities 0 to 31, and of those from 32 on. */
  @ParameterizedTest
  @CsvSource({
    "WITHOUT, 00002000 00002000 00000000 80000000 80000000 00000000, 0",
    "WITHOUT_EFFECTIVE, 00002000 00000000 00000000 80000000 00000000 00000000, 0",
    "WITH_EFFECTIVE, 0, 00002000 00000000 00000000 80000000 00000000 00000000",
    "ONLY, f, 00002000 00002000 00000000 80000000 80000000 00000000"
  })
  void capabilitiesAreReadAndThenChanged(CapabilityChange change, String clear, String set) {
    Lowering.Lowered lowered =
        lowered(
            Syscall.CAPSET,
            struct(StructType.CAPABILITY_HEADER, "version", number(0x20080522)),
            new Value.Capabilities(change, List.of(Capability.CAP_SYS_ADMIN, Capability.CAP_BPF)));
    NativeArgument header = memory("22050820 00000000");
    assertAre(
        lowered.calls(),
        NativeCall.syscall(List.of(word(125), header, memory("00".repeat(24)))),
        NativeCall.syscall(
            List.of(word(126), header, new NativeArgument.Changed(0, 1, sets(clear), sets(set)))));
    assertThat(lowered.main()).isEqualTo(1);
  }

  private static byte[] sets(String hexadecimal) {
    return HexFormat.of()
        .parseHex(
            hexadecimal.length() == 1 ? hexadecimal.repeat(48) : hexadecimal.replace(" ", ""));
  }

  @Test
  void aChildIsWaitedFor() {
    NativeCall wait =
        NativeCall.syscall(
            List.of(word(61), new NativeArgument.Result(0), word(0), word(0x40000000), word(0)));
    Lowering.Lowered clone =
        lowered(
            Syscall.CLONE,
            new Value.Flags(List.of(CloneFlag.CLONE_NEWNS), 17),
            badAddress(),
            nullPointer(),
            nullPointer(),
            number(0));
    assertAre(
        clone.calls(),
        NativeCall.syscall(List.of(word(56), word(0x20011), word(1), word(0), word(0), word(0))),
        wait);
    assertThat(clone.main()).isZero();
    Lowering.Lowered clone3 = lowered(Syscall.CLONE3, struct(StructType.CLONE_ARGS), number(88));
    assertAre(
        clone3.calls(),
        NativeCall.syscall(List.of(word(435), memory("00".repeat(88)), word(88))),
        wait);
  }

  @Test
  void theResultIsThatOfTheCallOrOfTheOneBeforeItThatFailed() {
    Returned one = new Returned(1, 0, List.of());
    Returned other = new Returned(-1, 1, List.of());
    assertThat(new Lowering.Lowered(List.of(), 0).result(List.of(one, other))).isSameAs(one);
    assertThat(new Lowering.Lowered(List.of(), 1).result(List.of(one, other))).isSameAs(other);
    assertThat(new Lowering.Lowered(List.of(), 1).result(List.of(other))).isSameAs(other);
  }

  @Test
  void whatNobodyHasNamedHasNoNumber() {
    for (Value value :
        List.of(
            FD,
            FD.path(),
            new Value.IdOf(Value.Identified.MOUNT, FD),
            new Value.Mapping(1),
            new Value.ProcessOf("P"))) {
      assertThatThrownBy(() -> Lowering.of(Call.of(Syscall.CHDIR, value), Numbers.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("there is no ");
    }
  }
}
