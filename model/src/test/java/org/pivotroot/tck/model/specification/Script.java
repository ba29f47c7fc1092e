package org.pivotroot.tck.model.specification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.call.AtFlag;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.CloneFlag;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.MountFlag;
import org.pivotroot.tck.model.call.MoveMountFlag;
import org.pivotroot.tck.model.call.OpenFlag;
import org.pivotroot.tck.model.call.OpenTreeFlag;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.StatxMask;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;
import org.pivotroot.tck.model.look.FileId;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.specification.rule.Clause;
import org.pivotroot.tck.model.specification.rule.Kernel;

/**
 * A scenario as text, a line each: the task, what it does, and behind a sign what comes of it.
 *
 * <pre>
 *   S tmpfs /a               succeeds
 *   S pivot_root / /a = EBUSY
 *   S stat /a as A           gives the place a name
 *   S stat /.. is A          is the place of that name
 *   S getcwd = (unreachable)/
 *   S open /new as f         gives the descriptor a name
 *   S sees / /new /new       the points of its mounts
 *   S type /new = shared     the propagation type of the top mount there
 *   S cwd is A               seen from outside
 * </pre>
 *
 * A line that begins with, say, {@code >=7.0} or {@code <7.0} is for such kernels alone.
 */
final class Script {
  private final String version;
  private final Map<String, FileId> places = new HashMap<>();
  private final Map<String, Value.Descriptor> descriptors = new HashMap<>();
  private final Set<Clause> met = new LinkedHashSet<>();
  private State state;

  Script(String version, Stage stage) {
    this.version = version;
    state = Specification.initial(Kernel.of(version), stage, "S");
    places.put("T", Specification.look(state, "S").root());
    if (stage == Stage.NAMESPACE || stage == Stage.USERLAND) {
      run("S stat /new as N");
    }
  }

  State state() {
    return state;
  }

  void name(String name, int descriptor) {
    descriptors.put(name, new Value.Descriptor(descriptor));
  }

  Set<Clause> met() {
    return met;
  }

  Script run(String text) {
    text.lines().map(String::trim).filter(line -> !line.isEmpty()).forEach(this::line);
    return this;
  }

  private static int series(String version) {
    String[] numbers = version.split("[.]", 2);
    return Integer.parseInt(numbers[0]) * 1000 + Integer.parseInt(numbers[1]);
  }

  private boolean concerns(String condition) {
    return condition.startsWith(">=")
        ? series(version) >= series(condition.substring(2))
        : series(version) < series(condition.substring(1));
  }

  private void line(String line) {
    String rest = line;
    while (rest.startsWith(">=") || rest.startsWith("<")) {
      String[] parts = rest.split(" ", 2);
      if (!concerns(parts[0])) {
        return;
      }
      rest = parts[1];
    }
    List<String> words = new ArrayList<>(List.of(rest.split(" +", -1)));
    String task = words.remove(0);
    String verb = words.remove(0);
    try {
      if (!look(line, task, verb, words) && !start(task, verb, words)) {
        call(line, task, verb, words);
      }
    } catch (RuntimeException e) {
      throw new AssertionError(version + ": " + line, e);
    }
  }

