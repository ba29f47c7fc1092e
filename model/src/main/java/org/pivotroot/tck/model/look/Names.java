package org.pivotroot.tck.model.look;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Small numbers for those that vary from boot to boot: the first device met in a trial is 1, and so
 * on. Two things have the same small number if and only if the kernel gave them the same one.
 */
public final class Names {
  private enum Kind {
    DEVICE,
    INODE,
    MOUNT,
    NAMESPACE,
    PEERS
  }

  private static final Pattern NAMESPACE_FILE = Pattern.compile("(\\w+):\\[(\\d+)]");

  private final Map<Kind, Map<Object, Long>> met = new HashMap<>();

  private long number(Kind kind, Object met) {
    Map<Object, Long> known = this.met.computeIfAbsent(kind, key -> new HashMap<>());
    return known.computeIfAbsent(met, key -> known.size() + 1L);
  }

  /** A mount's number for its ID. */
  public long mount(long id) {
    return number(Kind.MOUNT, id);
  }

  /** A place with small numbers. */
  public FileId of(FileId id) {
    return new FileId(
        number(Kind.DEVICE, id.device()),
        number(Kind.INODE, List.of(id.device(), id.inode())),
        id.mount() == FileId.UNKNOWN ? FileId.UNKNOWN : mount(id.mount()));
  }

  /** A mount with small numbers. */
  public Mount of(Mount mount) {
    return new Mount(
        mount(mount.id()),
        mount(mount.parent()),
        mount.point(),
        mount.type(),
        number(Kind.DEVICE, mount.device()),
        mount.type().equals("nsfs") ? namespaceFile(mount.root()) : mount.root(),
        mount.options(),
        mount.propagation().renumbered(group -> number(Kind.PEERS, group)));
  }

  /** The root of a mount of a namespace's file, {@code mnt:[4026532255]}, with a small number. */
  private String namespaceFile(String root) {
    Matcher file = NAMESPACE_FILE.matcher(root);
    return file.matches()
        ? "%s:[#%d]".formatted(file.group(1), number(Kind.NAMESPACE, Long.valueOf(file.group(2))))
        : root;
  }

  /** A table with small numbers. */
  public MountTable of(MountTable table) {
    return new MountTable(table.mounts().stream().map(this::of).toList());
  }

  /** A view with small numbers. */
  public View of(View view) {
    return new View(
        of(view.root()),
        of(view.cwd()),
        of(view.mounts()),
        number(Kind.NAMESPACE, view.namespace()),
        of(view.tree()));
  }

  /** What is shown to people of a value: with small numbers if it is one of these. */
  public Object of(Object value) {
    if (value instanceof FileId id) {
      return of(id);
    }
    if (value instanceof Mount mount) {
      return of(mount);
    }
    if (value instanceof MountTable table) {
      return of(table);
    }
    return value instanceof View view ? of(view) : value;
  }
}
