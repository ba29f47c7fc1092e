/** What a run tells while it goes on, for whoever watches. */
package org.pivotroot.tck.harness.progress;
