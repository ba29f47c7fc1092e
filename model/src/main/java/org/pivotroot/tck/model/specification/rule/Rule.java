package org.pivotroot.tck.model.specification.rule;

import java.util.EnumSet;
import java.util.Set;
import org.pivotroot.tck.model.call.Errno;

/**
 * A check: the condition under which a call fails.
 *
 * @param errnos the error; several if any of them is allowed
 * @param says the condition
 * @param since the change of the kernel that brought this check; null if there always was one
 * @param until the change of the kernel that took it away; null if it is still there
 */
public record Rule(
    String id, Set<Errno> errnos, String says, String cites, Switch since, Switch until)
    implements Clause {

  public Rule {
    errnos = Set.copyOf(errnos);
  }

  /** A check that every kernel makes. */
  public static Rule of(String id, Errno errno, String says, String cites) {
    return new Rule(id, EnumSet.of(errno), says, cites, null, null);
  }

  /** The same, made only by kernels with this change. */
  public Rule since(Switch change) {
    return new Rule(id, errnos, says, cites, change, until);
  }

  /** The same, made only by kernels without this change. */
  public Rule until(Switch change) {
    return new Rule(id, errnos, says, cites, since, change);
  }

  /** Whether a kernel makes it. */
  public boolean isMadeBy(Kernel kernel) {
    return !kernel.omitted().contains(id)
        && (since == null || kernel.has(since))
        && (until == null || !kernel.has(until));
  }
}
