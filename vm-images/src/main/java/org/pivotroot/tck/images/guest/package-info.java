/**
 * The guest's file system: a jlinked runtime, the files of the caller and a small userland from
 * Debian packages, built once and packed twice, as an initramfs and as a container image.
 */
package org.pivotroot.tck.images.guest;
