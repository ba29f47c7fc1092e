package org.pivotroot.tck.model.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the tables of calls, flags and errors must hold to. */
class TablesTest {
  private static List<Flag> flags() {
    return Stream.of(Flag.class.getPermittedSubclasses())
        .flatMap(type -> Stream.of((Flag[]) type.getEnumConstants()))
        .toList();
  }

  @Test
  void everyFlagIsFoundByItsName() {
    assertThat(flags()).extracting(Flag::name).doesNotHaveDuplicates();
    assertThat(flags()).allSatisfy(flag -> assertThat(Flag.named(flag.name())).isSameAs(flag));
    assertThatThrownBy(() -> Flag.named("MS_NONE")).hasMessage("no flag has the name MS_NONE");
  }

  @Test
  void everyCalleeIsFoundByItsTitle() {
    List<Callee> all =
        Stream.<Callee>concat(Stream.of(Syscall.values()), Stream.of(LibraryFunction.values()))
            .toList();
    assertThat(all).extracting(Callee::title).doesNotHaveDuplicates();
    assertThat(all)
        .allSatisfy(callee -> assertThat(Callee.titled(callee.title())).isSameAs(callee));
    assertThat(Syscall.values()).extracting(Syscall::number).doesNotHaveDuplicates();
    assertThatThrownBy(() -> Callee.titled("reboot"))
        .hasMessage("nothing that can be called is reboot");
  }

  @Test
  void aCallTakesAsManyArgumentsAsItHasParameters() {
    assertThatThrownBy(() -> Call.of(Syscall.PIVOT_ROOT, Value.text(".")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pivot_root takes 2 arguments, not 1");
  }

  @Test
  void flagsAreOfEnumerationsAndNothingElseIs() {
    assertThat(Stream.<Callee>of(Syscall.values()).flatMap(each -> each.parameters().stream()))
        .allSatisfy(
            parameter ->
                assertThat(parameter.flags().isEmpty())
                    .as(parameter.name())
                    .isEqualTo(parameter.kind() != Parameter.Kind.FLAGS));
  }

  @Test
  void aStructureHasNoOtherFieldsThanItsOwn() {
    assertThat(StructType.POLLFD.size()).isEqualTo(8);
    assertThat(StructType.CLONE_ARGS.size()).isEqualTo(88);
    assertThatThrownBy(() -> Value.struct(StructType.POLLFD, "fds", Value.number(1)))
        .hasMessage("struct pollfd has no field fds");
  }

  /** asm-generic/errno.h leaves out 41 and 58, which are other names for 11 and 35. */
  @Test
  void everyErrorOfLinuxHasItsName() {
    assertThat(Errno.values()).extracting(Errno::number).isSorted().doesNotHaveDuplicates();
    assertThat(IntStream.rangeClosed(0, 4095).filter(number -> Errno.of(number).isPresent()))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 133).filter(n -> n != 41 && n != 58).boxed().toList());
    assertThat(Errno.EINVAL.number()).isEqualTo(22);
    assertThat(Errno.ELOOP.number()).isEqualTo(40);
    assertThat(Errno.ESTALE.number()).isEqualTo(116);
    assertThat(Errno.of(133)).contains(Errno.EHWPOISON);
  }
}
