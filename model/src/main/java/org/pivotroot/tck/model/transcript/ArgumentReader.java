package org.pivotroot.tck.model.transcript;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.Parameter;
import org.pivotroot.tck.model.call.StructType;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;

/**
 * Reads one argument, by what its parameter is declared to be.
 *
 * @param tasks whose names may stand in paths of /proc and for process IDs
 */
record ArgumentReader(Callee callee, int index, Set<String> tasks) {
  private static final Pattern NUMBER = Pattern.compile("-?(0x[0-9a-fA-F]+|\\d+)");
  private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]+");
  private static final Pattern DESCRIPTOR = Pattern.compile("fd#(\\d+)");
  private static final Pattern ID_OF = Pattern.compile("(mount|namespace)\\(fd#(\\d+)\\)");
  private static final Pattern MAPPING = Pattern.compile("mapping#(\\d+)");
  private static final Pattern DEVICE = Pattern.compile("makedev\\((\\d+), ?(\\d+)\\)");
  private static final Pattern FLAGS = Pattern.compile("[A-Z0-9_x|a-f]+");
  private static final Pattern THROUGH =
      Pattern.compile("/proc/(?:thread-self|self)/fd/fd#(\\d+)(/.*)?");
  private static final Pattern OF_TASK = Pattern.compile("/proc/([^/]+)/(.+)");
  private static final Pattern CAPABILITIES =
      Pattern.compile("(without effective|with effective|without|only) ?([A-Z_|]*)");

  private static final Set<String> FLAG_FIELDS =
      Set.of("flags", "resolve", "attr_set", "attr_clr", "propagation", "events", "revents");

  /** No name stands in two enumerations. */
  private static final List<Class<? extends Flag>> EVERY_FLAG =
      Stream.of(Flag.class.getPermittedSubclasses())
          .<Class<? extends Flag>>map(type -> type.asSubclass(Flag.class))
          .toList();

  private Parameter parameter() {
    return callee.parameters().get(index);
  }

  /** Whether a word can be meant for it, where words may be left out. */
  boolean accepts(String word) {
    return switch (parameter().kind()) {
      case PATH, TEXT -> !isFlagOfLater(word);
      case NUMBER, PROCESS -> true;
      case MODE -> NUMBER.matcher(word).matches() || word.startsWith("S_IF");
      case DEVICE -> NUMBER.matcher(word).matches() || DEVICE.matcher(word).matches();
      case FLAGS -> NUMBER.matcher(word).matches() || isFlags(parameter(), word);
      case DESCRIPTOR -> NUMBER.matcher(word).matches() || DESCRIPTOR.matcher(word).matches();
      case DIRECTORY ->
          NUMBER.matcher(word).matches()
              || DESCRIPTOR.matcher(word).matches()
              || word.equals("AT_FDCWD");
      case BUFFER -> word.equals("NULL") || word.equals("buf") || ADDRESS.matcher(word).matches();
      case STRUCTURE -> word.startsWith("{") || word.startsWith("[") || isPointer(word);
      case ADDRESS -> isPointer(word) || MAPPING.matcher(word).matches();
    };
  }

  private static boolean isPointer(String word) {
    return word.equals("NULL") || ADDRESS.matcher(word).matches();
  }

  private boolean isFlagOfLater(String word) {
    return callee.parameters().stream().skip(index).anyMatch(later -> isFlags(later, word));
  }

  private static boolean isFlags(Parameter parameter, String word) {
    return parameter.kind() == Parameter.Kind.FLAGS
        && FLAGS.matcher(word).matches()
        && Stream.of(word.split("\\|", -1))
            .allMatch(
                name -> ADDRESS.matcher(name).matches() || names(parameter.flags()).contains(name));
  }

  private static List<String> names(List<Class<? extends Flag>> types) {
    return types.stream()
        .flatMap(type -> Stream.of(type.getEnumConstants()))
        .map(Flag::name)
        .toList();
  }

  /**
   * The argument.
   *
   * @throws SyntaxException if it is none of this kind
   */
  Value read(String word) {
    return switch (parameter().kind()) {
      case PATH, TEXT -> isPointer(word) ? pointer(word) : text(word);
      case NUMBER -> isPointer(word) && word.equals("NULL") ? new Value.Null() : number(word);
      case MODE -> mode(word);
      case DEVICE -> device(word);
      case FLAGS -> flags(word, parameter().flags());
      case DESCRIPTOR, DIRECTORY -> descriptor(word);
      case PROCESS -> tasks.contains(word) ? new Value.ProcessOf(word) : number(word);
      case BUFFER -> isPointer(word) ? pointer(word) : buffer(word);
      case STRUCTURE -> isPointer(word) ? pointer(word) : structure(word);
      case ADDRESS -> address(word);
    };
  }

  private SyntaxException wrong(String word, String wanted) {
    return new SyntaxException(
        callee.title() + ": " + parameter().name() + " is " + wanted + ", not " + word);
  }

  private Value pointer(String word) {
    return word.equals("NULL") ? new Value.Null() : new Value.BadAddress(Long.decode(word));
  }

  private Value text(String word) {
    if (word.matches(".*\"\\.\\.\\. \\(\\d+ bytes\\)")) {
      throw wrong(word, "a whole text");
    }
    String text = Words.unquoted(word);
    Matcher through = THROUGH.matcher(text);
    if (through.matches()) {
      String rest = through.group(2) == null ? "" : through.group(2);
      return new Value.Through(new Value.Descriptor(Integer.parseInt(through.group(1))), rest);
    }
    Matcher ofTask = OF_TASK.matcher(text);
    if (ofTask.matches() && tasks.contains(ofTask.group(1))) {
      return new Value.OfTask(ofTask.group(1), ofTask.group(2));
    }
    return Value.text(text);
  }

  private Value number(String word) {
    if (!NUMBER.matcher(word).matches()) {
      throw wrong(word, "a number");
    }
    return Value.number(Long.decode(word.matches("-?0\\d+") ? word.replace("-0", "-") : word));
  }

  private Value mode(String word) {
    List<Flag> types = new ArrayList<>();
    long bits = 0;
    for (String part : word.split("\\|", -1)) {
      if (part.matches("[0-7]+")) {
        bits |= Long.parseLong(part, 8);
      } else {
        types.add(flag(part, List.of(org.pivotroot.tck.model.call.FileType.class)));
      }
    }
    return types.isEmpty() ? Value.number(bits) : new Value.Flags(types, bits);
  }

  private Value device(String word) {
    Matcher device = DEVICE.matcher(word);
    return device.matches()
        ? Value.number(Long.parseLong(device.group(1)) << 8 | Long.parseLong(device.group(2)))
        : number(word);
  }

  private Value.Flags flags(String word, List<Class<? extends Flag>> types) {
    List<Flag> flags = new ArrayList<>();
    long rest = 0;
    for (String part : word.split("\\|", -1)) {
      if (NUMBER.matcher(part).matches()) {
        rest |= Long.decode(part);
      } else {
        flags.add(flag(part, types));
      }
    }
    return new Value.Flags(flags, rest);
  }

  private Flag flag(String name, List<Class<? extends Flag>> types) {
    if (!names(types).contains(name)) {
      throw new SyntaxException(
          callee.title() + ": " + parameter().name() + " has no flag " + name, name, names(types));
    }
    return Flag.named(name);
  }

  private Value descriptor(String word) {
    Matcher named = DESCRIPTOR.matcher(word);
    if (named.matches()) {
      return new Value.Descriptor(Integer.parseInt(named.group(1)));
    }
    if (word.equals("AT_FDCWD") && parameter().kind() == Parameter.Kind.DIRECTORY) {
      return new Value.WorkingDirectory();
    }
    if (!NUMBER.matcher(word).matches()) {
      throw wrong(word, "a descriptor such as fd#1");
    }
    return new Value.BadDescriptor(Math.toIntExact(Long.decode(word)));
  }

  /** What stands for a buffer in a transcript shows what it holds. */
  private Value buffer(String word) {
    Value.Holds holds = Absent.holds(callee);
    if (word.matches("\"[^\"]*\" and \\d+ bytes written")) {
      holds = Value.Holds.TOUCHED;
    } else if (word.matches("\\d+ lines?")) {
      holds = Value.Holds.LINES;
    } else if (word.startsWith("[{")) {
      holds = Value.Holds.MOUNT_EVENTS;
    } else if (word.startsWith("[")) {
      holds = Value.Holds.INOTIFY_EVENTS;
    }
    return Value.buffer(Absent.size(callee), holds);
  }

  private Value address(String word) {
    Matcher mapping = MAPPING.matcher(word);
    if (mapping.matches()) {
      return new Value.Mapping(Integer.parseInt(mapping.group(1)));
    }
    if (!isPointer(word)) {
      throw wrong(word, "an address");
    }
    return pointer(word);
  }

  private Value structure(String word) {
    if (callee == Syscall.SCHED_SETAFFINITY) {
      return new Value.Processors(
          Stream.of(word.replaceAll("[\\[\\]]", "").split(" ", -1)).map(Integer::valueOf).toList());
    }
    Matcher capabilities = CAPABILITIES.matcher(word);
    if (capabilities.matches()) {
      return capabilities(capabilities.group(1), capabilities.group(2));
    }
    if (!word.startsWith("{") || Words.closing(word) < 0) {
      throw wrong(word, "a structure such as {flags=O_PATH}");
    }
    StructType type = Absent.struct(callee).orElseThrow(() -> wrong(word, "another structure"));
    Map<String, Value> fields = new LinkedHashMap<>();
    for (String field : Words.byCommas(word.substring(1, Words.closing(word)))) {
      int sign = field.indexOf('=');
      String name = sign < 0 ? field : field.substring(0, sign);
      if (sign < 0 || type.fields().stream().noneMatch(one -> one.name().equals(name))) {
        throw wrong(
            field,
            "of fields "
                + String.join(", ", type.fields().stream().map(StructType.Field::name).toList()));
      }
      fields.put(name, field(name, field.substring(sign + 1)));
    }
    return new Value.Struct(type, fields);
  }

  private Value field(String name, String word) {
    Matcher descriptor = DESCRIPTOR.matcher(word);
    if (descriptor.matches()) {
      return new Value.Descriptor(Integer.parseInt(descriptor.group(1)));
    }
    Matcher id = ID_OF.matcher(word);
    if (id.matches()) {
      return new Value.IdOf(
          Value.Identified.valueOf(id.group(1).toUpperCase(Locale.ROOT)),
          new Value.Descriptor(Integer.parseInt(id.group(2))));
    }
    if (FLAG_FIELDS.contains(name) || (name.equals("param") && !NUMBER.matcher(word).matches())) {
      return flags(word, EVERY_FLAG);
    }
    return ADDRESS.matcher(word).matches()
        ? new Value.BadAddress(Long.decode(word))
        : Value.number(Long.decode(word));
  }

  private static Value capabilities(String change, String names) {
    Value.CapabilityChange how =
        switch (change) {
          case "without" -> Value.CapabilityChange.WITHOUT;
          case "without effective" -> Value.CapabilityChange.WITHOUT_EFFECTIVE;
          case "with effective" -> Value.CapabilityChange.WITH_EFFECTIVE;
          default -> Value.CapabilityChange.ONLY;
        };
    List<Capability> capabilities = new ArrayList<>();
    for (String name : names.split("\\|", -1)) {
      if (!name.isEmpty()) {
        try {
          capabilities.add(Capability.valueOf(name));
        } catch (IllegalArgumentException e) {
          throw new SyntaxException(
              "there is no capability " + name,
              name,
              Stream.of(Capability.values()).map(Enum::name).toList());
        }
      }
    }
    return new Value.Capabilities(how, capabilities);
  }
}
