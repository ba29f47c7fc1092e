/** How reports become files: templates with escaping, and byte-identical output. */
package org.pivotroot.tck.reports.text;
