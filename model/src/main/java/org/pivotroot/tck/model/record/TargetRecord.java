package org.pivotroot.tck.model.record;

import org.pivotroot.tck.model.observation.ResultDocument;

/**
 * A target on record, as it was when it was last accepted.
 *
 * @param name as behaviours name it, such as {@code vm 6.1}
 * @param suite the suite that tried the claims
 */
public record TargetRecord(String name, ResultDocument.Target target, ResultDocument.Suite suite) {}
