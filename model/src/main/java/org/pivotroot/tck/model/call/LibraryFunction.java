package org.pivotroot.tck.model.call;

import static org.pivotroot.tck.model.call.Parameter.address;
import static org.pivotroot.tck.model.call.Parameter.buffer;
import static org.pivotroot.tck.model.call.Parameter.integer;
import static org.pivotroot.tck.model.call.Parameter.text;

import java.util.List;
import java.util.Locale;

/** The functions of the C library that claims call. */
public enum LibraryFunction implements Callee {
  DLSYM(Returns.PRESENCE, address("handle"), text("symbol")),
  GETCWD(Returns.ITS_BUFFER, buffer("buf"), integer("size")),
  GETWD(Returns.ITS_BUFFER, buffer("buf")),
  GET_CURRENT_DIR_NAME(Returns.ALLOCATED_TEXT),
  SETENV(Returns.NOTHING, text("name"), text("value"), integer("overwrite")),
  UNSETENV(Returns.NOTHING, text("name"));

  private final Returns returns;
  private final List<Parameter> parameters;

  LibraryFunction(Returns returns, Parameter... parameters) {
    this.returns = returns;
    this.parameters = List.of(parameters);
  }

  @Override
  public String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String title() {
    return symbol() + "(3)";
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  @Override
  public Returns returns() {
    return returns;
  }
}
