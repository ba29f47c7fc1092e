/** What is stored: runs and the record, read and checked against their schemas, put in order. */
package org.pivotroot.tck.reports.store;
