package org.pivotroot.tck.harness.wire;

import java.util.List;

/**
 * One call of a function of the guest's C library; a raw system call is a call of {@code syscall}.
 */
public record Call(String function, List<Argument> arguments) {}
