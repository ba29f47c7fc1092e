package org.pivotroot.tck.images.guest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.pivotroot.tck.images.archive.Progress;

/**
 * The archive of loaded classes from which the guest's Java starts (class data sharing): under
 * emulation it saves about a third of the time to the agent's first answer.
 *
 * <p>It is valid for one class path only, by its full name, so it is made by the guest's own
 * runtime with the guest's files as its root, in a mount namespace of its own. Where the host
 * allows no such thing, the archive holds the runtime's own classes only.
 */
final class SharedClasses {
  private static final String ARCHIVE = "opt/tck/jre/lib/server/classes.jsa";
  private static final String LIST = "tmp/classes";

  /**
   * Runs words 3 and later in the root named by word 1, on the processor of word 2. Random
   * addresses, other threads and what lies beside the environment in memory would make every
   * archive a little different; what remains is the order of threads on a host that is busy.
   */
  private static final String IN_ROOT =
      "root=$1 && cpu=$2 && shift 2 && mount --rbind /proc \"$root/proc\""
          + " && exec env -i PATH=\"$PATH\""
          + " taskset -c \"$cpu\" setarch -R chroot \"$root\" \"$@\"";

  private static final List<String> DUMP =
      List.of(
          "-Xshare:dump",
          "-XX:SharedClassListFile=/" + LIST,
          // Only this collector can write the archive; in Java 17 no other reads the objects in it.
          "-XX:+UseG1GC",
          "-Xmx128m",
          // No threads beside the one that writes.
          "-XX:ParallelGCThreads=1",
          "-XX:ConcGCThreads=1",
          "-XX:G1ConcRefinementThreads=0",
          "-Xint");

  private final Path work;
  private final List<String> command;
  private final byte[] rehearsal;

  /**
   * @param work a directory for temporary files
   * @param command what the guest runs: java, options, class path and main class
   * @param rehearsal standard input of the command while the classes it loads are watched
   */
  SharedClasses(Path work, List<String> command, byte[] rehearsal) {
    this.work = work;
    this.command = List.copyOf(command);
    this.rehearsal = rehearsal.clone();
  }

  /** Adds the archive to the tree. */
  void addTo(Tree tree, Progress progress) throws IOException {
    Path root = Files.createDirectory(work.resolve("root"));
    tree.writeTo(root);
    try {
      dumpAll(tree, root);
    } catch (GuestImageException e) {
      progress.say(
          "the guest's Java starts slower than it could (about 1 s in a virtual machine): the host"
              + " does not let a program run in the guest's files, which needs root or user"
              + " namespaces ("
              + e.getMessage()
              + ")");
      dumpRuntimeOnly(root);
    }
    tree.put(ARCHIVE, new Node.File(0644, Node.Content.of(root.resolve(ARCHIVE))));
  }

  private void dumpAll(Tree tree, Path root) throws IOException {
    Path input = Files.write(work.resolve("rehearsal"), rehearsal);
    runInRoot(
        root,
        input,
        with("-Xshare:.*", List.of("-Xshare:off", "-XX:DumpLoadedClassList=/" + LIST)));
    // In a fixed order: threads race for the one in which they load.
    SortedSet<String> classes = new TreeSet<>(Files.readAllLines(root.resolve(LIST)));
    classes.addAll(classesOf(tree));
    Files.write(root.resolve(LIST), classes, StandardOpenOption.TRUNCATE_EXISTING);
    runInRoot(root, Path.of("/dev/null"), with("-Xshare:.*|-Xmx.*|-XX:[+]Use[A-Z]\\w+GC", DUMP));
  }

  private void dumpRuntimeOnly(Path root) throws IOException {
    Files.deleteIfExists(root.resolve(ARCHIVE));
    JavaRuntime.run(
        work.resolve("dump.log"),
        Path.of("/dev/null"),
        List.of(root.resolve("opt/tck/jre/bin/java").toString(), "-Xshare:dump"));
  }

  private void runInRoot(Path root, Path input, List<String> words) throws IOException {
    List<String> whole = new ArrayList<>(List.of("unshare", "--mount"));
    if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
      whole.addAll(List.of("--user", "--map-root-user"));
    }
    whole.addAll(List.of("sh", "-c", IN_ROOT, "sh", root.toString(), firstProcessor()));
    whole.addAll(words);
    JavaRuntime.run(work.resolve("java.log"), input, whole);
  }

  /** The command with options in place of those that speak of the same. */
  private List<String> with(String contrary, List<String> options) {
    return Stream.of(
            command.subList(0, 1).stream(),
            options.stream(),
            command.stream().skip(1).filter(word -> !word.matches(contrary)))
        .flatMap(words -> words)
        .toList();
  }

  private static String firstProcessor() throws IOException {
    try (Stream<String> status = Files.lines(Path.of("/proc/self/status"))) {
      return status
          .filter(line -> line.startsWith("Cpus_allowed_list:"))
          .map(line -> line.replaceFirst(".*?(\\d+).*", "$1"))
          .findFirst()
          .orElse("0");
    }
  }

  /** The classes of the first jar on the class path: a rehearsal need not meet all of them. */
  private List<String> classesOf(Tree tree) throws IOException {
    int option = command.indexOf("-cp");
    String first = option < 0 ? "" : command.get(option + 1).split(":", 2)[0];
    List<String> classes = new ArrayList<>();
    if (tree.find(first).map(Map.Entry::getValue).orElse(null) instanceof Node.File jar) {
      try (ZipInputStream zip =
          new ZipInputStream(
              new ByteArrayInputStream(jar.content().read()), StandardCharsets.UTF_8)) {
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
          String name = entry.getName();
          if (name.endsWith(".class") && !name.endsWith("-info.class")) {
            classes.add(name.substring(0, name.length() - ".class".length()));
          }
        }
      }
    }
    return classes;
  }
}
