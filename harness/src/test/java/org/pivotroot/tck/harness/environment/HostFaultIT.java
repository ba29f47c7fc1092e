package org.pivotroot.tck.harness.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pivotroot.tck.harness.agent.Agent;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.images.archive.Cache;
import org.pivotroot.tck.images.guest.GuestImage;
import org.pivotroot.tck.images.kernel.KernelCatalogue;
import org.pivotroot.tck.images.kernel.KernelImage;
import org.pivotroot.tck.images.kernel.Kind;

/** What goes wrong on the host is said of the host, at once or after a bounded time, and once. */
@Timeout(300)
class HostFaultIT {
  private static GuestImage image;
  private static KernelImage kernel;

  @TempDir Path directory;
  private Cache cache;

  @BeforeAll
  static void findTheHostsOwn() {
    HostTargets.vm();
    image =
        GuestImage.build(
            Cache.ofHost(), GuestProgram.files(), Agent.commandLine(), GuestProgram.rehearsal());
    kernel = KernelCatalogue.ofHost(Kind.BZ_IMAGE, Cache.ofHost()).resolve(HostTargets.SERIES);
  }

  @BeforeEach
  void nameACache() {
    cache = new Cache(directory.resolve("a, cache 'of' \"mine\" $HOME"));
  }

  private VmTarget target(KernelImage one, GuestImage guest) {
    return new VmTarget(
        one, guest, Qemu.version(), Accelerator.TCG, new SnapshotCache(cache, 1L << 30));
  }

  private static GuestImage withInitramfs(Path file) {
    return new GuestImage(
        file, image.containerImage(), image.layer(), image.sha256(), image.packages());
  }

  private static long qemu() {
    return ProcessHandle.current()
        .descendants()
        .filter(each -> each.info().command().orElse("").contains("qemu"))
        .map(ProcessHandle::pid)
        .findFirst()
        .orElseThrow();
  }

