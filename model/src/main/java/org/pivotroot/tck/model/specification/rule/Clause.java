package org.pivotroot.tck.model.specification.rule;

/** A part of the specification that a call can come by, with the source that it is taken from. */
public sealed interface Clause permits Rule, Branch {

  /** The call or operation and a name, such as {@code pivot_root.new-root-locked}. */
  String id();

  /** What it says, in a sentence of our own. */
  String says();

  /** Page and section, kernel documentation, or kernel function. */
  String cites();
}
