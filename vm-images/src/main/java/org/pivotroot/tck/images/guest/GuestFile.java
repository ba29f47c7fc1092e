package org.pivotroot.tck.images.guest;

/** A file that the caller puts into the guest, readable by all. */
public final class GuestFile {
  private final String path;
  private final byte[] content;

  /**
   * A file of the guest.
   *
   * @param path absolute path in the guest
   * @param content its bytes
   * @throws IllegalArgumentException if the path is not absolute
   */
  public GuestFile(String path, byte[] content) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("not an absolute path: " + path);
    }
    this.path = path;
    this.content = content.clone();
  }

  /** Absolute path in the guest. */
  public String path() {
    return path;
  }

  byte[] content() {
    return content;
  }
}
