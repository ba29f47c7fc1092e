package org.pivotroot.tck.model.call;

/** Attributes of a mount, for mount_setattr(2) and fsmount(2). */
public enum MountAttribute implements Flag {
  MOUNT_ATTR_RDONLY(1),
  MOUNT_ATTR_NOSUID(2),
  MOUNT_ATTR_NODEV(4),
  MOUNT_ATTR_NOEXEC(8),
  MOUNT_ATTR_NOATIME(0x10),
  MOUNT_ATTR_STRICTATIME(0x20),
  MOUNT_ATTR__ATIME(0x70),
  MOUNT_ATTR_NODIRATIME(0x80),
  MOUNT_ATTR_IDMAP(0x100000),
  MOUNT_ATTR_NOSYMFOLLOW(0x200000);

  private final long bit;

  MountAttribute(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
