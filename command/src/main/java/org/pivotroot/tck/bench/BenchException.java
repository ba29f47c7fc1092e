package org.pivotroot.tck.bench;

/** Something could not be measured; the message says why and what to do. */
final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BenchException(String message) {
    super(message);
  }
}
