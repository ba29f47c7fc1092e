package org.pivotroot.tck.harness.claim;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Tries a {@link Claim} once on every target that was asked for and that can carry it. */
final class ClaimExtension implements TestTemplateInvocationContextProvider {
  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public boolean mayReturnZeroTestTemplateInvocationContexts(ExtensionContext context) {
    return true; // a claim that was not asked for
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    ClaimDescription claim = ClaimDescription.of(context.getRequiredTestMethod());
    Run run = Run.of(context);
    return run.includes(claim.id())
        ? run.targets(claim.placement()).map(target -> new ClaimInvocation(run, claim, target))
        : Stream.empty();
  }
}