  private boolean look(String line, String task, String verb, List<String> words) {
    Look look = Specification.look(state, task);
    switch (verb) {
      case "sees" ->
          assertThat(
                  look.mounts().mounts().stream()
                      .map(Mount::point)
                      .sorted()
                      .collect(Collectors.joining(" ")))
              .as(version + ": " + line)
              .isEqualTo(words.stream().sorted().collect(Collectors.joining(" ")));
      case "type" ->
          assertThat(look.mounts().at(words.get(0)).orElseThrow().propagation().type())
              .as(version + ": " + line)
              .isEqualTo(words.get(2));
      case "cwd" ->
          assertThat(look.cwd()).as(version + ": " + line).isEqualTo(places.get(words.get(1)));
      case "root" ->
          assertThat(look.root()).as(version + ": " + line).isEqualTo(places.get(words.get(1)));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean start(String task, String verb, List<String> words) {
    Event.How how;
    switch (verb) {
      case "fork" -> how = Event.How.THREAD;
      case "fork-fs" -> how = Event.How.THREAD_SHARING_FS;
      case "process" -> how = Event.How.PROCESS;
      case "exit" -> {
        state = Specification.ended(state, task);
        return true;
      }
      default -> {
        return false;
      }
    }
    String name = words.remove(0);
    state = Specification.started(state, new Event.Started(task, name, how, words));
    return true;
  }

  private void call(String line, String task, String verb, List<String> words) {
    String expected = null;
    String sign = "";
    for (String one : List.of("=", "is", "as")) {
      int at = words.indexOf(one);
      if (at >= 0) {
        sign = one;
        expected = words.get(at + 1);
        words = new ArrayList<>(words.subList(0, at));
        break;
      }
    }
    Outcome outcome = Specification.step(state, task, of(verb, words));
    state = outcome.state();
    met.addAll(outcome.met());
    check(version + ": " + line, outcome.prediction(), sign, expected);
  }

  private void check(String line, Prediction prediction, String sign, String expected) {
    if (prediction instanceof Prediction.Fails fails) {
      assertThat(fails.errnos().toString())
          .as(line + ": " + fails.because().id())
          .isEqualTo("[" + (sign.equals("=") ? expected : "success") + "]");
      return;
    }
    Result result = ((Prediction.Returns) prediction).result();
    if (result instanceof Result.Wrote wrote) {
      assertThat(wrote.text()).as(line).isEqualTo(expected);
    } else if (result instanceof Result.Opened opened) {
      assertThat(sign).as(line).isEqualTo("as");
      descriptors.put(expected, new Value.Descriptor(opened.descriptor()));
    } else if (result instanceof Result.Identified place && sign.equals("as")) {
      places.put(expected, place.file());
    } else if (result instanceof Result.Identified place && sign.equals("is")) {
      assertThat(place.file()).as(line).isEqualTo(places.get(expected));
    } else if (result instanceof Result.Identified place && sign.equals("=")) {
      assertThat("a " + expected).as(line).isEqualTo("a success: " + place.file());
    } else {
      assertThat(expected == null ? "0" : expected).as(line).isEqualTo("0");
    }
  }

  /** A call by its short name and plain words. */
  Call of(String verb, List<String> words) {
    return switch (verb) {
      case "pivot_root" -> Call.of(Syscall.PIVOT_ROOT, path(words, 0), path(words, 1));
      case "chroot" -> Call.of(Syscall.CHROOT, path(words, 0));
      case "chdir" -> Call.of(Syscall.CHDIR, path(words, 0));
      case "fchdir" -> Call.of(Syscall.FCHDIR, descriptors.get(words.get(0)));
      case "close" -> Call.of(Syscall.CLOSE, descriptors.get(words.get(0)));
      case "getcwd" ->
          Call.of(Syscall.GETCWD, Value.buffer(8192, Value.Holds.TEXT), Value.number(8192));
      case "readlink" ->
          Call.of(
              Syscall.READLINK,
              path(words, 0),
              Value.buffer(8192, Value.Holds.BYTES),
              Value.number(8192));
      case "umount" ->
          Call.of(Syscall.UMOUNT2, path(words, 0), flags(UmountFlag.class, words, 1, "MNT_"));
      case "tmpfs" -> mount("tmpfs", words.get(0), "tmpfs", mountFlags(words, 1));
      case "bind" -> mount(words.get(0), words.get(1), "", Value.flags(MountFlag.MS_BIND));
      case "rbind" ->
          mount(words.get(0), words.get(1), "", Value.flags(MountFlag.MS_BIND, MountFlag.MS_REC));
      case "move" -> mount(words.get(0), words.get(1), "", Value.flags(MountFlag.MS_MOVE));
      case "change" -> mount("none", words.get(0), "", mountFlags(words, 1));
      case "mkdir", "rmdir", "unlink", "rename", "symlink", "mknod" -> file(verb, words);
      case "stat" ->
          Call.of(
              Syscall.STATX,
              Value.workingDirectory(),
              path(words, 0),
              Value.bits(0),
              Value.flags(StatxMask.STATX_BASIC_STATS, StatxMask.STATX_MNT_ID),
              Value.buffer(256, Value.Holds.STATX));
      case "open" ->
          Call.of(
              Syscall.OPENAT,
              Value.workingDirectory(),
              path(words, 0),
              Value.flags(OpenFlag.O_PATH),
              Value.number(0));
      case "open-namespace" ->
          Call.of(
              Syscall.OPENAT,
              Value.workingDirectory(),
              new Value.OfTask(words.get(0), "ns/mnt"),
              Value.flags(OpenFlag.O_RDONLY),
              Value.number(0));
      case "unshare" ->
          Call.of(
              Syscall.UNSHARE,
              flags(
                  CloneFlag.class,
                  words,
                  0,
                  words.get(0).equals("EMPTY_MNTNS") ? "UNSHARE_" : "CLONE_"));
      case "setns" ->
          Call.of(Syscall.SETNS, descriptors.get(words.get(0)), Value.flags(CloneFlag.CLONE_NEWNS));
      case "drop" ->
          Call.of(
              Syscall.CAPSET,
              new Value.Struct(StructType.CAPABILITY_HEADER, Map.of()),
              new Value.Capabilities(
                  Value.CapabilityChange.WITHOUT, List.of(Capability.valueOf(words.get(0)))));
      default -> newer(verb, words);
    };
  }

  private Call newer(String verb, List<String> words) {
    return switch (verb) {
      case "open_tree" ->
          Call.of(
              Syscall.OPEN_TREE,
              Value.workingDirectory(),
              path(words, 0),
              words.contains("rec")
                  ? Value.flags(OpenTreeFlag.OPEN_TREE_CLONE, AtFlag.AT_RECURSIVE)
                  : Value.flags(OpenTreeFlag.OPEN_TREE_CLONE));
      case "move_mount" -> {
        boolean named = descriptors.containsKey(words.get(0));
        List<Flag> flags = new ArrayList<>();
        if (named) {
          flags.add(MoveMountFlag.MOVE_MOUNT_F_EMPTY_PATH);
        }
        for (String flag : words.subList(2, words.size())) {
          flags.add(MoveMountFlag.valueOf("MOVE_MOUNT_" + flag));
        }
        yield Call.of(
            Syscall.MOVE_MOUNT,
            named ? descriptors.get(words.get(0)) : Value.workingDirectory(),
            named ? Value.text("") : path(words, 0),
            Value.workingDirectory(),
            path(words, 1),
            new Value.Flags(flags, 0));
      }
      case "mount_setattr" ->
          Call.of(
              Syscall.MOUNT_SETATTR,
              Value.workingDirectory(),
              path(words, 0),
              words.contains("rec") ? Value.flags(AtFlag.AT_RECURSIVE) : Value.bits(0),
              Value.struct(
                  StructType.MOUNT_ATTR, words.get(1), Value.flags(Flag.named(words.get(2)))),
              Value.number(32));
      default -> throw new IllegalArgumentException(verb);
    };
  }

  private Call file(String verb, List<String> words) {
    Syscall callee = Syscall.valueOf(verb.toUpperCase(Locale.ROOT));
    List<Value> arguments = new ArrayList<>();
    words.forEach(word -> arguments.add(Value.text(word)));
    if (callee == Syscall.MKDIR) {
      arguments.add(Value.number(0755));
    }
    if (callee == Syscall.MKNOD) {
      arguments.add(Value.number(0100644));
      arguments.add(Value.number(0));
    }
    return new Call(callee, arguments);
  }

  private Value path(List<String> words, int index) {
    String word = words.get(index);
    return word.equals("''") ? Value.text("") : Value.text(word);
  }

  private static Call mount(String source, String target, String type, Value.Flags flags) {
    return Call.of(
        Syscall.MOUNT,
        Value.text(source),
        Value.text(target),
        Value.text(type),
        flags,
        Value.nullPointer());
  }

  private static Value.Flags mountFlags(List<String> words, int from) {
    return flags(MountFlag.class, words, from, "MS_");
  }

  private static Value.Flags flags(
      Class<? extends Flag> type, List<String> words, int from, String prefix) {
    List<Flag> flags = new ArrayList<>();
    for (String word : words.subList(from, words.size())) {
      Flag flag = Flag.named(prefix + word);
      assertThat(flag).isInstanceOf(type);
      flags.add(flag);
    }
    return new Value.Flags(flags, 0);
  }
}
