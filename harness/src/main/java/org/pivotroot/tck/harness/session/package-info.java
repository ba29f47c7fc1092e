/** Calls by hand: what is typed, line by line, done in a guest, explained, undone and kept. */
package org.pivotroot.tck.harness.session;
