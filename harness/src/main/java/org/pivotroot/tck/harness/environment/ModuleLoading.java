package org.pivotroot.tck.harness.environment;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.images.kernel.KernelModule;

/** Loads modules of its kernel into a guest that nothing was tried in yet. */
final class ModuleLoading {
  private static final String TASK = "load";
  private static final List<String> COMMAND =
      List.of(
          "/usr/bin/busybox",
          "sh",
          "-c",
          "b=/usr/bin/busybox; $b cat > /module.ko && $b insmod /module.ko; s=$?;"
              + " $b rm -f /module.ko; exit $s");

  private ModuleLoading() {}

  /**
   * Loads modules, none of which depends on another.
   *
   * @throws TargetUnavailableException if a module cannot be read, or the guest's kernel refuses it
   */
  static void load(List<KernelModule> modules, Guest guest) {
    for (KernelModule module : modules) {
      Request.Run run = new Request.Run(TASK, COMMAND, List.of(), content(module));
      List<Request> requests = List.of(new Request.Start(TASK, "", true), run);
      List<Reply> replies = guest.askInOrder(requests);
      Reply last = replies.get(replies.size() - 1);
      Reply.Ended ended = Guest.answer(run, last, Reply.Ended.class);
      if (ended.status() != 0) {
        throw new TargetUnavailableException(
            "the kernel refuses "
                + module.path()
                + ", which is from its own package: "
                + new String(ended.error(), UTF_8).strip());
      }
      guest.ask(new Request.Clear(List.of()), Reply.Cleared.class);
    }
  }

  /**
   * The file, compressed, so that it fits into a request; insmod knows both by their beginnings.
   */
  private static byte[] content(KernelModule module) {
    try {
      byte[] file = Files.readAllBytes(module.path());
      if (!module.path().toString().endsWith(".ko")) {
        return file;
      }
      ByteArrayOutputStream compressed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
        gzip.write(file);
      }
      return compressed.toByteArray();
    } catch (IOException e) {
      throw new TargetUnavailableException("cannot read " + module.path() + " (" + e + ")", e);
    }
  }
}
