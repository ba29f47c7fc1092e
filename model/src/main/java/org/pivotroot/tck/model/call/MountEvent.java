package org.pivotroot.tck.model.call;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.pivotroot.tck.model.look.Names;

/**
 * What fanotify(7) tells of a mount.
 *
 * @param mask what became of it
 * @param mount its unique ID, as STATX_MNT_ID_UNIQUE has it; 0 if the event names none
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@JsonPropertyOrder({"mask", "mount"})
public record MountEvent(Value.Flags mask, long mount) {

  /** It came into the namespace. */
  public static MountEvent attached(long mount) {
    return new MountEvent(Value.flags(FanotifyEvent.FAN_MNT_ATTACH), mount);
  }

  /** It left the namespace. */
  public static MountEvent detached(long mount) {
    return new MountEvent(Value.flags(FanotifyEvent.FAN_MNT_DETACH), mount);
  }

  /** It is elsewhere in the namespace. */
  public static MountEvent moved(long mount) {
    return new MountEvent(
        Value.flags(FanotifyEvent.FAN_MNT_ATTACH, FanotifyEvent.FAN_MNT_DETACH), mount);
  }

  /** The same with a small number. */
  MountEvent named(Names names) {
    return mount == 0 ? this : new MountEvent(mask, names.mount(mount));
  }
}
