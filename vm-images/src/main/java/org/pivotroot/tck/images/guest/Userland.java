package org.pivotroot.tck.images.guest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.pivotroot.tck.images.archive.ArchivePackage;
import org.pivotroot.tck.images.archive.Deb;
import org.pivotroot.tck.images.archive.Relation;

/**
 * Which Debian packages, and which of their files, make up the guest's userland. Maintainer scripts
 * are not run: nothing that is kept needs them.
 */
final class Userland {
  /** Suite of the packages. */
  static final String SUITE = "trixie";

  /** What the guest is to have; {@link #closure} adds what these need. */
  static final List<String> WANTED =
      List.of(
          "bash",
          // For file systems on disks, like e2fsprogs.
          "btrfs-progs",
          "bubblewrap",
          "busybox-static",
          "coreutils",
          "crun",
          "dash",
          "e2fsprogs",
          "libc6",
          // The Java runtime's libjvm.so needs these three.
          "libgcc-s1",
          "libstdc++6",
          "zlib1g",
          "mount",
          // Calls that no other program here makes, such as clone(2) with CLONE_FS; no modules.
          "perl-base",
          "util-linux");

  /** Packages that the closure would hold and the guest does without. */
  static final Set<String> LEFT_OUT =
      Set.of(
          // Configuration and maintainer scripts only.
          "base-files",
          "debconf",
          "debianutils",
          "gcc-14-base",
          "init-system-helpers",
          "libaudit-common",
          "libpam-modules",
          "libpam-modules-bin",
          "libpam-runtime",
          // Scripts of the packages' own that no claim runs.
          "dpkg",
          "logsave",
          "mawk",
          // For programs about file systems that no claim runs.
          "libreiserfscore0t64",
          "libss2",
          // Logging in, and who has: see LEFT_OUT_FILES.
          "liblastlog2-2",
          "libpam0g",
          // 6 MB for checksum programs.
          "libssl3t64");

  /** Files that are not taken from any package. */
  static final Pattern LEFT_OUT_FILES =
      Pattern.compile(
          String.join(
              "|",
              "usr/share/.*",
              "usr/include/.*",
              "usr/lib/(mime|systemd|udev|valgrind|sysctl\\.d|tmpfiles\\.d|debug|locale)/.*",
              "usr/lib/[^/]+/(gconv|perl|perl-base|audit|security)/.*",
              "usr/lib/.*\\.a",
              "usr/lib/[^/]+/lib(mvec|memusage|pcprofile|nss_compat|nss_hesiod|c_malloc_debug)"
                  + "\\.so.*",
              "etc/(?!ld\\.so\\.conf).*",
              "var/.*",
              "lib64/.*",
              // Other names of perl.
              "usr/bin/perl[0-9].*",
              // Against libpam.
              "usr/bin/su|usr/sbin/runuser|usr/bin/login|usr/sbin/(a?getty|nologin|sulogin)",
              // Against liblastlog2.
              "usr/bin/(lslogins|lastlog2)",
              // Against libcrypto.
              "usr/bin/(cksum|md5sum|sha[0-9]+sum)",
              // Disks, which the guest has none of but in files.
              "usr/sbin/(fdisk|sfdisk|cfdisk|mkfs(?!\\.(btrfs|ext4)$).*|mkswap|fsck.*|zramctl"
                  + "|swaplabel|wipefs|badblocks|debugfs|dumpe2fs|e[24].*|filefrag|mklost.found"
                  + "|resize2fs|tune2fs)",
              "usr/bin/(btrfs.*|chattr|lsattr)",
              "usr/libexec/e2fsprogs/.*"));

  private Userland() {}

