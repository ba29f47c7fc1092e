/** What a claim is written with: tasks, the calls they make, and what comes back. */
package org.pivotroot.tck.harness.task;
