package org.pivotroot.tck.harness.claim;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.AssertionFailedError;
import org.pivotroot.tck.model.observation.ClaimText;

/**
 * The claims in a package of the class path, and those below it.
 *
 * @param name the package's name
 */
public record Suite(String name) {
  private static final String CLASSES = ".*Claims";

  /** What all claims say of themselves, by id. */
  public List<ClaimText> claims() {
    return ReflectionSupport.findAllClassesInPackage(
            name, type -> true, type -> type.matches(CLASSES))
        .stream()
        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
        .filter((Method method) -> method.isAnnotationPresent(Claim.class))
        .flatMap(method -> ClaimDescription.of(method).stream())
        .map(ClaimDescription::text)
        .sorted(Comparator.comparing(ClaimText::id))
        .toList();
  }

  /**
   * Tries claims, through JUnit in this process. What happens is told to the watcher of {@link
   * org.pivotroot.tck.harness.progress.Progress}.
   *
   * @param parameters as {@link Selection#of} takes them; where results go is {@code tck.results},
   *     where the record is {@code tck.observed}
   * @throws RuntimeException if what was asked for cannot be run; the message says why
   */
  public void run(Map<String, String> parameters) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectPackage(name))
            .filters(ClassNameFilter.includeClassNamePatterns(CLASSES))
            .configurationParameters(parameters)
            .build();
    AtomicReference<RuntimeException> trouble = new AtomicReference<>();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                ownTrouble(result).ifPresent(one -> trouble.compareAndSet(null, one));
              }
            });
    if (trouble.get() != null) {
      throw trouble.get();
    }
  }

  /**
   * A claim that does not come out as expected fails by an assertion; all else concerns the run.
   */
  private static Optional<RuntimeException> ownTrouble(TestExecutionResult result) {
    return result.getStatus() == TestExecutionResult.Status.FAILED
        ? result
            .getThrowable()
            .filter(cause -> !(cause instanceof AssertionFailedError))
            .map(
                cause ->
                    cause instanceof RuntimeException known
                        ? known
                        : new IllegalStateException(cause))
        : Optional.empty();
  }
}
