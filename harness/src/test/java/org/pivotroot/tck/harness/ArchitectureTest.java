package org.pivotroot.tck.harness;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

@AnalyzeClasses(
    packages = {"org.pivotroot.tck.harness", "org.pivotroot.tck.images", "org.pivotroot.tck.model"},
    importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String HARNESS = "org.pivotroot.tck.harness.";

  /** Exactly these, so that java.net.http or java.util.logging are none of it. */
  private static final String[] JAVA_BASE = {
    "java.io..",
    "java.lang..",
    "java.nio..",
    "java.util",
    "java.util.concurrent..",
    "java.util.function..",
    "java.util.regex..",
    "java.util.stream..",
    "java.util.zip.."
  };

  @ArchTest
  static final ArchRule theWireNeedsJavaBaseAlone =
      classes()
          .that()
          .resideInAPackage(HARNESS + "wire..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(JAVA_BASE).or(resideInAnyPackage(HARNESS + "wire..")));

  @ArchTest
  static final ArchRule theAgentNeedsWhatIsInTheGuestAlone =
      classes()
          .that()
          .resideInAPackage(HARNESS + "agent..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(JAVA_BASE)
                  .or(
                      resideInAnyPackage(
                          HARNESS + "agent..", HARNESS + "wire..", "com.sun.jna..")));

  @ArchTest
  static final ArchRule onlyTheAgentCallsTheCLibrary =
      noClasses()
          .that()
          .resideOutsideOfPackage(HARNESS + "agent..")
          .and()
          .doNotHaveFullyQualifiedName(HARNESS + "environment.GuestProgram") // it packs JNA's files
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.sun.jna..");

  @ArchTest
  static final ArchRule dependenciesPointOneWay =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("claim")
          .definedBy(HARNESS + "claim..")
          .layer("explore")
          .definedBy(HARNESS + "explore..")
          .layer("session")
          .definedBy(HARNESS + "session..")
          .layer("task")
          .definedBy(HARNESS + "task..")
          .layer("environment")
          .definedBy(HARNESS + "environment..")
          .layer("agent")
          .definedBy(HARNESS + "agent..")
          .layer("wire")
          .definedBy(HARNESS + "wire..")
          .layer("images")
          .definedBy("org.pivotroot.tck.images..")
          .layer("model")
          .definedBy("org.pivotroot.tck.model..")
          .whereLayer("claim")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("explore")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("session")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("task")
          .mayOnlyBeAccessedByLayers("claim", "explore", "session")
          .whereLayer("environment")
          .mayOnlyBeAccessedByLayers("claim", "explore", "session", "task")
          .whereLayer("agent")
          .mayOnlyBeAccessedByLayers("environment")
          .whereLayer("images")
          .mayOnlyBeAccessedByLayers("environment", "claim")
          .whereLayer("model")
          .mayOnlyBeAccessedByLayers("environment", "task", "claim", "explore", "session");

  @ArchTest
  static final ArchRule whatTheHarnessStandsOnKnowsNothingOfIt =
      noClasses()
          .that()
          .resideInAnyPackage("org.pivotroot.tck.images..", "org.pivotroot.tck.model..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(HARNESS + ".");

  @ArchTest
  static final ArchRule imagesAndModelKnowNothingOfEachOther =
      slices()
          .matching("org.pivotroot.tck.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(resideInAnyPackage(HARNESS + "."), alwaysTrue());

  /** Each knows those before it alone: what is asked, what came of it, who asks, where. */
  @ArchTest
  static void noCircleOfTrialOutcomeAndTask(JavaClasses all) {
    List<String> order =
        List.of("Numbers", "Lowering", "Answer", "Step", "Trial", "Outcome", "Task", "Stage");
    for (int i = 0; i < order.size(); i++) {
      List<String> later = order.subList(i + 1, order.size());
      if (!later.isEmpty()) {
        noClasses()
            .that(belongTo(order.subList(i, i + 1)))
            .should()
            .dependOnClassesThat(belongTo(later))
            .check(all);
      }
    }
  }

  /** The classes of these names in the package of tasks, and the classes within them. */
  private static DescribedPredicate<JavaClass> belongTo(List<String> names) {
    return DescribedPredicate.describe(
        "belong to " + names,
        each ->
            names.stream()
                .map(name -> HARNESS + "task." + name)
                .anyMatch(
                    name -> each.getName().equals(name) || each.getName().startsWith(name + "$")));
  }

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("org.pivotroot.tck.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
