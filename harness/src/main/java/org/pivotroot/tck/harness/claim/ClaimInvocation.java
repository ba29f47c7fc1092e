package org.pivotroot.tck.harness.claim;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
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
import org.pivotroot.tck.harness.environment.TargetUnavailableException;
import org.pivotroot.tck.harness.task.ContradictionException;
import org.pivotroot.tck.harness.task.NotApplicableException;
import org.pivotroot.tck.harness.task.Stage;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.observation.Verdict;

/** One claim on one target, as one JUnit test. */
final class ClaimInvocation
    implements TestTemplateInvocationContext, ParameterResolver, InvocationInterceptor {
  private final Run run;
  private final ClaimDescription claim;
  private final TargetRun target;
  private GuestPool.Lease lease;
  private Stage stage;

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
    return parameter.getParameter().getType() == Stage.class;
  }

  @Override
  public Stage resolveParameter(ParameterContext parameter, ExtensionContext context) {
    try {
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
    stage = new Stage(lease.guest(), claim.placement(), claim.claim().userland());
    return stage;
  }

  private AssertionFailedError withoutGuest(RuntimeException e) {
    return failure(record(new Trying(Verdict.INCONCLUSIVE, "no guest: " + e.getMessage())), e);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    Observation observation = record(tryIt(invocation));
    AllureRecord.add(observation, target, lease.guest().console());
    boolean asExpected =
        observation.verdict() == observation.expected()
            || (observation.verdict() == Verdict.NOT_APPLICABLE && target.mayLackFeatures());
    if (!asExpected) {
      throw failure(observation, null);
    }
  }

  /** What came of a trial: the verdict, and what contradicted, is lacking or broke. */
  private record Trying(Verdict verdict, String because) {}

  private Trying tryIt(Invocation<Void> invocation) throws Throwable {
    Trying tried;
    try {
      invocation.proceed();
      stage.finish();
      tried = new Trying(Verdict.UPHELD, null);
    } catch (ContradictionException e) {
      tried = new Trying(Verdict.CONTRADICTED, e.getMessage());
    } catch (NotApplicableException e) {
      tried = new Trying(Verdict.NOT_APPLICABLE, e.getMessage());
    } catch (RuntimeException | AssertionError e) {
      run.guests().discard(lease);
      return new Trying(Verdict.INCONCLUSIVE, broken(e));
    }
    try {
      Optional<String> left = run.guests().giveBack(lease, stage);
      return left.map(
              text -> new Trying(Verdict.INCONCLUSIVE, "the claim left the guest changed; " + text))
          .orElse(tried);
    } catch (RuntimeException e) {
      run.guests().discard(lease);
      return new Trying(Verdict.INCONCLUSIVE, "after the claim: " + broken(e));
    }
  }

  private static String broken(Throwable e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private Observation record(Trying tried) {
    Expectation expectation = Expectation.of(claim.method(), target.version());
    Observation observation =
        new Observation(
            claim.id(),
            claim.page(),
            claim.claim().section(),
            claim.claim().editions(),
            claim.claim().says(),
            claim.placement().word(),
            tried.verdict(),
            expectation.verdict(),
            tried.because(),
            expectation.reason(),
            stage == null ? new TreeMap<>() : stage.facts(),
            stage == null ? List.of() : stage.transcript(),
            stage == null ? null : stage.topology());
    target.record(observation);
    return observation;
  }

  private AssertionFailedError failure(Observation observation, Throwable cause) {
    StringBuilder text = new StringBuilder();
    text.append(observation.claim()).append(" on ").append(target.name()).append(" is ");
    text.append(observation.verdict().word());
    text.append(" where ").append(observation.expected().word()).append(" is expected");
    if (observation.because() != null) {
      text.append(": ").append(observation.because());
    }
    text.append("\n  claim: ").append(observation.says());
    if (observation.reason() != null) {
      text.append("\n  expected because: ").append(observation.reason());
    }
    observation.transcript().forEach(line -> text.append("\n  ").append(line));
    return new AssertionFailedError(
        text.append('\n').toString(),
        observation.expected().word(),
        observation.verdict().word(),
        cause);
  }
}
