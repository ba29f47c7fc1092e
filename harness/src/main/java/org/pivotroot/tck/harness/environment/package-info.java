/**
 * Where claims are tried: virtual machines run by QEMU and containers run by Docker, and the guests
 * they give.
 */
package org.pivotroot.tck.harness.environment;
