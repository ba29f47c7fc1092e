package org.pivotroot.tck.harness.session;

import java.util.stream.Stream;
import org.pivotroot.tck.harness.task.Placement;
import org.pivotroot.tck.model.transcript.SyntaxException;

/**
 * What the first task of a session finds.
 *
 * @param userland whether its root holds programs, /proc and /dev
 */
public record Setting(Placement placement, boolean userland) {
  /** The name of the first task. */
  public static final String FIRST = "S";

  private static final String WORD = "# stage: ";

  /**
   * By its name.
   *
   * @throws SyntaxException if there is none of this name
   */
  public static Setting of(String name, boolean userland) {
    return Stream.of(Placement.values())
        .filter(placement -> placement.word().equals(name))
        .findFirst()
        .map(placement -> new Setting(placement, userland))
        .orElseThrow(
            () ->
                new SyntaxException(
                    name
                        + " is no stage; there are "
                        + String.join(
                            ", ", Stream.of(Placement.values()).map(Placement::word).toList())));
  }

  /** A line of a script that says it. */
  String line() {
    return WORD + placement.word() + (userland ? " userland" : "");
  }

  /** What a script says of it; the usual one if it says nothing. */
  static Setting in(Stream<String> script) {
    return script
        .filter(line -> line.startsWith(WORD))
        .findFirst()
        .map(line -> line.substring(WORD.length()).strip().split(" ", -1))
        .map(words -> of(words[0], words.length > 1))
        .orElse(new Setting(Placement.NAMESPACE, false));
  }

  /** What is there, in words. */
  String says() {
    return switch (placement) {
      case NAMESPACE ->
          "task S has a mount namespace of its own: tmpfs on /"
              + (userland ? " with the userland," : ",")
              + " tmpfs on /new, directory /new/old";
      case ROOT -> "task S is in the initial mount namespace of a guest whose root is a tmpfs";
      case INITRAMFS -> "task S is in the initial mount namespace of a guest on its initramfs";
    };
  }

  /** The specification's name for it. */
  org.pivotroot.tck.model.specification.Stage specified() {
    return switch (placement) {
      case NAMESPACE ->
          userland
              ? org.pivotroot.tck.model.specification.Stage.USERLAND
              : org.pivotroot.tck.model.specification.Stage.NAMESPACE;
      case ROOT -> org.pivotroot.tck.model.specification.Stage.ROOT;
      case INITRAMFS -> org.pivotroot.tck.model.specification.Stage.INITRAMFS;
    };
  }
}
