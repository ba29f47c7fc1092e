package org.pivotroot.tck.harness.wire;

/** What a frame carries. */
public sealed interface Message permits Request, Reply {}
