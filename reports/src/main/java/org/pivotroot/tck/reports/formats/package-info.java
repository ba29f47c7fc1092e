/** Results in the formats that kernel and continuous-integration tools read. */
package org.pivotroot.tck.reports.formats;
