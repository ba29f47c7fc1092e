package org.pivotroot.tck.images.guest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.fornwall.jelf.ElfDynamicSection;
import net.fornwall.jelf.ElfFile;
import net.fornwall.jelf.ElfSegment;

/** Checks that every program of a tree finds its interpreter and its shared libraries in it. */
final class Libraries {
  private static final List<String> SEARCHED =
      List.of("usr/lib/x86_64-linux-gnu", "usr/lib", "usr/lib64");

  private Libraries() {}

  /**
   * @param alsoIn directories where a library counts as found because the program that loads it has
   *     already loaded it from there, as the Java runtime does with its own
   * @throws GuestImageException naming each file and what it lacks
   */
  static void check(Tree tree, List<String> alsoIn) throws IOException {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, Node> each : tree.nodes().entrySet()) {
      if (each.getValue() instanceof Node.File file) {
        byte[] content = file.content().read();
        if (isElf(content)) {
          check(tree, each.getKey(), ElfFile.from(content), alsoIn, missing);
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new GuestImageException(
          "the guest image lacks what its programs need: "
              + String.join("; ", missing)
              + ". Add the package to Userland.WANTED (or take it from LEFT_OUT), or leave the"
              + " program out too");
    }
  }

  private static boolean isElf(byte[] content) {
    return content.length > 64
        && Arrays.equals(content, 0, 4, new byte[] {0x7f, 'E', 'L', 'F'}, 0, 4);
  }

  private static void check(
      Tree tree, String path, ElfFile elf, List<String> alsoIn, List<String> missing) {
    for (int i = 0; i < elf.e_phnum; i++) {
      ElfSegment segment = elf.getProgramHeader(i);
      if (segment.p_type == ElfSegment.PT_INTERP && tree.find(segment.getIntepreter()).isEmpty()) {
        missing.add("/" + path + " needs " + segment.getIntepreter());
      }
    }
    ElfDynamicSection dynamic = elf.getDynamicSection();
    if (dynamic == null) {
      return;
    }
    String directory = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    List<String> searched =
        Stream.of(runPath(elf, directory), SEARCHED, alsoIn).flatMap(List::stream).toList();
    for (String library : dynamic.getNeededLibraries()) {
      if (searched.stream().noneMatch(in -> tree.find(in + "/" + library).isPresent())) {
        missing.add("/" + path + " needs " + library);
      }
    }
  }

  private static List<String> runPath(ElfFile elf, String directory) {
    return elf.getDynamicSection().entries.stream()
        .filter(
            entry ->
                entry.d_tag == ElfDynamicSection.DT_RUNPATH
                    || entry.d_tag == ElfDynamicSection.DT_RPATH)
        .flatMap(
            entry ->
                Stream.of(elf.getDynamicStringTable().get((int) entry.d_val_or_ptr).split(":", -1)))
        .map(part -> part.replace("${ORIGIN}", directory).replace("$ORIGIN", directory))
        .toList();
  }
}
