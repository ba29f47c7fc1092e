package org.pivotroot.tck.model.observation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Everything that one target showed. Two runs of one kernel give documents that differ only where
 * behaviour does: nothing in here depends on the clock or on the order in which claims were run.
 *
 * @param schemaVersion version of the JSON Schema that the document follows
 * @param target where the claims were tried
 * @param suite the suite that tried them
 * @param observations sorted by claim
 */
public record ResultDocument(
    int schemaVersion, Target target, Suite suite, List<Observation> observations) {

  /** The version that this code writes. */
  public static final int SCHEMA_VERSION = 2;

  /** How deep a document is indented: an event, a mount and a fact take a line each. */
  public static final int LEVELS = 4;

  /** Sorts the observations by claim. */
  public ResultDocument {
    observations = observations.stream().sorted(Comparator.comparing(Observation::id)).toList();
  }

  /** The target's name, such as {@code vm 6.1}. */
  @JsonIgnore
  public String name() {
    return target.name();
  }

  /** Name of the document's file, such as {@code vm-6.1.json}. */
  @JsonIgnore
  public String fileName() {
    return target.name().replace(' ', '-') + ".json";
  }

  /** What was seen of a claim, if it was tried. */
  public Optional<Observation> of(String claim) {
    return observations.stream().filter(observation -> observation.id().equals(claim)).findFirst();
  }

  /**
   * The suite at the time of the run.
   *
   * @param commit the checkout's commit, with {@code -dirty} appended when it was changed; {@code
   *     unknown} outside a checkout
   * @param partial whether only some of its claims were asked for
   */
  public record Suite(
      String commit, @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean partial) {
    /** A whole suite. */
    public Suite(String commit) {
      this(commit, false);
    }
  }

  /**
   * A target as it was.
   *
   * @param environment {@code vm}, {@code uml}, {@code container} or {@code gvisor}
   * @param version which of the environment's targets: the series of a kernel of the catalogue,
   *     with its flavour if it has one; the release of any other implementation
   * @param kernel the kernel under test
   * @param accelerator {@code kvm} or {@code tcg}; null where nothing is emulated
   * @param emulator the emulator and its version, or the container engine and its version
   * @param guestImage SHA-256 of the guest image, hexadecimal
   * @param tools packages in the guest image and their versions, the C library among them
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Target(
      String environment,
      String version,
      Kernel kernel,
      String accelerator,
      String emulator,
      String guestImage,
      SortedMap<String, String> tools) {

    /** Whether its versions are those of Linux, which explanations speak of. */
    @JsonIgnore
    public boolean isLinux() {
      return !environment.equals("gvisor");
    }

    /** For people and for the record, such as {@code vm 6.1}. */
    @JsonIgnore
    public String name() {
      return environment + " " + version;
    }
  }

  /**
   * A kernel as it was.
   *
   * @param release what {@code uname -r} prints
   * @param version what {@code uname -v} prints
   * @param series the first two numbers of the release, such as {@code 6.1}
   * @param packageName the package that it came from; null for a kernel of the user's own and for
   *     the host's
   * @param packageVersion the package's version
   * @param sha256 checksum of the kernel image, hexadecimal; null for the host's kernel
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Kernel(
      String release,
      String version,
      String series,
      String packageName,
      String packageVersion,
      String sha256) {
    /** The first two numbers of a release, such as {@code 6.1} of {@code 6.1.0-50-amd64}. */
    public static String seriesOf(String release) {
      return release.replaceFirst("^(\\d+\\.\\d+).*", "$1");
    }
  }
}
