package org.pivotroot.tck.harness.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.images.guest.Initramfs;
import org.pivotroot.tck.images.kernel.KernelModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads modules of its kernel into a guest that nothing was tried in yet. They come with the
 * initramfs, as each byte that crosses the serial line takes its time, and are gone from it when a
 * claim begins.
 */
final class ModuleLoading {
  private static final Logger LOG = LoggerFactory.getLogger(ModuleLoading.class);
  private static final String TASK = "load";
  private static final String FOLDER = "modules";

  /** TAINT_UNSIGNED_MODULE of the kernel, as a bit. */
  private static final int UNSIGNED = 1 << 13;

  private static final String SCRIPT =
      "b=/usr/bin/busybox; for m; do $b insmod /"
          + FOLDER
          + "/$m || echo $m >&2; done; $b rm -r /"
          + FOLDER
          + "; read taint </proc/sys/kernel/tainted; [ $((taint & "
          + UNSIGNED
          + ")) = 0 ]";

  private ModuleLoading() {}

  /** Copies an initramfs and adds modules. */
  static void addTo(Path initramfs, List<KernelModule> modules, Path to) throws IOException {
    Map<String, Path> files =
        modules.stream()
            .map(KernelModule::path)
            .collect(
                Collectors.toMap(one -> FOLDER + "/" + one.getFileName(), Function.identity()));
    Initramfs.copy(initramfs, files, to);
  }

  /**
   * Loads modules, none of which needs one after it. What a kernel refuses, as it would have more
   * than these modules, it does not have: what needs it is found lacking.
   *
   * @throws TargetUnavailableException if the kernel finds one that is not signed by who built it
   */
  static void load(List<KernelModule> modules, Guest guest) {
    if (modules.isEmpty()) {
      return;
    }
    List<String> command =
        Stream.concat(
                Stream.of("/usr/bin/busybox", "sh", "-c", SCRIPT, "sh"),
                modules.stream().map(one -> one.path().getFileName().toString()))
            .toList();
    Request.Run run = new Request.Run(TASK, command, List.of(), new byte[0]);
    List<Reply> replies = guest.askInOrder(List.of(new Request.Start(TASK, "", true), run));
    Reply last = replies.get(replies.size() - 1);
    Reply.Ended ended = Guest.answer(run, last, Reply.Ended.class);
    if (ended.status() != 0) {
      throw new TargetUnavailableException(
          "the kernel says of a module of its own that it is not signed by who built it, so the"
              + " package of the modules is not that of the kernel");
    }
    if (ended.error().length > 0) {
      LOG.info("not all modules could be loaded: {}", new String(ended.error(), UTF_8).strip());
    }
    guest.ask(new Request.Clear(List.of()), Reply.Cleared.class);
  }
}
