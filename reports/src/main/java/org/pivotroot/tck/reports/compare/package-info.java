/** Results set against each other: kernel against kernel, and a run against what is on record. */
package org.pivotroot.tck.reports.compare;
