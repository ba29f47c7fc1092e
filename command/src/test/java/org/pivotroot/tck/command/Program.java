package org.pivotroot.tck.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program as a process of its own.
 *
 * @param words that start it, before those of a test
 * @param folder where it is started
 * @param environment what it has besides that of this process
 * @param scratch an empty folder, of which the name tells its processes from others
 */
record Program(List<String> words, Path folder, Map<String, String> environment, Path scratch) {
  /** A variable that all its processes inherit. */
  private static final String MARK = "TCK_IT";

  /** What came of it. */
  record Ended(int status, String output, String error) {}

  /** Runs it to its end. */
  Ended run(String... arguments) throws IOException, InterruptedException {
    return reading("", arguments);
  }

  /** Runs it to its end, with this to read on its standard input. */
  Ended reading(String input, String... arguments) throws IOException, InterruptedException {
    Path error = scratch.resolve("error.txt");
    Process process = start(arguments, error);
    try (OutputStream typed = process.getOutputStream()) {
      typed.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    assertThat(leftRunning()).as("what it left running").isEmpty();
    return new Ended(status, output, Files.readString(error));
  }

  /** Starts it, with standard error to a file. */
  Process start(String[] arguments, Path error) throws IOException {
    List<String> command = new ArrayList<>(words);
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(error.toFile());
    builder.environment().putAll(environment);
    builder.environment().put(MARK, scratch.toString());
    return builder.start();
  }

  /** Processes that inherited the mark: whose parent has ended, they are nobody's descendants. */
  List<String> leftRunning() throws IOException {
    String mark = MARK + "=" + scratch;
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (read(process.resolve("environ")).contains(mark)) {
          found.add(read(process.resolve("cmdline")).replace('\0', ' '));
        }
      }
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return ""; // ended, or somebody else's
    }
  }
}
