package org.pivotroot.tck.model.specification;

import java.util.List;

/** What scenarios begin with, and the kernels that they are for. */
final class Scenarios {
  /** Where the tests find the kernels. */
  static final String KERNELS_SOURCE = "org.pivotroot.tck.model.specification.Scenarios#KERNELS";

  static final List<String> KERNELS =
      List.of("5.10", "6.1", "6.12", "6.16", "6.17", "6.18", "6.19", "7.0", "7.1", "7.2", "7.3");

  private Scenarios() {}

  static Script on(String kernel) {
    return on(kernel, Stage.NAMESPACE);
  }

  static Script on(String kernel, Stage stage) {
    return new Script(kernel, stage)
        .run(
            """
            S mkdir /a
            S mkdir /a/b
            S mkdir /b
            S mkdir /new/b
            S symlink /new /l
            """);
  }
}
