/** Result documents on disk: read, validated, put in order, merged. */
package org.pivotroot.tck.reports.store;
