package org.pivotroot.tck.harness.task;

import java.util.ArrayList;
import java.util.List;

/** A file system such as disks have, in a file of a guest. */
public final class Disk {
  /** The smallest that all kinds can be made on. Most of it is a hole. */
  private static final String SIZE = "128M";

  private static final String SCRIPT =
      "image=$1 type=$2 place=$3; shift 3; truncate -s "
          + SIZE
          + " $image && mkfs.$type -q \"$@\" $image && mount -o loop $image $place";

  private Disk() {}

  /**
   * Makes an image and mounts it by a loop device, which ends with the file system. It takes a
   * stage with the userland.
   *
   * @param type of the file system, which is also how the program that makes it is called
   * @param options of that program
   * @throws BrokenTrialException if one of the programs fails
   */
  public static void mount(Task s, String type, String image, String place, String... options) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh", image, type, place));
    command.addAll(List.of(options));
    Ran ran = s.run(command.toArray(String[]::new)).value();
    if (ran.status() != 0) {
      throw new BrokenTrialException("no " + type + " could be made and mounted: " + ran);
    }
  }
}
