/** How long the suite takes, measured against what a kernel takes to boot. */
package org.pivotroot.tck.bench;
