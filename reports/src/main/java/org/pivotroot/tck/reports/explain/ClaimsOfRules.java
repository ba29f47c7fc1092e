package org.pivotroot.tck.reports.explain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.pivotroot.tck.model.observation.ClaimText;
import org.pivotroot.tck.model.observation.Observation;
import org.pivotroot.tck.model.specification.Stage;
import org.pivotroot.tck.model.specification.replay.Replay;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Kernel;
import org.pivotroot.tck.model.specification.rule.Rule;
import org.pivotroot.tck.reports.store.Results;
import org.pivotroot.tck.reports.store.Seen;

/**
 * Which claims came by which check of the specification: found out by having it go through what is
 * on record of them.
 */
public final class ClaimsOfRules {
  private final Supplier<Results> results;
  private Map<String, List<String>> claims;

  /** Finds them among these results, when first asked. */
  public ClaimsOfRules(Supplier<Results> results) {
    this.results = results;
  }

  private static Map<String, List<String>> among(Results results) {
    Map<String, List<String>> claims = new HashMap<>();
    Map<String, Set<String>> rulesOf = new LinkedHashMap<>();
    for (ClaimText claim : results.claims()) {
      Set<Observation> gone = Collections.newSetFromMap(new IdentityHashMap<>());
      Set<String> rules = rulesOf.computeIfAbsent(claim.id(), key -> new LinkedHashSet<>());
      results.targets().stream()
          .filter(target -> target.target().isLinux())
          .flatMap(target -> results.at(claim.id(), target).stream())
          .filter(seen -> gone.add(seen.observation()))
          .forEach(seen -> rules.addAll(met(seen)));
    }
    rulesOf.entrySet().stream()
        .sorted(Comparator.comparingInt(entry -> entry.getValue().size()))
        .forEach(
            entry ->
                entry
                    .getValue()
                    .forEach(
                        rule ->
                            claims
                                .computeIfAbsent(rule, key -> new ArrayList<>())
                                .add(entry.getKey())));
    return claims;
  }

  private static Set<String> met(Seen seen) {
    Kernel kernel = Kernel.of(seen.target().target().kernel().release());
    Set<Clause> met = new LinkedHashSet<>();
    Replay.of(kernel, stage(seen.claim()), seen.observation().events(), met);
    Set<String> rules = new LinkedHashSet<>();
    met.stream().filter(Rule.class::isInstance).map(Clause::id).forEach(rules::add);
    return rules;
  }

  private static Stage stage(ClaimText claim) {
    return switch (claim.stage()) {
      case "root" -> Stage.ROOT;
      case "initramfs" -> Stage.INITRAMFS;
      default -> claim.userland() ? Stage.USERLAND : Stage.NAMESPACE;
    };
  }

  /** The claims that came by a check, first those that came by few others. */
  public List<String> of(Rule rule) {
    if (claims == null) {
      claims = among(results.get());
    }
    return claims.getOrDefault(rule.id(), List.of());
  }
}
