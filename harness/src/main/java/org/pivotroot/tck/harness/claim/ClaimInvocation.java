package org.pivotroot.tck.harness.claim;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;
import org.pivotroot.tck.harness.environment.GuestLostException;
import org.pivotroot.tck.harness.environment.TargetUnavailableException;
import org.pivotroot.tck.harness.progress.Progress;
import org.pivotroot.tck.harness.task.ContradictionException;
import org.pivotroot.tck.harness.task.Feature;
import org.pivotroot.tck.harness.task.NotApplicableException;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.model.observation.Decision;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.TargetOrder;
import org.pivotroot.tck.model.observation.Verdict;
import org.pivotroot.tck.model.record.Behaviour;
import org.pivotroot.tck.model.record.Difference;

/** One claim on one target, as one JUnit test. */
final class ClaimInvocation
    implements TestTemplateInvocationContext, ParameterResolver, InvocationInterceptor {
  private final Run run;
  private final ClaimDescription claim;
  private final TargetRun target;
  private long begun;
  private GuestPool.Lease lease;
  private Stage stage;
  private Optional<Feature> needed = Optional.empty();

  ClaimInvocation(Run run, ClaimDescription claim, TargetRun target) {
    this.run = run;
    this.claim = claim;
    this.target = target;
  }

  @Override
  public String getDisplayName(int index) {
    return claim.id() + " [" + target.name() + "]";
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Stage.class || (type == String.class && claim.column() != null);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (parameter.getParameter().getType() == String.class) {
      return claim.column();
    }
    begun = System.nanoTime();
    Set<Feature> lacking;
    try {
      target.checkThatItIsWorthTrying();
      lacking = target.lacking(run.guests());
      lease = run.guests().take(target.target(), claim.placement());
    } catch (TargetUnavailableException e) {
      AssertionFailedError failure = withoutGuest(e);
      if (target.isFirstToSayUnusable()) {
        throw failure;
      }
      throw new TestAbortedException("there is no guest on " + target.name() + ", as was said");
    } catch (RuntimeException e) {
      throw withoutGuest(e);
    }
    if (lease.state().isPresent()) {
      begun = System.nanoTime(); // a warm guest was waited for, which is no part of the claim
    }
    needed = claim.needs().stream().filter(lacking::contains).findFirst();
    stage = new Stage(lease.guest(), claim.placement(), claim.claim().userland(), lacking);
    return stage;
  }

  private AssertionFailedError withoutGuest(RuntimeException e) {
    Observation observation = record(Trying.inconclusive("no guest: " + e.getMessage()));
    tell(observation, false);
    return failure(observation, e);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    Observation observation = record(tryIt(invocation));
    target.took(claim.id(), System.nanoTime() - begun);
    AllureRecord.add(observation, target, lease.guest().console());
    boolean asExpected = isAsExpected(observation);
    tell(observation, asExpected);
    if (!asExpected) {
      throw failure(observation, null);
    }
  }

  private void tell(Observation observation, boolean asExpected) {
    Progress.tell(
        new Progress.Tried(
            target.description(),
            observation,
            Difference.of(run.record(), target.description(), observation),
            asExpected));
  }

  /**
   * Whether the target did what it is held to. What is on no record is held to what the claim
   * itself explains.
   */
  private boolean isAsExpected(Observation observation) {
    if (observation.verdict() == Verdict.INCONCLUSIVE) {
      return false;
    }
    if (observation.verdict() == Verdict.NOT_APPLICABLE
        && target.mayLackFeatures()
        && !isOnRecordForThisKernel(observation)) {
      return true;
    }
    return Difference.of(run.record(), target.description(), observation)
        .map(
            difference ->
                difference.kind() == Difference.Kind.NEW
                    ? observation.verdict() == explained()
                    : !difference.kind().isBehaviour())
        .orElse(true);
  }

  private boolean isOnRecordForThisKernel(Observation observation) {
    return run.record().hasKernelOf(target.description())
        && run.record().nearest(observation.id(), target.description()).isPresent();
  }

  private Verdict explained() {
    return target.description().isLinux()
        ? claim.text().explained(TargetOrder.version(target.description()))
        : Verdict.UPHELD;
  }

  /** What came of a trial: the verdict, and what contradicted, is lacking or broke. */
  private record Trying(Verdict verdict, Decision because) {
    static Trying inconclusive(String how) {
      return new Trying(Verdict.INCONCLUSIVE, Decision.of(how));
    }
  }

  private Trying tryIt(Invocation<Void> invocation) throws Throwable {
    Trying tried;
    try {
      if (needed.isPresent()) {
        invocation.skip();
        tried = new Trying(Verdict.NOT_APPLICABLE, Decision.of(needed.get().word()));
      } else {
        invocation.proceed();
        stage.finish();
        tried = new Trying(Verdict.UPHELD, null);
      }
    } catch (ContradictionException e) {
      tried = new Trying(Verdict.CONTRADICTED, e.decision());
      if (e.guestEnded()) {
        run.guests().discard(lease);
        return tried;
      }
    } catch (NotApplicableException e) {
      tried = new Trying(Verdict.NOT_APPLICABLE, Decision.of(e.getMessage()));
    } catch (RuntimeException | AssertionError e) {
      throwAway(e);
      return Trying.inconclusive(broken(e));
    }
    try {
      Optional<String> left = run.guests().giveBack(lease, stage);
      return left.map(text -> Trying.inconclusive("the claim left the guest changed; " + text))
          .orElse(tried);
    } catch (RuntimeException e) {
      throwAway(e);
      return Trying.inconclusive("after the claim: " + broken(e));
    }
  }

  private void throwAway(Throwable because) {
    if (because instanceof GuestLostException) {
      target.lost();
    }
    run.guests().discard(lease);
  }

  private static String broken(Throwable e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private Observation record(Trying tried) {
    Observation observation =
        new Observation(
            claim.text(),
            tried.verdict(),
            tried.because(),
            stage == null ? new TreeMap<>() : stage.facts(),
            stage == null || stage.after() == null ? null : stage.before(),
            stage == null ? null : stage.after(),
            stage == null ? List.of() : stage.end(),
            stage == null ? List.of() : stage.events());
    target.record(observation);
    return observation;
  }

  private AssertionFailedError failure(Observation observation, Throwable cause) {
    Optional<Difference> difference =
        Difference.of(run.record(), target.description(), observation)
            .filter(one -> one.kind().isBehaviour());
    Optional<Behaviour> held = difference.map(Difference::held);
    Verdict expected = held.map(Behaviour::verdict).orElseGet(this::explained);
    StringBuilder text = new StringBuilder();
    text.append(observation.id()).append(" on ").append(target.name()).append(" is ");
    text.append(observation.verdict().word());
    if (observation.reason() != null) {
      text.append(": ").append(observation.reason());
    }
    text.append("\n  where ").append(expected.word()).append(" is expected");
    held.ifPresent(
        behaviour -> {
          text.append(", as on record for ").append(String.join(", ", behaviour.targets()));
          if (behaviour.reason() != null) {
            text.append(": ").append(behaviour.reason());
          }
          if (!behaviour.facts().equals(observation.facts())) {
            text.append("\n  facts: ").append(observation.facts());
            text.append("\n  facts on record: ").append(behaviour.facts());
          }
        });
    text.append("\n  claim: ").append(observation.claim().says());
    observation
        .claim()
        .explanation(TargetOrder.version(target.description()))
        .ifPresent(
            explanation -> {
              text.append("\n  explained by: ").append(explanation.because());
              if (explanation.commit() != null) {
                text.append(" (").append(explanation.commit()).append(')');
              }
            });
    observation.transcript().forEach(line -> text.append("\n  ").append(line));
    difference
        .filter(one -> !one.lines().isEmpty())
        .ifPresent(
            one -> {
              text.append("\n  otherwise than on record, in ").append(one.kind().words());
              one.lines().forEach(line -> text.append("\n  ").append(line));
            });
    return new AssertionFailedError(
        text.append('\n').toString(), expected.word(), observation.verdict().word(), cause);
  }
}
