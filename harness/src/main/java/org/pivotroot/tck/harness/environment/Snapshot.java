package org.pivotroot.tck.harness.environment;

import java.nio.file.Path;

/**
 * A virtual machine at the moment its agent was ready.
 *
 * @param ram its memory, to be mapped privately by each machine restored from it
 * @param state its devices, a migration stream of QEMU
 * @param console what the kernel had printed by then
 */
record Snapshot(Path ram, Path state, String console) {}