  private static void signal(String name, long pid) {
    try {
      assertThat(
              new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().onExit().join())
          .extracting(Process::exitValue)
          .isEqualTo(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String status(long pid, String field) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines.filter(line -> line.startsWith(field + ":")).findFirst().orElseThrow();
    }
  }

  @Test
  void aMachineIsConfinedAndItsCacheMayHaveAnyName() throws IOException {
    VmTarget target = target(kernel, image);
    for (int i = 0; i < 2; i++) {
      try (Guest guest = target.start()) {
        assertThat(guest.ask(new Request.Greet(), Reply.Greeting.class).release())
            .isEqualTo(kernel.release());
        assertThat(status(qemu(), "Seccomp")).endsWith("2");
        assertThat(status(qemu(), "NoNewPrivs")).endsWith("1");
        assertThat(status(qemu(), "CapEff")).endsWith("0000000000000000");
        if (Confinement.ofHost().otherUser()) {
          assertThat(status(qemu(), "Uid")).contains("65534").doesNotContain("\t0");
        }
      }
    }
    assertThat(new SocketFolder(Confinement.ofHost()))
        .satisfies(
            folder -> {
              Path parent = folder.path().getParent();
              folder.close();
              try (Stream<Path> left = Files.list(parent)) {
                assertThat(left.map(Path::toString))
                    .noneMatch(name -> name.contains(Owner.self().text()));
              }
            });
  }

  @Test
  void aMachineThatIsKilledWasEndedByTheHost() {
    try (Guest guest = HostTargets.vm().start()) {
      signal("KILL", qemu());
      assertThatThrownBy(() -> guest.ask(new Request.Greet(), Reply.Greeting.class))
          .isInstanceOf(GuestLostException.class)
          .hasMessageStartingWith("the guest was ended by the host (QEMU was killed: ");
    }
  }

  @Test
  void aDiskThatFillsUpWhileAKernelBootsIsTheHosts() {
    VmTarget target = target(kernel, image);
    CompletableFuture<Throwable> failure =
        CompletableFuture.supplyAsync(
            () -> catchThrowableOfType(RuntimeException.class, target::start));
    while (ProcessHandle.current().descendants().noneMatch(HostFaultIT::isBooting)) {
      LockSupport.parkNanos(20_000_000);
    }
    signal("BUS", qemu());
    assertThat(failure.join())
        .isExactlyInstanceOf(TargetUnavailableException.class)
        .hasMessage(
            "this host could not boot kernel "
                + kernel.release()
                + ": QEMU got SIGBUS: its memory is a file in the cache, whose disk is full");
  }

  private static boolean isBooting(ProcessHandle process) {
    return process.info().command().orElse("").contains("qemu")
        && process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() > 500;
  }

  @Test
  void aKernelThatDoesNotComeUpIsTriedOnceHoweverManyWant() throws IOException {
    Path empty = Files.write(directory.resolve("empty.cpio"), new byte[512]);
    VmTarget target = target(kernel, withInitramfs(empty));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<CompletableFuture<Throwable>> failures =
          Stream.generate(
                  () ->
                      CompletableFuture.<Throwable>supplyAsync(
                          () -> catchThrowableOfType(RuntimeException.class, target::start),
                          threads))
              .limit(4)
              .toList();
      Throwable first = failures.get(0).join();
      assertThat(first)
          .isInstanceOf(KernelUnbootableException.class)
          .hasMessageContaining("the kernel does not get as far as the agent")
          .hasMessageContaining("Kernel panic - not syncing: VFS");
      assertThat(failures).allSatisfy(each -> assertThat(each.join()).isSameAs(first));
      assertThatThrownBy(target::start).isSameAs(first);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aFileThatMayNotBeReadIsNoKernelsFault() {
    Path absent = directory.resolve("absent.cpio");
    assertThatThrownBy(target(kernel, withInitramfs(absent))::start)
        .isExactlyInstanceOf(TargetUnavailableException.class)
        .hasMessageStartingWith("this host could not boot kernel " + kernel.release())
        .hasMessageContaining("cannot open " + absent);
  }

  @Test
  void aKernelThatABuildReplacesIsNotBooted() throws IOException {
    Path image = Files.copy(kernel.path(), directory.resolve("bzImage"));
    KernelImage before =
        new KernelImage(
            image,
            kernel.kind(),
            kernel.name(),
            kernel.release(),
            kernel.version(),
            kernel.series(),
            Optional.empty(),
            kernel.sha256(),
            List.of());
    DamageFaultIT.flipOneBit(image);
    assertThatThrownBy(target(before, HostFaultIT.image)::start)
        .isExactlyInstanceOf(TargetUnavailableException.class)
        .hasMessageContaining(image + " is not the file any more that this run began with");
  }

  @Test
  void aMonitorThatIsSilentIsNamed() throws IOException {
    try (Qmp qmp = new Qmp(Confinement.ofHost(), Duration.ofSeconds(1));
        HostProcess machine =
            Qemu.start(new QemuOptions().add("-S", "-accel", "tcg", "-m", "16"), "")) {
      assertThatThrownBy(() -> qmp.accept(machine))
          .isInstanceOf(IOException.class)
          .hasMessage("QEMU did not connect to its monitor within 1 s");
    }
  }

  @Test
  void aMachineThatStopsWhileItIsSavedIsNamed() throws IOException {
    QemuOptions options = new QemuOptions().add("-S", "-accel", "tcg", "-m", "16");
    try (Qmp qmp = new Qmp(Confinement.ofHost(), Duration.ofSeconds(2))) {
      qmp.addTo(options);
      try (HostProcess machine = Qemu.start(options, "")) {
        qmp.accept(machine);
        signal("STOP", qemu());
        assertThatThrownBy(qmp::save)
            .isInstanceOf(IOException.class)
            .hasMessage("QEMU did not give the state of the machine within 2 s");
      }
    }
  }

  @Test
  void aMachineThatEndsWhileItIsWaitedForIsNotWaitedFor() throws IOException {
    try (Qmp qmp = new Qmp(Confinement.ofHost(), Duration.ofMinutes(5));
        HostProcess machine = Qemu.start(new QemuOptions().add("-nonsense"), "")) {
      assertThatThrownBy(() -> qmp.accept(machine))
          .isInstanceOf(IOException.class)
          .hasMessage("QEMU ended before it could connect to its monitor");
      assertThat(machine.hostFault().orElseThrow())
          .startsWith("QEMU ended with status 1: ")
          .contains("-nonsense: invalid option");
    }
  }
}