  /**
   * The wanted packages and all that they need, by name.
   *
   * @param newest finds a package by its name
   * @throws GuestImageException if one that is needed cannot be found
   */
  static SortedMap<String, ArchivePackage> closure(
      Collection<String> wanted,
      Set<String> leftOut,
      Function<String, Optional<ArchivePackage>> newest) {
    SortedMap<String, ArchivePackage> chosen = new TreeMap<>();
    Deque<ArchivePackage> todo = new ArrayDeque<>();
    for (String name : wanted) {
      todo.add(
          newest
              .apply(name)
              .orElseThrow(
                  () ->
                      new GuestImageException(
                          "no package " + name + " in " + SUITE + ", needed for the guest image")));
    }
    while (!todo.isEmpty()) {
      ArchivePackage next = todo.pop();
      if (chosen.putIfAbsent(next.name(), next) == null) {
        for (List<Relation> alternatives : next.needs()) {
          if (alternatives.stream().noneMatch(one -> leftOut.contains(one.name()))) {
            todo.add(choice(next, alternatives, newest));
          }
        }
      }
    }
    return chosen;
  }

  private static ArchivePackage choice(
      ArchivePackage from,
      List<Relation> alternatives,
      Function<String, Optional<ArchivePackage>> newest) {
    return alternatives.stream()
        .flatMap(
            one ->
                newest.apply(one.name()).stream()
                    .filter(candidate -> one.admits(candidate.version())))
        .findFirst()
        .orElseThrow(
            () ->
                new GuestImageException(
                    "package "
                        + from.name()
                        + " "
                        + from.version()
                        + " needs "
                        + String.join(" or ", alternatives.stream().map(Relation::name).toList())
                        + ", which "
                        + from.suite()
                        + " does not have; if the guest can do without, add it to"
                        + " Userland.LEFT_OUT"));
  }

  /** Puts the directories, links, devices and accounts that the guest has before any package. */
  static void lay(Tree tree) {
    for (String each : List.of("bin", "lib", "lib64", "sbin")) {
      tree.put("usr/" + each, new Node.Directory(0755));
      tree.put(each, new Node.Link("usr/" + each));
    }
    for (String each : List.of("dev", "etc", "mnt", "proc", "root", "run", "stage", "sys")) {
      tree.put(each, new Node.Directory(0755));
    }
    tree.put("tmp", new Node.Directory(01777));
    // The kernel opens it for PID 1 before there is a /dev.
    tree.put("dev/console", new Node.Device(0600, 5, 1));
    put(tree, "etc/passwd", "root:x:0:0:root:/root:/bin/bash\nuser:x:1000:1000::/tmp:/bin/bash\n");
    put(tree, "etc/group", "root:x:0:\nuser:x:1000:\n");
    put(tree, "etc/nsswitch.conf", "passwd: files\ngroup: files\n");
  }

  private static void put(Tree tree, String path, String content) {
    tree.put(path, new Node.File(0644, Node.Content.of(content)));
  }

  /** Adds the files of a package, but for those left out. */
  static void unpack(Path deb, Tree tree) throws IOException {
    Map<String, String> hardLinks = new TreeMap<>();
    Deb.forEach(
        deb,
        (entry, content) -> {
          String path = path(entry.getName());
          if (path.isEmpty() || LEFT_OUT_FILES.matcher(path).matches()) {
            return;
          }
          if (entry.isSymbolicLink()) {
            tree.put(path, new Node.Link(entry.getLinkName()));
          } else if (entry.isLink()) {
            hardLinks.put(path, path(entry.getLinkName()));
          } else if (entry.isFile()) {
            tree.put(
                path,
                new Node.File(entry.getMode() & 07777, Node.Content.of(content.readAllBytes())));
          }
        });
    for (Map.Entry<String, String> each : hardLinks.entrySet()) {
      Map.Entry<String, Node> original =
          tree.find(each.getValue())
              .orElseThrow(
                  () ->
                      new GuestImageException(
                          "in "
                              + deb.getFileName()
                              + " /"
                              + each.getKey()
                              + " is a hard link to /"
                              + each.getValue()
                              + ", which is left out: leave out both or none"));
      tree.put(each.getKey(), original.getValue());
    }
  }

  private static String path(String entryName) {
    String path = entryName.startsWith("./") ? entryName.substring(2) : entryName;
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
