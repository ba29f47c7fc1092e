package org.pivotroot.tck.harness.wire;

import java.util.List;

/**
 * What a call returned.
 *
 * @param value the returned value; -1 when it failed
 * @param errno errno if it failed, 0 otherwise
 * @param memory the content afterwards of each {@link NativeArgument.Memory} among its arguments
 */
public record Returned(long value, int errno, List<byte[]> memory) {}
