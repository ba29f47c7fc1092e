package org.pivotroot.tck.harness.wire;

/**
 * A record on its way.
 *
 * @param exchange number by which a reply finds its request
 * @param body what travels
 */
public record Frame(int exchange, Message body) {}
