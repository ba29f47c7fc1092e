package org.pivotroot.tck.harness.claim;

import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;
import org.pivotroot.tck.harness.environment.Targets;

/** Stands for all claims on a target that cannot run here: skipped with the reason, or failed. */
final class UntriedInvocation
    implements TestTemplateInvocationContext, ParameterResolver, InvocationInterceptor {
  private final Run run;
  private final Targets.Unavailable unavailable;

  UntriedInvocation(Run run, Targets.Unavailable unavailable) {
    this.run = run;
    this.unavailable = unavailable;
  }

  @Override
  public String getDisplayName(int index) {
    return "all claims [" + unavailable.name() + "]";
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return true;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return null; // the claim's body is not entered
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context) {
    invocation.skip();
    String message = "nothing was tried on " + unavailable.name() + ": " + unavailable.reason();
    if (run.unavailableIsError()) {
      throw new AssertionFailedError(message);
    }
    throw new TestAbortedException(message);
  }
}
