/**
 * How much of the manual pages the claims cover, measured against the pages themselves as the
 * distribution packages them.
 */
package org.pivotroot.tck.coverage;
