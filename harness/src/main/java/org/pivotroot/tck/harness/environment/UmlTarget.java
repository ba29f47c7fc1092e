package org.pivotroot.tck.harness.environment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.guest.GuestImage;
import org.pivotroot.tck.images.guest.NewerLibrary;
import org.pivotroot.tck.images.kernel.KernelImage;
import org.pivotroot.tck.images.kernel.KernelPackage;
import org.pivotroot.tck.model.observation.ResultDocument;

/**
 * A kernel as a process of the host: user-mode Linux. Each guest is booted, which takes a fraction
 * of a second.
 */
public final class UmlTarget implements Target {
  /** Longer than that takes on a host with eight times its load. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final int MEGABYTES = 320;

  /**
   * The console is standard error, the second serial line standard input and output. The functions
   * measure which code is fastest for RAID, which takes four fifths of a boot, and so does the
   * measurement that lpj stands for; 256 terminals of a kind that nobody uses take time too.
   */
  private static final List<String> OPTIONS =
      List.of(
          "con=null",
          "con0=null,fd:2",
          "ssl0=null",
          "ssl1=fd:0,fd:1",
          "mem=" + MEGABYTES + "M",
          "panic=-1",
          "quiet",
          "lpj=20000000",
          "pty.legacy_count=0",
          "initcall_blacklist=raid6_select_algo,raid6_init,calibrate_xor_blocks,xor_init");

  /** Says whether a guest's system calls can be caught by seccomp(2), which is quicker. */
  private static final String SECCOMP = "seccomp=on";

  private final KernelImage kernel;
  private final GuestImage image;
  private final List<String> program;

  private UmlTarget(KernelImage kernel, GuestImage image, List<String> program) {
    this.kernel = kernel;
    this.image = image;
    this.program = program;
  }

  /**
   * A target of this kernel and guest image.
   *
   * @throws TargetUnavailableException if the host cannot run the kernel
   */
  static UmlTarget of(KernelImage kernel, GuestImage image, Cache cache) {
    Enclosure.trouble()
        .ifPresent(
            trouble -> {
              throw new TargetUnavailableException(
                  "user-mode Linux is many processes, which only a PID namespace is sure to end: "
                      + trouble);
            });
    return new UmlTarget(kernel, image, program(kernel, cache));
  }

  /** The words that run the kernel, with a newer C library if the host's is too old for it. */
  private static List<String> program(KernelImage kernel, Cache cache) {
    List<String> plain = List.of(kernel.path().toString());
    Optional<String> trouble = trouble(plain);
    if (trouble.isEmpty()) {
      return plain;
    }
    if (!trouble.get().contains("GLIBC_")) {
      throw unrunnable(kernel, trouble.get());
    }
    NewerLibrary newer = NewerLibrary.of(cache, kernel.path());
    List<String> other =
        List.of(
            "env",
            "--chdir=" + newer.folder(),
            "LD_LIBRARY_PATH=" + newer.folder(),
            newer.program().toString());
    trouble(other)
        .ifPresent(
            still -> {
              throw unrunnable(kernel, trouble.get() + "; with a newer C library: " + still);
            });
    return other;
  }

  private static TargetUnavailableException unrunnable(KernelImage kernel, String trouble) {
    return new TargetUnavailableException(
        "user-mode Linux " + kernel.release() + " cannot be run on this host: " + trouble);
  }

  private static Optional<String> trouble(List<String> program) {
    List<String> command = new ArrayList<>(program);
    command.add("--version");
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.empty() : Optional.of(said.strip());
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while trying " + program.get(0), e);
    }
  }

  @Override
  public String name() {
    return description().name();
  }

  @Override
  public ResultDocument.Target description() {
    return new ResultDocument.Target(
        Environment.UML.word(),
        kernel.name(),
        new ResultDocument.Kernel(
            kernel.release(),
            kernel.version(),
            kernel.series(),
            kernel.origin().map(KernelPackage::name).orElse(null),
            kernel.origin().map(KernelPackage::version).orElse(null),
            kernel.sha256()),
        null,
        "user-mode Linux, " + SECCOMP,
        image.sha256(),
        image.packages());
  }

  @Override
  public boolean hasOwnKernel() {
    return true;
  }

  /** Debian configures it with less than its other kernels, no hugetlbfs for one. */
  @Override
  public boolean hasCatalogueKernel() {
    return false;
  }

  @Override
  public Guest start() {
    List<String> command = new ArrayList<>(program);
    command.addAll(OPTIONS);
    command.add(SECCOMP);
    command.add("initrd=" + image.initramfs());
    Machine machine = new WakingMachine(HostProcess.start(Enclosure.around(command)), PAUSE);
    Guest guest = new Guest(machine, PATIENCE);
    try {
      guest.awaitGreeting();
      return guest;
    } catch (GuestLostException | AgentFailedException e) {
      guest.close();
      throw new TargetUnavailableException(
          "user-mode Linux does not get as far as the agent: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      guest.close();
      throw e;
    }
  }
}
