package org.pivotroot.tck.harness.task;

import java.util.function.Function;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.look.FileId;

/** Who makes calls. Anything in the tables can be called in this way, with any arguments. */
public interface Calling {
  /** Room for any path that a claim makes. */
  int PATH_BUFFER = 8192;

  /** What a claim is given of a result that is a descriptor. */
  Function<Result, Descriptor> DESCRIPTOR =
      result -> new Descriptor(((Result.Opened) result).descriptor());

  /** What a claim is given of a result that is a text. */
  Function<Result, String> TEXT =
      result -> result instanceof Result.Wrote wrote ? wrote.text() : "not in its buffer";

  /** What a claim is given of a result that is a number. */
  Function<Result, Long> NUMBER = result -> ((Result.Returned) result).number();

  /** What a claim is given of a result that tells which file something is. */
  Function<Result, FileId> FILE = result -> ((Result.Identified) result).file();

  /** What a claim is given of a text that the C library has allocated. */
  Function<Result, Result.Allocated> ALLOCATED = Result.Allocated.class::cast;

  /**
   * Makes a call.
   *
   * @param value what the claim is given of the result of a call that succeeds
   */
  <T> Outcome<T> call(Function<Result, T> value, Callee callee, Value... arguments);

  /** Makes a call of which only matters whether it fails, and how. */
  default Outcome<Void> call(Callee callee, Value... arguments) {
    return call(result -> null, callee, arguments);
  }
}
