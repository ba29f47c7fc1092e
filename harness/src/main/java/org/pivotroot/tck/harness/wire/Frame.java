package org.pivotroot.tck.harness.wire;

/**
 * A record on its way.
 *
 * @param exchange number by which a reply finds its request
 * @param body a {@link Request} or a {@link Reply}
 */
public record Frame(int exchange, Record body) {}
