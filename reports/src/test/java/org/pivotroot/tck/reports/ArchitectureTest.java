package org.pivotroot.tck.reports;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.pivotroot.tck.reports", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final DescribedPredicate<JavaClass> OTHER_THAN_THE_MODEL =
      DescribedPredicate.describe(
          "are of the project but neither reports nor the model",
          type ->
              type.getPackageName().startsWith("org.pivotroot.tck.")
                  && !type.getPackageName().startsWith("org.pivotroot.tck.reports")
                  && !type.getPackageName().startsWith("org.pivotroot.tck.model"));

  @ArchTest
  static final ArchRule onlyTheModelIsUsed =
      noClasses().should().dependOnClassesThat(OTHER_THAN_THE_MODEL);

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("org.pivotroot.tck.reports.(*)..").should().beFreeOfCycles();
}
