package org.pivotroot.tck.images.kernel;

import java.util.List;

/**
 * A kernel that was asked for is unknown, or is none. The message is meant for whoever asked: it
 * names the series or file and what would do instead.
 */
public final class KernelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An exception with a message that is fit to be shown as it is. */
  public KernelException(String message) {
    super(message);
  }

  /** An exception with a message that is fit to be shown as it is, and what led to it. */
  public KernelException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A word that asks for no kernel. */
  static KernelException unknown(String word, List<String> series) {
    return new KernelException(
        "\""
            + word
            + "\" is neither a known kernel series nor a file. Known series: "
            + String.join(", ", series)
            + ". A release of one of them is possible too (`kernels list` tells all), a range"
            + " (6.1..7.3), a flavour (7.2-rt), and the path to a bzImage, to user-mode Linux, to a"
            + " .deb or .rpm with a kernel, or to a build tree");
  }
}
