package org.pivotroot.tck.images.kernel;

/**
 * What an image says that it is.
 *
 * @param release what uname(2) calls release; of gVisor, the release of gVisor
 * @param version what uname(2) calls version
 * @param series the first two numbers of the release; of gVisor, its date
 */
record Identity(String release, String version, String series) {}
