package org.pivotroot.tck.model.specification.rule;

/** Something that a call does when nothing speaks against it. */
public record Branch(String id, String says, String cites) implements Clause {}
