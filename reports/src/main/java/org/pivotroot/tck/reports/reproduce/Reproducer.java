package org.pivotroot.tck.reports.reproduce;

import java.util.List;
import java.util.Optional;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Observation;

/**
 * Programs that go through the events of a trial, print what each comes to, and say where that is
 * not what is on record. Both exit with status 0 if all is as recorded and 1 if something is not;
 * neither changes anything outside a mount namespace of its own.
 *
 * @param shell a script for a POSIX shell
 * @param ofCommands whether the script makes the calls with commands, and not with the C program
 * @param c a program for a C compiler on Linux
 */
public record Reproducer(String shell, boolean ofCommands, String c) {

  /** The programs for an observation. */
  public static Reproducer of(Observation observation) {
    String c = CProgram.of(observation);
    Optional<String> script = ShellScript.of(observation);
    return new Reproducer(
        script.orElseGet(() -> ShellScript.around(observation, c)), script.isPresent(), c);
  }

  /**
   * One program in C that does what those of the observations do, one after another. It ends with
   * status 1 if one of them did not see what is on record, and says how many did.
   */
  public static String series(List<Observation> observations) {
    return CProgram.of(observations);
  }

  /** What both programs say of themselves, a line each. */
  static List<String> heading(Observation observation) {
    ClaimText claim = observation.claim();
    return List.of(
        claim.id() + ": " + claim.page() + ", " + claim.section(),
        claim.says().replace('\n', ' '),
        "On record: " + observation.verdict().word(),
        "Needs root. Changes nothing outside a mount namespace of its own.",
        claim.needsNoMachine()
            ? claim.userland()
                ? "Runs on any machine; mount tables, which hold its programs, are not compared."
                : "Runs on any machine."
            : "To be run as the first program of a machine of its own, on its "
                + (claim.stage().equals("root") ? "real root file system" : "initramfs")
                + "; its mount tables are not compared.");
  }
}
