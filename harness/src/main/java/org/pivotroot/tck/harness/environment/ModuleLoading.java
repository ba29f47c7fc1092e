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
import org.pivotroot.tck.images.kernel.KernelImage;
import org.pivotroot.tck.images.kernel.KernelModule;
import org.pivotroot.tck.images.kernel.KernelPackage;
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

  private static final int FOUND_UNSIGNED = 3;

  private static final String SCRIPT =
      "b=/usr/bin/busybox; for m; do $b insmod /"
          + FOLDER
          + "/$m || echo $m >&2; done; $b rm -r /"
          + FOLDER
          + " || exit; read taint </proc/sys/kernel/tainted; [ $((taint & "
          + UNSIGNED
          + ")) = 0 ] || exit "
          + FOUND_UNSIGNED;

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
   * @throws TargetUnavailableException if a kernel of the archive finds one that is not signed by
   *     who built it
   */
  static void load(KernelImage kernel, Guest guest) {
    if (kernel.modules().isEmpty()) {
      return;
    }
    List<String> command =
        Stream.concat(
                Stream.of("/usr/bin/busybox", "sh", "-c", SCRIPT, "sh"),
                kernel.modules().stream().map(one -> one.path().getFileName().toString()))
            .toList();
    Request.Run run = new Request.Run(TASK, command, List.of(), new byte[0]);
    List<Reply> replies = guest.askInOrder(List.of(new Request.Start(TASK, "", true), run));
    Reply last = replies.get(replies.size() - 1);
    Reply.Ended ended = Guest.answer(run, last, Reply.Ended.class);
    String said = new String(ended.error(), UTF_8).strip();
    Path folder = kernel.modules().get(0).path().getParent();
    if (ended.status() == FOUND_UNSIGNED && isArchived(kernel)) {
      throw new TargetUnavailableException(
          "kernel "
              + kernel.release()
              + " finds modules in "
              + folder
              + " that are not signed by who built it: remove that folder, and they are got anew");
    }
    if (ended.status() != 0 && ended.status() != FOUND_UNSIGNED) {
      throw new TargetUnavailableException(
          "kernel " + kernel.release() + " did not get the modules in " + folder + ": " + said);
    }
    if (ended.error().length > 0) {
      LOG.info("not all modules could be loaded: {}", said);
    }
    guest.ask(new Request.Clear(List.of()), Reply.Cleared.class);
  }

  private static boolean isArchived(KernelImage kernel) {
    return kernel
        .origin()
        .filter(origin -> !origin.suite().equals(KernelPackage.LOCAL))
        .isPresent();
  }
}
