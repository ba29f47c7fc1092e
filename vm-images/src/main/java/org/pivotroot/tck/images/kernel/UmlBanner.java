package org.pivotroot.tck.images.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text by which a kernel that is a program, user-mode Linux, says what it is. */
final class UmlBanner {
  private static final Pattern BANNER =
      Pattern.compile("Linux version ((\\d+\\.\\d+)\\S*) \\([^\\n]* (#\\d[^\\n]*)\\n");

  /** One of the options that this kernel alone has. */
  private static final String ITS_OWN = "uml_dir=";

  private UmlBanner() {}

  /** Whether a file can be user-mode Linux rather than another kernel: it is a program. */
  static boolean isProgram(Path file) {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(4), ISO_8859_1).equals("\177ELF");
    } catch (IOException e) {
      throw new KernelException("cannot read " + file + " (" + e + ")", e);
    }
  }

  /**
   * Reads the text of a file.
   *
   * @throws KernelException if the file is not user-mode Linux
   */
  static Identity read(Path file) {
    String content;
    try {
      content = new String(Files.readAllBytes(file), ISO_8859_1);
    } catch (IOException e) {
      throw new KernelException("cannot read " + file + " (" + e + ")", e);
    }
    Matcher banner = BANNER.matcher(content);
    if (!content.contains(ITS_OWN) || !banner.find()) {
      throw new KernelException(
          file
              + " is not user-mode Linux: expected is the file linux that `make ARCH=um` makes, or"
              + " a package that has one");
    }
    return new Identity(banner.group(1), banner.group(3), banner.group(2));
  }
}
