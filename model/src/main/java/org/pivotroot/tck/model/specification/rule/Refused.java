package org.pivotroot.tck.model.specification.rule;

/** A check has failed. It ends the call at once, from however deep in a lookup. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Rule rule;

  /** By this check. */
  public Refused(Rule rule) {
    super(rule.id(), null, false, false);
    this.rule = rule;
  }

  /** The check. */
  public Rule rule() {
    return rule;
  }
}
