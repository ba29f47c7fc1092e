/** Reports made from stored results. */
package org.pivotroot.tck.reports;
