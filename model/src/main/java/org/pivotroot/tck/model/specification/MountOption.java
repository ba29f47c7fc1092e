package org.pivotroot.tck.model.specification;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.pivotroot.tck.model.call.MountFlag;

/** A per-mount option, in the order in which mountinfo names them. */
enum MountOption {
  READ_ONLY("ro", MountFlag.MS_RDONLY, 1),
  NO_SUID("nosuid", MountFlag.MS_NOSUID, 2),
  NO_DEV("nodev", MountFlag.MS_NODEV, 4),
  NO_EXEC("noexec", MountFlag.MS_NOEXEC, 8),
  NO_ATIME("noatime", MountFlag.MS_NOATIME, 0x10),
  NO_DIR_ATIME("nodiratime", MountFlag.MS_NODIRATIME, 0x80),
  REL_ATIME("relatime", MountFlag.MS_RELATIME, 0),
  NO_SYMLINK_FOLLOW("nosymfollow", MountFlag.MS_NOSYMFOLLOW, 0x200000);

  /** Those that lock in a less privileged namespace when they are set. */
  static final Set<MountOption> LOCKABLE = EnumSet.range(READ_ONLY, NO_EXEC);

  /** Those that lock together, set or not. */
  static final Set<MountOption> ATIME = EnumSet.range(NO_ATIME, REL_ATIME);

  private final String text;
  private final MountFlag flag;
  private final long attribute;

  MountOption(String text, MountFlag flag, long attribute) {
    this.text = text;
    this.flag = flag;
    this.attribute = attribute;
  }

  /** Those that flags of mount(2) ask for: relatime unless another is asked for (path_mount()). */
  static EnumSet<MountOption> of(long flags) {
    EnumSet<MountOption> options = EnumSet.noneOf(MountOption.class);
    for (MountOption option : values()) {
      if ((flags & option.flag.bit()) != 0) {
        options.add(option);
      }
    }
    options.remove(REL_ATIME);
    if ((flags & (MountFlag.MS_NOATIME.bit() | MountFlag.MS_STRICTATIME.bit())) == 0) {
      options.add(REL_ATIME);
    }
    if ((flags & MountFlag.MS_STRICTATIME.bit()) != 0) {
      options.remove(NO_ATIME);
    }
    return options;
  }

  /** Those among attributes of mount_setattr(2), but for the access times. */
  static EnumSet<MountOption> ofAttributes(long attributes) {
    EnumSet<MountOption> options = EnumSet.noneOf(MountOption.class);
    for (MountOption option : values()) {
      if (option != NO_ATIME && (attributes & option.attribute) != 0) {
        options.add(option);
      }
    }
    return options;
  }

  /** Those that mountinfo names. */
  static EnumSet<MountOption> named(String text) {
    EnumSet<MountOption> options = EnumSet.noneOf(MountOption.class);
    List<String> words = List.of(text.split(",", -1));
    Stream.of(values()).filter(option -> words.contains(option.text)).forEach(options::add);
    return options;
  }

  /** As mountinfo has them. */
  static String text(Set<MountOption> options) {
    StringBuilder text = new StringBuilder(options.contains(READ_ONLY) ? "ro" : "rw");
    for (MountOption option : values()) {
      if (option != READ_ONLY && options.contains(option)) {
        text.append(',').append(option.text);
      }
    }
    return text.toString();
  }
}
