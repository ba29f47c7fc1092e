/** The events of a trial turned into programs that go through them by hand. */
package org.pivotroot.tck.reports.reproduce;
