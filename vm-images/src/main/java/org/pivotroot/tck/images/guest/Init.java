package org.pivotroot.tck.images.guest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The first program of a virtual machine. */
final class Init {
  private Init() {}

  /** A shell script that makes the machine ready and becomes the command. */
  static byte[] script(List<String> command) {
    String words = command.stream().map(Init::quoted).collect(Collectors.joining(" "));
    try (InputStream in = Init.class.getResourceAsStream("init.sh")) {
      String setUp = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String last = "exec " + words + " </dev/ttyS1 >/dev/ttyS1 2>/dev/console\n";
      return (setUp + last).getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }
}
