package org.pivotroot.tck.harness.task;

/**
 * A string that the C library has allocated for its caller.
 *
 * @param value the string
 * @param usable bytes that malloc_usable_size(3) says the allocation holds, which may be some more
 *     than were asked for
 */
public record AllocatedString(String value, long usable) {
  @Override
  public String toString() {
    return Task.quoted(value);
  }
}
