/**
 * Why a call fails: the checks of the specification, tried on what is known of a process, and the
 * rules written down for readers.
 */
package org.pivotroot.tck.reports.explain;
