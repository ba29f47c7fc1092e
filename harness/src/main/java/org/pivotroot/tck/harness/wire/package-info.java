/**
 * What the harness and the agent say to each other: records, and the bytes they travel as. Part of
 * the guest image, so nothing in here may need more than {@code java.base}.
 */
package org.pivotroot.tck.harness.wire;
