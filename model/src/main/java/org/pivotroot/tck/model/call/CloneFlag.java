package org.pivotroot.tck.model.call;

/** Flags of clone(2), clone3(2), unshare(2) and setns(2). */
public enum CloneFlag implements Flag {
  /** For clone(2) a part of the signal's number; the other calls take it. */
  CLONE_NEWTIME(0x80),
  CLONE_VM(0x100),
  CLONE_FS(0x200),
  CLONE_FILES(0x400),
  CLONE_SIGHAND(0x800),
  CLONE_PIDFD(0x1000),
  CLONE_VFORK(0x4000),
  CLONE_THREAD(0x10000),
  CLONE_NEWNS(0x20000),
  UNSHARE_EMPTY_MNTNS(0x100000),
  CLONE_NEWCGROUP(0x2000000),
  CLONE_NEWUTS(0x4000000),
  CLONE_NEWIPC(0x8000000),
  CLONE_NEWUSER(0x10000000),
  CLONE_NEWPID(0x20000000),
  CLONE_NEWNET(0x40000000),
  CLONE_EMPTY_MNTNS(0x2000000000L);

  private final long bit;

  CloneFlag(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
