package org.pivotroot.tck.harness.claim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.pivotroot.tck.harness.environment.FakeGuest;
import org.pivotroot.tck.harness.environment.Guest;
import org.pivotroot.tck.harness.environment.Target;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.harness.wire.Returned;
import org.pivotroot.tck.model.observation.ResultDocument;

/** A target whose guests have no kernel. */
class FakeTarget implements Target {
  final String environment;
  final List<FakeGuest> started = new ArrayList<>();

  /** What agents of this target answer to requests that they do not know. */
  private final Function<Request, Optional<Reply>> agent;

  /** What the guests look like with nobody in them. */
  volatile String state = "root /";

  /** Why no guest can be started; null if one can. */
  volatile RuntimeException failure;

  /** Whether its kernel should have all that claims need, which no fake has. */
  volatile boolean ofCatalogue;

  FakeTarget(String environment) {
    this(environment, request -> Optional.of(new Reply.Done()));
  }

  FakeTarget(String environment, Function<Request, Optional<Reply>> agent) {
    this.environment = environment;
    this.agent = agent;
  }

  @Override
  public String name() {
    return environment + " 6.12";
  }

  @Override
  public ResultDocument.Target description() {
    return new ResultDocument.Target(
        environment,
        "6.12",
        new ResultDocument.Kernel("6.12.0-fake", "#1", "6.12", "fake", "6.12.1-1", null),
        null,
        "none",
        "0",
        new TreeMap<>());
  }

  @Override
  public boolean hasOwnKernel() {
    return environment.equals("vm");
  }

  @Override
  public boolean hasCatalogueKernel() {
    return ofCatalogue;
  }

  @Override
  public synchronized Guest start() {
    if (failure != null) {
      throw failure;
    }
    FakeGuest machine = new FakeGuest(this::answer);
    started.add(machine);
    return machine.guest();
  }

  private Optional<Reply> answer(Request request) {
    if (request instanceof Request.Clear) {
      return Optional.of(new Reply.Cleared(state));
    }
    if (request instanceof Request.Start) {
      return Optional.of(new Reply.Started(1, 2));
    }
    if (request instanceof Request.Invoke invoke) {
      return Optional.of(
          new Reply.Results(
              invoke.calls().stream().map(call -> new Returned(0, 0, List.of())).toList()));
    }
    return agent.apply(request);
  }
}
