package org.pivotroot.tck.harness.task;

import static org.pivotroot.tck.model.call.Value.flags;
import static org.pivotroot.tck.model.call.Value.struct;

import org.pivotroot.tck.model.call.MountAttribute;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Value.Descriptor;
import org.pivotroot.tck.model.call.Value.Struct;

/** What mount_setattr(2) is told to change. */
public final class Attributes {
  private Attributes() {}

  /** These set. */
  public static Struct set(MountAttribute... attributes) {
    return struct(StructType.MOUNT_ATTR, "attr_set", flags(attributes));
  }

  /** These cleared. */
  public static Struct clear(MountAttribute... attributes) {
    return struct(StructType.MOUNT_ATTR, "attr_clr", flags(attributes));
  }

  /** One set in place of others. */
  public static Struct change(MountAttribute set, MountAttribute cleared) {
    return struct(StructType.MOUNT_ATTR, "attr_set", flags(set), "attr_clr", flags(cleared));
  }

  /** Whose files are: by a user namespace, as its file's descriptor. */
  public static Struct idmap(Descriptor namespace) {
    return struct(
        StructType.MOUNT_ATTR,
        "attr_set",
        flags(MountAttribute.MOUNT_ATTR_IDMAP),
        "userns_fd",
        namespace);
  }

  /** The propagation type. */
  public static Struct type(MountFlag... types) {
    return struct(StructType.MOUNT_ATTR, "propagation", flags(types));
  }
}
