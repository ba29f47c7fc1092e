package org.pivotroot.tck.model.call;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * A call: what is called, and with what.
 *
 * @param callee a system call or a function of the C library
 * @param arguments as many as it has parameters
 */
public record Call(@JsonProperty("name") Callee callee, List<Value> arguments) {

  /**
   * Checks the number of arguments.
   *
   * @throws IllegalArgumentException if it is not that of the parameters
   */
  public Call {
    arguments = List.copyOf(arguments);
    if (arguments.size() != callee.parameters().size()) {
      throw new IllegalArgumentException(
          callee.title()
              + " takes "
              + callee.parameters().size()
              + " arguments, not "
              + arguments.size());
    }
  }

  /** A call with these arguments. */
  public static Call of(Callee callee, Value... arguments) {
    return new Call(callee, List.of(arguments));
  }

  /** What it returns when it succeeds: getcwd(3) without a buffer allocates one. */
  public Callee.Returns returns() {
    boolean allocates =
        callee.returns() == Callee.Returns.ITS_BUFFER && arguments.get(0) instanceof Value.Null;
    return allocates ? Callee.Returns.ALLOCATED_TEXT : callee.returns();
  }

  /** The buffer that it fills, if it has one. */
  public Optional<Value.Buffer> buffer() {
    return arguments.stream()
        .filter(argument -> argument instanceof Value.Buffer)
        .map(argument -> (Value.Buffer) argument)
        .findFirst();
  }
}
