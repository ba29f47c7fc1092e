package org.pivotroot.tck.model.look;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * The propagation type of a mount, as the optional fields of mountinfo show it
 * (mount_namespaces(7)). Peer groups have numbers from 1; 0 stands for none.
 *
 * @param shared peer group of a shared mount
 * @param master peer group that a slave mount receives from
 * @param from nearest dominating peer group under the reader's root, where that is not the master
 * @param unbindable whether it cannot be bind mounted
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Propagation(long shared, long master, long from, boolean unbindable) {
  /** Of a private mount. */
  public static final Propagation PRIVATE = new Propagation(0, 0, 0, false);

  /**
   * Reads optional fields, such as {@code shared:3} and {@code master:1}. Fields with other names
   * are none of ours.
   */
  public static Propagation of(List<String> fields) {
    return new Propagation(
        group(fields, "shared:"),
        group(fields, "master:"),
        group(fields, "propagate_from:"),
        fields.contains("unbindable"));
  }

  private static long group(List<String> fields, String tag) {
    return fields.stream()
        .filter(field -> field.startsWith(tag))
        .mapToLong(field -> Long.parseLong(field.substring(tag.length())))
        .findFirst()
        .orElse(0);
  }

  /** With other numbers for the groups. */
  Propagation renumbered(LongUnaryOperator groups) {
    return new Propagation(
        shared == 0 ? 0 : groups.applyAsLong(shared),
        master == 0 ? 0 : groups.applyAsLong(master),
        from == 0 ? 0 : groups.applyAsLong(from),
        unbindable);
  }

  /** The type in the words of mount_namespaces(7); {@code slave+shared} for both. */
  @JsonIgnore
  public String type() {
    return unbindable
        ? "unbindable"
        : shared != 0 ? master != 0 ? "slave+shared" : "shared" : master != 0 ? "slave" : "private";
  }

  /** The fields as mountinfo writes them, with names for the groups. */
  @JsonIgnore
  public List<String> fields() {
    List<String> fields = new ArrayList<>();
    if (shared != 0) {
      fields.add("shared:peers#" + shared);
    }
    if (master != 0) {
      fields.add("master:peers#" + master);
    }
    if (from != 0) {
      fields.add("propagate_from:peers#" + from);
    }
    if (unbindable) {
      fields.add("unbindable");
    }
    return fields;
  }
}
