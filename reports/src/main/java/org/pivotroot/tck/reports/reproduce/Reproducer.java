package org.pivotroot.tck.reports.reproduce;

import java.util.List;
import org.pivotroot.tck.model.observation.Observation;

/**
 * Programs that make the calls of a transcript, print what each comes to, and say where that is not
 * what the transcript records. Both exit with status 0 if all is as recorded and 1 if something is
 * not; neither changes anything outside a mount namespace of its own.
 *
 * @param shell a script for a POSIX shell
 * @param c a program for a C compiler on Linux
 */
public record Reproducer(String shell, String c) {

  /** The programs for an observation. */
  public static Reproducer of(Observation observation) {
    List<Line> lines = observation.transcript().stream().map(Line.Grammar::parse).toList();
    String c = new CProgram(observation, lines).text();
    ShellScript script = new ShellScript(observation, lines);
    return new Reproducer(
        script.possible() ? script.text() : ShellScript.around(observation, c), c);
  }

  /** What both programs say of themselves, a line each. */
  static List<String> heading(Observation observation) {
    return List.of(
        observation.claim() + ": " + observation.page() + ", " + observation.section(),
        observation.says(),
        "On record: " + observation.verdict().word(),
        "Needs root. Changes nothing outside a mount namespace of its own.",
        observation.stage().equals("namespace")
            ? "Runs on any machine."
            : "To be run as the first program of a machine of its own, on its "
                + (observation.stage().equals("root") ? "real root file system." : "initramfs."));
  }
}
