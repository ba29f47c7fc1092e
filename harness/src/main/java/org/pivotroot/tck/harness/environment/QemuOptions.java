package org.pivotroot.tck.harness.environment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The options of a QEMU process. The files that they speak of are opened before QEMU begins, by who
 * starts it, and QEMU knows them by number: so it needs no right to the folders that they lie in,
 * and whatever their names are, no option contains them.
 */
final class QemuOptions {
  /** The number under which QEMU has this JVM's standard error stream, for the console. */
  static final int CONSOLE = 9;

  private static final int FIRST = 3;

  private final List<String> words = new ArrayList<>();
  private final List<String> files = new ArrayList<>();
  private final StringBuilder opening = new StringBuilder("exec");
  private Path folder = Path.of("/");

  QemuOptions add(String... more) {
    words.addAll(List.of(more));
    return this;
  }

  /** What stands in an option for a file that QEMU reads. */
  String read(Path file) {
    return opened("<", file);
  }

  /** What stands in an option for a file that QEMU reads and writes. */
  String change(Path file) {
    return opened("<>", file);
  }

  private String opened(String how, Path file) {
    int number = FIRST + files.size();
    files.add(file.toAbsolutePath().toString());
    opening.append(' ').append(number).append(how).append("\"$").append(files.size()).append('"');
    return "/dev/fd/" + number;
  }

  /** Has QEMU started in a folder, which it need not be able to reach by its name. */
  void startIn(Path where) {
    folder = where;
  }

  /** Where QEMU is to be started. */
  Path folder() {
    return folder;
  }

  /**
   * The whole command line.
   *
   * @param program command line of QEMU up to these options
   */
  List<String> command(List<String> program) {
    String script = opening + " " + CONSOLE + ">&2 && shift " + files.size() + " && exec \"$@\"";
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(files);
    command.addAll(program);
    command.addAll(words);
    return command;
  }
}
