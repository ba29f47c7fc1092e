package org.pivotroot.tck.harness.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pivotroot.tck.harness.wire.NativeArgument;
import org.pivotroot.tck.harness.wire.NativeCall;
import org.pivotroot.tck.harness.wire.Returned;

/** What functions of the host's C library yield, none of which changes anything. */
class LibcTest {
  private static final int EINVAL = 22;
  private static final int ERANGE = 34;
  private static final NativeArgument NULL = new NativeArgument.Word(0);

  private static Returned call(String function, int yields, NativeArgument... arguments) {
    return Libc.invoke(List.of(new NativeCall(function, yields, List.of(arguments)))).get(0);
  }

  private static Returned getcwd(int size) {
    return call(
        "getcwd",
        NativeCall.ITS_MEMORY,
        new NativeArgument.Memory(new byte[size]),
        new NativeArgument.Word(size));
  }

  private static String text(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    return text.substring(0, text.indexOf('\0'));
  }

  @Test
  void aPointerToItsMemoryIsOne() {
    Returned here = getcwd(8192);
    assertThat(here.value()).isEqualTo(1);
    assertThat(text(here.memory().get(0))).isEqualTo(Path.of("").toAbsolutePath().toString());
  }

  @Test
  void aNullPointerIsAFailure() {
    assertThat(getcwd(1)).extracting(Returned::value, Returned::errno).containsExactly(-1L, ERANGE);
  }

  @Test
  void aTextThatItAllocatesIsAnsweredWithItsRoom() {
    Returned here = call("getcwd", NativeCall.ALLOCATED_TEXT, NULL, NULL);
    String text = text(here.memory().get(0));
    assertThat(text).isEqualTo(Path.of("").toAbsolutePath().toString());
    assertThat(here.value()).isGreaterThan(text.length());
  }

  @Test
  void anIntIsNoLongNumber() {
    assertThat(call("unsetenv", NativeCall.INT, new NativeArgument.Text("a=b")))
        .extracting(Returned::value, Returned::errno)
        .containsExactly(-1L, EINVAL);
    assertThat(call("unsetenv", NativeCall.INT, new NativeArgument.Text("TCK_UNSET")).value())
        .isZero();
  }
}
