package org.pivotroot.tck.harness.environment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an OCI runtime is told of a container: config.json of the runtime specification.
 *
 * @param root the container's files
 * @param command the first program and its arguments
 */
record Bundle(Path root, List<String> command) {
  private static final List<String> SETS =
      List.of("bounding", "effective", "inheritable", "permitted", "ambient");

  /** The file's text. The container has every capability, and no network. */
  String config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("ociVersion", "1.0.2");
    config.put("hostname", "guest");
    config.put("root", Map.of("path", root.toString()));
    config.put("process", process());
    config.put(
        "mounts", List.of(mount("/proc", "proc"), mount("/dev", "tmpfs"), mount("/sys", "sysfs")));
    config.put(
        "linux",
        Map.of(
            "namespaces",
            Stream.of("pid", "network", "ipc", "uts", "mount")
                .map(type -> Map.of("type", type))
                .toList()));
    return JsonMapper.shared().writeValueAsString(config);
  }

  private Map<String, Object> process() {
    List<String> all = Capabilities.NAMES.stream().map(name -> "CAP_" + name).toList();
    Map<String, Object> sets = new LinkedHashMap<>();
    SETS.forEach(set -> sets.put(set, all));
    Map<String, Object> process = new LinkedHashMap<>();
    process.put("terminal", false);
    process.put("user", Map.of("uid", 0, "gid", 0));
    process.put("args", command);
    process.put("env", List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"));
    process.put("cwd", "/");
    process.put("capabilities", sets);
    return process;
  }

  private static Map<String, Object> mount(String point, String type) {
    Map<String, Object> mount = new LinkedHashMap<>();
    mount.put("destination", point);
    mount.put("type", type);
    mount.put("source", type);
    return mount;
  }
}
