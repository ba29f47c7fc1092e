package org.pivotroot.tck.model.specification.rule;

/** What a procedure works on: it knows its kernel and takes note of the clauses it comes by. */
public interface Journal {

  /** On which kernel the call is made. */
  Kernel kernel();

  /** The call came by this. */
  void met(Clause clause);
}
