/**
 * A verified reader of the Debian archive: the index by the archive's signature, a package by its
 * checksum in the index.
 */
package org.pivotroot.tck.images.archive;
