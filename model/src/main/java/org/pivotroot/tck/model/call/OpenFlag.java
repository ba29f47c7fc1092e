package org.pivotroot.tck.model.call;

/** Flags of open(2), openat(2) and openat2(2). */
public enum OpenFlag implements Flag {
  O_RDONLY(0),
  O_WRONLY(1),
  O_RDWR(2),
  O_CREAT(0x40),
  O_EXCL(0x80),
  O_TRUNC(0x200),
  O_NONBLOCK(0x800),
  O_DIRECTORY(0x10000),
  O_NOFOLLOW(0x20000),
  O_CLOEXEC(0x80000),
  O_PATH(0x200000),
  O_TMPFILE(0x410000);

  private final long bit;

  OpenFlag(long bit) {
    this.bit = bit;
  }

  @Override
  public long bit() {
    return bit;
  }
}
