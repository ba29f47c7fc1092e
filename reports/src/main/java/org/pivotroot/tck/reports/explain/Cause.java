package org.pivotroot.tck.reports.explain;

import java.util.List;

/**
 * A cause of a failing pivot_root call.
 *
 * @param id anchor of the cause, such as {@code shared-parent}
 * @param errno the error's name
 * @param cause what is wrong
 * @param look how a user can see it
 * @param wayOut what to do
 * @param claims ids of the claims that prove it
 */
public record Cause(
    String id, String errno, String cause, String look, String wayOut, List<String> claims) {}
