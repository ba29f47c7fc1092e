package org.pivotroot.tck.harness.environment;

/** A JVM that starts containers, one after another, until it is killed. */
final class ContainerStarter {
  private ContainerStarter() {}

  /** Says its name as an owner when it begins. */
  @SuppressWarnings("InfiniteLoopStatement")
  public static void main(String[] arguments) {
    ContainerTarget target = HostTargets.container();
    System.out.println("begins " + Owner.self().text());
    while (true) {
      target.start();
    }
  }
}
