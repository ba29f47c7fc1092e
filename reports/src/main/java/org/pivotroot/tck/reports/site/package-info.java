/** The static site: pages rendered beforehand, links relative, no request to anywhere. */
package org.pivotroot.tck.reports.site;
