package org.pivotroot.tck.harness.claim;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/**
 * Tries a {@link Claim} once on every target that was asked for and that can carry it. What
 * concerns the whole run, a wrong selection or a target that cannot run here, is said by the first
 * claim alone.
 */
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
    List<ClaimDescription> claims = ClaimDescription.of(context.getRequiredTestMethod());
    Run run = Run.of(context);
    Stream<TestTemplateInvocationContext> untried =
        run.untried().map(unavailable -> new UntriedInvocation(run, unavailable));
    Stream<TestTemplateInvocationContext> tried =
        claims.stream()
            .filter(claim -> run.includes(claim.id()))
            .flatMap(
                claim ->
                    run.targets(claim.placement())
                        .map(target -> new ClaimInvocation(run, claim, target)));
    return Stream.concat(untried, tried);
  }
}
