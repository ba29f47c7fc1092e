package org.pivotroot.tck.harness.environment;

/** What a machine has printed. One thread adds to it, others read. */
final class Console {
  private final StringBuilder text;

  /** A console that has shown something already. */
  Console(String soFar) {
    text = new StringBuilder(soFar);
  }

  synchronized void add(String more) {
    text.append(more);
  }

  synchronized String text() {
    return text.toString().replace("\r", "");
  }
}
