package org.pivotroot.tck.harness.task;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pivotroot.tck.model.observation.Topology;

/**
 * Stable names for numbers that vary from boot to boot: the first device met in a trial is dev#1,
 * and so on.
 */
final class Names {
  private static final Pattern PEER_GROUP =
      Pattern.compile("(shared|master|propagate_from):(\\d+)");

  private final Map<String, List<Object>> met = new HashMap<>();

  private String name(String kind, Object number) {
    List<Object> known = met.computeIfAbsent(kind, key -> new ArrayList<>());
    if (!known.contains(number)) {
      known.add(number);
    }
    return kind + "#" + (known.indexOf(number) + 1);
  }

  String mount(long id) {
    return name("mount", id);
  }

  String device(FileId.Device device) {
    return name("dev", device);
  }

  String namespace(long inode) {
    return name("mntns", inode);
  }

  String file(FileId id) {
    return "{"
        + device(id.device())
        + ", "
        + name("inode", List.of(id.device(), id.inode()))
        + ", "
        + mount(id.mount())
        + "}";
  }

  String mount(Mount mount) {
    StringBuilder text = new StringBuilder();
    text.append(mount.point()).append(' ').append(mount.type());
    text.append(' ').append(mount(mount.id())).append(" on ").append(mount(mount.parent()));
    text.append(' ').append(device(mount.device())).append(mount.root());
    text.append(' ').append(mount.options());
    mount.propagation().forEach(field -> text.append(' ').append(propagation(field)));
    return text.toString();
  }

  private String propagation(String field) {
    Matcher matcher = PEER_GROUP.matcher(field);
    return matcher.matches() ? matcher.group(1) + ":" + name("peers", matcher.group(2)) : field;
  }

  /** A mount as it stands in result documents. */
  Topology.MountEntry entry(Mount mount) {
    return new Topology.MountEntry(
        mount(mount.id()),
        mount(mount.parent()),
        mount.point(),
        mount.type(),
        device(mount.device()),
        mount.root(),
        mount.options(),
        mount.propagation().stream().map(this::propagation).toList());
  }

  /** A value as it stands in transcripts and messages. */
  String of(Object value) {
    if (value instanceof FileId id) {
      return file(id);
    }
    if (value instanceof Mount mount) {
      return mount(mount);
    }
    if (value instanceof MountTable table) {
      StringBuilder text = new StringBuilder();
      table.mounts().forEach(mount -> text.append("\n    ").append(mount(mount)));
      return text.toString();
    }
    if (value instanceof View view) {
      return "root "
          + file(view.root())
          + ", cwd "
          + file(view.cwd())
          + ", "
          + namespace(view.namespace())
          + of(view.mounts());
    }
    return String.valueOf(value);
  }
}
