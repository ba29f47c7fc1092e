/** Documentation of observed behaviour: a manual page, and drafts for manual-page maintainers. */
package org.pivotroot.tck.reports.manual;
