package org.pivotroot.tck.images.guest;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.pivotroot.tck.images.archive.Archive;
import org.pivotroot.tck.images.archive.Cache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists and updates the packages of the guest's userland. */
@Command(
    name = "userland",
    mixinStandardHelpOptions = true,
    description = "Lists and updates the packages of the guest's userland.")
public final class UserlandCommand {
  @Spec private CommandSpec spec;

  @Command(mixinStandardHelpOptions = true, description = "Lists the locked packages.")
  void list() {
    print(UserlandLock.committed());
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Finds the newest packages and rewrites the lock file.")
  void update(
      @Option(
              names = "--lock",
              paramLabel = "FILE",
              defaultValue = "vm-images/" + UserlandLock.FILE,
              description = "The lock file (default: ${DEFAULT-VALUE}).")
          Path file)
      throws IOException {
    UserlandLock newest = UserlandLock.newest(Archive.ofHost(Cache.ofHost()));
    newest.write(file);
    print(newest);
  }

  private void print(UserlandLock lock) {
    PrintWriter out = spec.commandLine().getOut();
    lock.packages().forEach(one -> out.printf("%-16s %s%n", one.name(), one.version()));
    out.flush();
  }
}
