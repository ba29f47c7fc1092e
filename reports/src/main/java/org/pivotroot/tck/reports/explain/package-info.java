/** Why a pivot_root call fails: a table of causes, and their search in a live process. */
package org.pivotroot.tck.reports.explain;
