/** What a guest is made of, and the commands to get it. */
package org.pivotroot.tck.images;
