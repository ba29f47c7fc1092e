package org.pivotroot.tck.harness.explore;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pivotroot.tck.harness.wire.Digest;
import org.pivotroot.tck.harness.wire.Rows;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.scenario.Course;
import org.pivotroot.tck.model.scenario.Opening;
import org.pivotroot.tck.model.specification.Look;
import org.pivotroot.tck.model.specification.Prediction;
import org.pivotroot.tck.model.specification.Specification;
import org.pivotroot.tck.model.specification.State;

/** The digest that a guest must come to if the specification is right. */
final class Foretold {
  private final Digest digest = new Digest();

  private Foretold() {}

  static long digest(Course course) {
    Foretold foretold = new Foretold();
    List<String> order = new ArrayList<>(List.of(Opening.TASK));
    for (Course.Moment moment : course.moments()) {
      moment.prediction().ifPresentOrElse(foretold::result, () -> order(order, moment.state()));
      foretold.look(moment.state(), order);
    }
    return foretold.digest.sum();
  }

  /** A task that starts has the first number that is free. */
  private static void order(List<String> order, State state) {
    for (int i = 0; i < order.size(); i++) {
      if (!state.taskNames().contains(order.get(i))) {
        order.set(i, "");
      }
    }
    for (String task : state.taskNames()) {
      if (!order.contains(task)) {
        int free = order.indexOf("");
        if (free < 0) {
          order.add(task);
        } else {
          order.set(free, task);
        }
      }
    }
  }

  private void result(Prediction prediction) {
    if (prediction instanceof Prediction.Fails fails) {
      digest.failure(fails.errnos().iterator().next().number());
      return;
    }
    Result result = ((Prediction.Returns) prediction).result();
    if (result instanceof Result.Wrote wrote) {
      digest.text(wrote.text().getBytes(StandardCharsets.UTF_8));
    } else if (result instanceof Result.Identified identified) {
      digest.place(place(identified.file()));
    } else if (result instanceof Result.Returned returned) {
      digest.value(returned.number());
    } else {
      digest.value(0);
    }
  }

  private void look(State state, List<String> order) {
    List<Digest.Seen> seen = new ArrayList<>();
    Map<Long, Rows> trees = new HashMap<>();
    for (String task : order) {
      if (task.isEmpty()) {
        continue;
      }
      Look look = Specification.look(state, task);
      Rows tree = trees.computeIfAbsent(look.namespace(), key -> rows(look.tree()));
      Rows own = look.isAtEntrance() ? tree : rows(look.mounts());
      seen.add(new Digest.Seen(place(look.root()), place(look.cwd()), own, look.namespace(), tree));
    }
    digest.look(seen);
  }

  private static Digest.Place place(FileId file) {
    return new Digest.Place(file.device(), file.inode(), file.mount());
  }

  private static Rows rows(MountTable table) {
    StringBuilder text = new StringBuilder();
    for (Mount mount : table.mounts()) {
      text.append(mount.id()).append(' ').append(mount.parent()).append(" 0:");
      text.append(mount.device()).append(' ').append(mount.root()).append(' ');
      text.append(mount.point()).append(' ').append(mount.options()).append(' ');
      tag(text, "shared:", mount.propagation().shared());
      tag(text, "master:", mount.propagation().master());
      tag(text, "propagate_from:", mount.propagation().from());
      if (mount.propagation().unbindable()) {
        text.append("unbindable ");
      }
      text.append("- ").append(mount.type()).append(" none rw\n");
    }
    return new Rows(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void tag(StringBuilder text, String tag, long group) {
    if (group != 0) {
      text.append(tag).append(group).append(' ');
    }
  }
}
