package org.pivotroot.tck.model.call;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The structures that calls take a pointer to: their names in C and their fields in order. */
public enum StructType {
  OPEN_HOW("open_how", u64("flags"), u64("mode"), u64("resolve")),
  CLONE_ARGS(
      "clone_args",
      u64("flags"),
      u64("pidfd"),
      u64("child_tid"),
      u64("parent_tid"),
      u64("exit_signal"),
      u64("stack"),
      u64("stack_size"),
      u64("tls"),
      u64("set_tid"),
      u64("set_tid_size"),
      u64("cgroup")),
  POLLFD("pollfd", u32("fd"), u16("events"), u16("revents")),
  CAPABILITY_HEADER("__user_cap_header_struct", u32("version"), u32("pid")),
  MOUNT_ATTR("mount_attr", u64("attr_set"), u64("attr_clr"), u64("propagation"), u64("userns_fd")),
  MNT_NS_INFO("mnt_ns_info", u32("size"), u32("nr_mounts"), u64("mnt_ns_id")),
  MNT_ID_REQ(
      "mnt_id_req", u32("size"), u32("spare"), u64("mnt_id"), u64("param"), u64("mnt_ns_id"));

  /**
   * A field.
   *
   * @param bytes 2, 4 or 8
   */
  public record Field(String name, int bytes) {}

  private final String tag;
  private final List<Field> fields;

  StructType(String tag, Field... fields) {
    this.tag = tag;
    this.fields = List.of(fields);
  }

  private static Field u16(String name) {
    return new Field(name, Short.BYTES);
  }

  private static Field u32(String name) {
    return new Field(name, Integer.BYTES);
  }

  private static Field u64(String name) {
    return new Field(name, Long.BYTES);
  }

  /** Its tag in C. */
  public String tag() {
    return tag;
  }

  public List<Field> fields() {
    return fields;
  }

  /** Its bytes: the sum of its fields', as none needs padding. */
  public int size() {
    return fields.stream().mapToInt(Field::bytes).sum();
  }

  Value.Struct with(Object... namesAndValues) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      String name = (String) namesAndValues[i];
      if (fields.stream().noneMatch(field -> field.name().equals(name))) {
        throw new IllegalArgumentException("struct " + tag + " has no field " + name);
      }
      values.put(name, (Value) namesAndValues[i + 1]);
    }
    return new Value.Struct(this, values);
  }
}
