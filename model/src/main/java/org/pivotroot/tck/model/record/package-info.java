/** What is known: for each claim its behaviours, and the targets that showed each. */
package org.pivotroot.tck.model.record;
