/** Transcripts turned into programs that make the same calls by hand. */
package org.pivotroot.tck.reports.reproduce;
