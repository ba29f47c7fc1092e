package org.pivotroot.tck.reports.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.look.MountTable;

/**
 * A mount tree drawn as SVG, a box per mount, each below and to the right of the mount that it is
 * mounted on. Colours are the page's; what moved says so in words.
 */
final class MountTreeSvg {
  private static final int ROW = 34;
  private static final int BOX = 26;
  private static final int INDENT = 28;
  private static final double CHARACTER = 7.3;

  private MountTreeSvg() {}

  private record Node(Mount mount, int depth, int parentRow, String label, boolean moved) {}

  /** A tree, with what is not as in a former one marked. */
  static String of(String title, MountTable table, MountTable formerTable) {
    List<Mount> mounts = table.mounts();
    List<Mount> former = formerTable.mounts();
    List<Node> nodes = new ArrayList<>();
    for (Mount mount : mounts) {
      if (mounts.stream().noneMatch(mount::isOn)) {
        add(nodes, mount, 0, -1, mounts, former);
      }
    }
    int width =
        (int)
            nodes.stream()
                .mapToDouble(node -> node.depth * INDENT + node.label.length() * CHARACTER + 20)
                .max()
                .orElse(INDENT);
    int height = Math.max(1, nodes.size()) * ROW;
    StringBuilder svg =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "<svg class=\"tree\" role=\"img\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                    + " aria-label=\"%s\">\n",
                width,
                height,
                width,
                height,
                escape(description(title, nodes))));
    for (int row = 0; row < nodes.size(); row++) {
      append(svg, nodes.get(row), row);
    }
    return svg.append("</svg>").toString();
  }

  private static void add(
      List<Node> nodes,
      Mount mount,
      int depth,
      int parentRow,
      List<Mount> mounts,
      List<Mount> former) {
    int row = nodes.size();
    String mark = mark(mount, former);
    String label =
        String.join(
                " ",
                mount.point(),
                mount.type(),
                "mount#" + mount.id(),
                "dev#" + mount.device() + (mount.root().equals("/") ? "" : mount.root()),
                String.join(" ", mount.propagation().fields()))
            .strip();
    nodes.add(
        new Node(
            mount,
            depth,
            parentRow,
            mark.isEmpty() ? label : label + " (" + mark + ")",
            !mark.isEmpty()));
    mounts.stream()
        .filter(child -> child.isOn(mount))
        .filter(child -> nodes.stream().noneMatch(node -> node.mount.equals(child)))
        .forEach(child -> add(nodes, child, depth + 1, row, mounts, former));
  }

  private static String mark(Mount mount, List<Mount> former) {
    return former.stream()
        .filter(other -> other.id() == mount.id())
        .findFirst()
        .map(
            other ->
                other.parent() != mount.parent() || !other.point().equals(mount.point())
                    ? "moved"
                    : other.equals(mount) ? "" : "changed")
        .orElse("new");
  }

  private static String description(String title, List<Node> nodes) {
    return nodes.stream()
        .map(node -> node.label + " on mount#" + node.mount.parent())
        .collect(Collectors.joining("; ", title + ": ", ""));
  }

  private static void append(StringBuilder svg, Node node, int row) {
    int x = node.depth * INDENT + 1;
    int y = row * ROW + 3;
    if (node.parentRow >= 0) {
      int parentX = (node.depth - 1) * INDENT + INDENT / 2;
      svg.append(
          String.format(
              Locale.ROOT,
              "<path d=\"M%d %dV%dH%d\"/>",
              parentX,
              node.parentRow * ROW + 3 + BOX,
              y + BOX / 2,
              x));
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect%s x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>"
                + "<text x=\"%d\" y=\"%d\">%s</text>\n",
            node.moved ? " class=\"moved\"" : "",
            x,
            y,
            (int) (node.label.length() * CHARACTER + 14),
            BOX,
            x + 7,
            y + 18,
            escape(node.label)));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
