package org.pivotroot.tck.model.transcript;

import org.pivotroot.tck.model.call.Result;

/** The same word for every result, but where a subclass says otherwise. */
abstract class Uniform implements Result.Visitor<String> {
  private final String otherwise;

  Uniform(String otherwise) {
    this.otherwise = otherwise;
  }

  @Override
  public String failed(Result.Failed failed) {
    return otherwise;
  }

  @Override
  public String unanswered() {
    return otherwise;
  }

  @Override
  public String returned(Result.Returned returned) {
    return otherwise;
  }

  @Override
  public String opened(Result.Opened opened) {
    return otherwise;
  }

  @Override
  public String mapped(Result.Mapped mapped) {
    return otherwise;
  }

  @Override
  public String masked(Result.Masked masked) {
    return otherwise;
  }

  @Override
  public String wrote(Result.Wrote wrote) {
    return otherwise;
  }

  @Override
  public String touched(Result.Touched touched) {
    return otherwise;
  }

  @Override
  public String allocated(Result.Allocated allocated) {
    return otherwise;
  }

  @Override
  public String lines(Result.Lines lines) {
    return otherwise;
  }

  @Override
  public String identified(Result.Identified identified) {
    return otherwise;
  }

  @Override
  public String happened(Result.Happened happened) {
    return otherwise;
  }

  @Override
  public String mountsChanged(Result.MountsChanged changed) {
    return otherwise;
  }
}
