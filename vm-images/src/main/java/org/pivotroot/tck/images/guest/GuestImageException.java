package org.pivotroot.tck.images.guest;

/**
 * The guest image could not be made. The message is meant for whoever started the run: it names the
 * thing that is wrong and the way out.
 */
public final class GuestImageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  GuestImageException(String message) {
    super(message);
  }

  GuestImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
