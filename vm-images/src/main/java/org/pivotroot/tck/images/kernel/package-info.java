/** Which kernels there are to test, and how an image of each is got. */
package org.pivotroot.tck.images.kernel;
