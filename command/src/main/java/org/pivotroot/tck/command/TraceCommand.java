package org.pivotroot.tck.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.pivotroot.tck.harness.claim.Nearest;
import org.pivotroot.tck.harness.claim.Selection;
import org.pivotroot.tck.harness.claim.SelectionException;
import org.pivotroot.tck.harness.environment.Target;
import org.pivotroot.tck.harness.environment.Targets;
import org.pivotroot.tck.harness.session.Dialogue;
import org.pivotroot.tck.harness.session.Ground;
import org.pivotroot.tck.harness.session.Replay;
import org.pivotroot.tck.harness.session.Script;
import org.pivotroot.tck.harness.session.Session;
import org.pivotroot.tck.harness.session.Setting;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.transcript.SyntaxException;
import org.pivotroot.tck.reports.reproduce.ClaimSkeleton;
import org.pivotroot.tck.reports.reproduce.Reproducer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Calls by hand. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Make calls by hand in a guest: see what each comes to, why it fails, and the mount tree."
            + " Reads a script where input is no terminal.")
final class TraceCommand implements Callable<Integer> {
  private static final Map<String, Function<Observation, String>> FORMATS = new LinkedHashMap<>();

  static {
    FORMATS.put("--c", observation -> Reproducer.of(observation).c());
    FORMATS.put("--claim", ClaimSkeleton::of);
  }

  @Spec private CommandSpec spec;

  @Option(
      names = {"-k", "--kernel"},
      paramLabel = "K",
      split = ",",
      description = "As for run (default: newest); several, a range or all only with --replay.")
  private List<String> kernels = List.of("newest");

  @Option(
      names = {"-t", "--target"},
      paramLabel = "ENV",
      description = "Where: vm, uml, container, gvisor; where the kernel can run if absent.")
  private String environment;

  @Option(
      names = "--stage",
      paramLabel = "STAGE",
      defaultValue = "namespace",
      description =
          "What task S finds: a mount namespace of its own, or the initial one of a guest on a root"
              + " mount or on the initramfs: namespace, root, initramfs (default:"
              + " ${DEFAULT-VALUE}).")
  private String stage;

  @Option(
      names = "--userland",
      description = "Programs, /proc and /dev within the root; it takes them to start processes.")
  private boolean userland;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "Play a saved session on every kernel asked for and show where they differ.")
  private Path replay;

  @Override
  public Integer call() throws IOException {
    try {
      return replay == null ? trace() : replay();
    } catch (SyntaxException e) {
      throw new SelectionException(message(e));
    }
  }

  private List<Target> targets() {
    Targets found =
        Selection.of(
                name ->
                    switch (name) {
                      case "kernels" -> Optional.of(String.join(",", kernels));
                      case "targets" ->
                          Optional.of(
                              environment == null ? Places.targetsOf(kernels) : environment);
                      default -> Optional.empty();
                    })
            .targets();
    found
        .unavailable()
        .forEach(
            one ->
                spec.commandLine().getErr().println("tck: no " + one.name() + ": " + one.reason()));
    if (found.available().isEmpty()) {
      throw new IllegalStateException("there is nowhere to play; tck doctor tells what is missing");
    }
    return found.available();
  }

  private int replay() {
    Script script = Script.read(replay);
    Replay all = new Replay();
    targets().forEach(target -> all.play(script, target));
    PrintWriter out = spec.commandLine().getOut();
    all.text().forEach(out::println);
    out.flush();
    all.failed()
        .forEach(
            (target, why) -> spec.commandLine().getErr().println("tck: " + target + ": " + why));
    return all.failed().isEmpty() ? all.isSame() ? 0 : Tck.DIFFERS : Tck.NOT_RUN;
  }

  private int trace() throws IOException {
    List<Target> targets = targets();
    if (targets.size() != 1) {
      throw new SelectionException(
          "a session is on one kernel, not on "
              + targets.size()
              + "; several play a saved one: tck trace --replay FILE --kernel ...");
    }
    try (Session session = new Session(new Ground(targets.get(0), Setting.of(stage, userland)))) {
      Dialogue dialogue = new Dialogue(session, FORMATS);
      return Boolean.getBoolean("tck.typed") && Boolean.getBoolean("tck.terminal")
          ? TraceTerminal.talk(dialogue)
          : read(dialogue);
    }
  }

  /** A script: the first line that means nothing ends it. */
  private int read(Dialogue dialogue) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int number = 0;
    for (String line = in.readLine(); line != null && !Dialogue.isEnd(line); line = in.readLine()) {
      number++;
      try {
        dialogue.say(line).forEach(out::println);
        out.flush();
      } catch (SyntaxException e) {
        throw new SelectionException("line " + number + ": " + message(e));
      }
    }
    return 0;
  }

  /** With the nearest of the words that could stand there. */
  static String message(SyntaxException e) {
    return e.known().isEmpty()
        ? e.getMessage()
        : e.getMessage()
            + "; did you mean "
            + String.join(", ", Nearest.to(e.word(), e.known(), 3))
            + "?";
  }
}
