package org.pivotroot.tck.model.record;

import java.util.List;
import org.pivotroot.tck.model.observation.ClaimText;

/**
 * What is known of one claim.
 *
 * @param schemaVersion version of the JSON Schema that it follows
 * @param claim what the claim says of itself
 * @param behaviours what was seen, in the order of the first target of each
 */
public record ClaimRecord(int schemaVersion, ClaimText claim, List<Behaviour> behaviours) {

  /** The version that this code writes. */
  public static final int SCHEMA_VERSION = 2;

  /** How deep its file is indented: an event, a mount and a fact take a line each. */
  public static final int LEVELS = 4;

  public ClaimRecord {
    behaviours = List.copyOf(behaviours);
  }

  /** Where its file lies in the record, such as {@code pivot_root.2/cwd-at-old-root.json}. */
  public static String path(ClaimText claim) {
    return claim.page().replaceFirst("\\((\\w+)\\)$", ".$1") + "/" + claim.id() + ".json";
  }
}
