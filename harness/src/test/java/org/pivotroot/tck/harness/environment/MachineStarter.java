package org.pivotroot.tck.harness.environment;

import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.images.archive.CacheException;
import org.pivotroot.tck.images.kernel.KernelException;

/** A program that starts a machine twice, or says why it cannot. */
final class MachineStarter {
  private MachineStarter() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    try {
      VmTarget target = HostTargets.vm();
      for (int i = 0; i < 2; i++) {
        try (Guest guest = target.start()) {
          System.out.println(guest.ask(new Request.Greet(), Reply.Greeting.class).release());
        }
      }
    } catch (TargetUnavailableException | CacheException | KernelException e) {
      System.out.println(e.getMessage());
    }
  }
}
