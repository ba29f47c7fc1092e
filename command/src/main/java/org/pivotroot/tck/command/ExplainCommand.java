package org.pivotroot.tck.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.pivotroot.tck.harness.claim.SelectionException;
import org.pivotroot.tck.reports.explain.ClaimsOfRules;
import org.pivotroot.tck.reports.explain.Explanation;
import org.pivotroot.tck.reports.explain.LiveProcess;
import org.pivotroot.tck.reports.explain.SavedFiles;
import org.pivotroot.tck.reports.explain.Subject;
import org.pivotroot.tck.reports.store.Results;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says why a call fails. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Say which checks of the kernel refuse a call that a running process would make, or the"
            + " process that some files are about.",
    footerHeading = "%nFor example:%n",
    footer = {
      "  tck explain 1234 pivot_root . .",
      "  tck explain 1234 'mount(\"/a\", \"/b\", NULL, MS_MOVE, NULL)'",
      "  tck explain --mountinfo mountinfo.txt --status status.txt --kernel 6.1 umount2 /mnt",
      "  tck explain 1234 setns /proc/77/ns/mnt CLONE_NEWNS",
    })
final class ExplainCommand implements Callable<Integer> {
  private static final Path PROC = Path.of("/proc");

  @Spec private CommandSpec spec;
  @Mixin private Places places;

  @Option(
      names = "--mountinfo",
      paramLabel = "FILE",
      description =
          "/proc/PID/mountinfo of the process, or of one of its mount namespace that sees more.")
  private Path mountinfo;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "Where in that its root is, as readlink /proc/PID/root says (default: /).")
  private String root;

  @Option(
      names = "--cwd",
      paramLabel = "DIR",
      description = "Where its working directory is, as readlink /proc/PID/cwd says.")
  private String cwd;

  @Option(names = "--status", paramLabel = "FILE", description = "Its /proc/PID/status.")
  private Path status;

  @Option(
      names = "--kernel",
      paramLabel = "RELEASE",
      description = "What uname -r prints there (default: here).")
  private String kernel = System.getProperty("os.version");

  @Option(names = "--json", description = "As JSON, for programs.")
  private boolean json;

  @Parameters(
      arity = "1..*",
      paramLabel = "[PID] CALL ARGUMENT",
      description = "The process, unless files are given; the call, as strace or a shell has it.")
  private List<String> words;

  @Override
  public Integer call() {
    List<String> call = new ArrayList<>(words);
    Subject subject = mountinfo == null ? process(call.remove(0)) : files();
    if (call.isEmpty()) {
      throw new SelectionException("which call? See: tck explain --help");
    }
    ClaimsOfRules claims = new ClaimsOfRules(() -> new Results(places.record(), List.of()));
    Explanation explanation = Explanation.of(subject, call, claims);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? explanation.json() : explanation.text());
    out.flush();
    return 0;
  }

  private Subject process(String pid) {
    if (!pid.matches("\\d+|self")) {
      throw new SelectionException(
          pid + " is no process ID; give one, or files: tck explain --mountinfo FILE CALL ...");
    }
    return new LiveProcess(PROC.resolve(pid), PROC.resolve("self"), kernel).subject();
  }

  private Subject files() {
    return new SavedFiles(mountinfo, root, cwd, status, kernel).subject();
  }
}
