/**
 * The guest's side: a small program that makes calls on request, each on the thread that is the
 * task. It judges nothing. Needs {@code java.base}, {@code java.logging}, JNA and the wire package.
 *
 * <p>Nothing in here may start a thread as a side effect of a call (JNA's Memory, ProcessBuilder):
 * a thread shares the fs state and the namespaces of the task that happened to start it, would
 * follow it into its roots and keep its mounts busy.
 */
package org.pivotroot.tck.harness.agent;
