package org.pivotroot.tck.model;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.pivotroot.tck.model", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  /** No processes, no network: whoever wants these does it elsewhere. */
  @ArchTest
  static final ArchRule nothingIsDone =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                  "java.lang..",
                  "java.io..",
                  "java.nio..",
                  "java.util",
                  "java.util.function..",
                  "java.util.regex..",
                  "java.util.stream..",
                  "com.fasterxml.jackson.annotation..",
                  "tools.jackson..",
                  "org.pivotroot.tck.model.."));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("org.pivotroot.tck.model.(*)..").should().beFreeOfCycles();
}
