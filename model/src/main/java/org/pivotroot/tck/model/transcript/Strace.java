package org.pivotroot.tck.model.transcript;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Flag;
import org.pivotroot.tck.model.call.Parameter;
import org.pivotroot.tck.model.call.Result;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.event.Event;

/**
 * Events in the notation of strace(1), a line each, with names for what varies from boot to boot.
 * What a call writes into its buffer stands in the place of that argument, as strace has it.
 */
public final class Strace {
  private static final int SHOWN = 16;
  private static final int LONG = 64;

  private Strace() {}

  /** The lines of a trial. */
  public static List<String> of(List<Event> events) {
    return events.stream().map(Strace::of).toList();
  }

  /** An event. One that brought a mount table takes several lines. */
  public static String of(Event event) {
    return event.accept(new Line());
  }

  /** A call without its result. */
  public static String call(Call call) {
    return written(call, new Result.Unanswered());
  }

  private static final class Line implements Event.Visitor<String> {
    @Override
    public String called(Event.Called called) {
      return called.task()
          + ": "
          + written(called.call(), called.result())
          + " = "
          + called.result().accept(RETURNED);
    }

    @Override
    public String deepened(Event.Deepened deepened) {
      String name = quoted(deepened.directory());
      return deepened.task()
          + ": mkdir("
          + name
          + ", 0755) = 0, chdir("
          + name
          + ") = 0, "
          + deepened.times()
          + " times";
    }

    @Override
    public String ran(Event.Ran ran) {
      StringBuilder line = new StringBuilder(ran.task()).append(": $ ");
      if (!ran.input().isEmpty()) {
        line.append(ShellWords.of(List.of("printf", "%s", ran.input()))).append(" | ");
      }
      line.append(ShellWords.of(ran.command())).append(" = ");
      line.append(ran.status() == null ? "?" : ran.status());
      return line.append(stream("output", ran.output()))
          .append(stream("error", ran.error()))
          .toString();
    }

    private static String stream(String name, String text) {
      return text.isEmpty() ? "" : ", " + name + " \"" + text.replace("\n", "\\n") + '"';
    }

    @Override
    public String started(Event.Started started) {
      String how =
          switch (started.how()) {
            case THREAD -> "clone(0)";
            case THREAD_SHARING_FS -> "clone(CLONE_FS)";
            case PROCESS -> "$ " + ShellWords.of(started.command()) + " &";
          };
      return started.task() + ": " + how + " = " + started.other();
    }

    @Override
    public String ended(Event.Ended ended) {
      return ended.task() + ": exit(0)";
    }

    @Override
    public String looked(Event.Looked looked) {
      return "# "
          + looked.sight().title()
          + " of "
          + looked.task()
          + " is "
          + looked.sight().value();
    }

    @Override
    public String noted(Event.Noted noted) {
      return "# " + noted.text();
    }
  }

  private static String written(Call call, Result result) {
    StringJoiner arguments = new StringJoiner(", ", call.callee().title() + "(", ")");
    for (int i = 0; i < call.arguments().size(); i++) {
      Parameter parameter = call.callee().parameters().get(i);
      arguments.add(call.arguments().get(i).accept(new Argument(parameter.kind(), result)));
    }
    return arguments.toString();
  }

  /** A text as a call is given it, quoted as in C; a long one shortened. */
  public static String quoted(String text) {
    return text.length() > LONG
        ? inQuotes(text.substring(0, SHOWN)) + "... (" + text.length() + " bytes)"
        : inQuotes(text);
  }

  private static String inQuotes(String text) {
    String escaped =
        text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t");
    return "\"" + escaped + "\"";
  }

  private static String flags(List<? extends Flag> flags, long rest) {
    StringJoiner words = new StringJoiner("|");
    flags.forEach(flag -> words.add(flag.name()));
    if (rest != 0) {
      words.add("0x" + Long.toHexString(rest));
    }
    return words.length() == 0 ? "0" : words.toString();
  }

  private record Argument(Parameter.Kind kind, Result result) implements Value.Visitor<String> {
    @Override
    public String text(Value.Text text) {
      return quoted(text.text());
    }

    @Override
    public String longText(Value.LongText text) {
      return quoted(text.text());
    }

    @Override
    public String nullPointer() {
      return "NULL";
    }

    @Override
    public String badAddress(Value.BadAddress bad) {
      return "0x" + Long.toHexString(bad.address());
    }

    @Override
    public String number(Value.Int number) {
      return switch (kind) {
        case MODE -> octal(number.number());
        case DEVICE ->
            number.number() == 0
                ? "0"
                : "makedev(" + (number.number() >> 8) + ", " + (number.number() & 0xff) + ")";
        default -> String.valueOf(number.number());
      };
    }

    @Override
    public String flags(Value.Flags flags) {
      return kind == Parameter.Kind.MODE
          ? Strace.flags(flags.flags(), 0) + "|" + octal(flags.rest())
          : Strace.flags(flags.flags(), flags.rest());
    }

    @Override
    public String workingDirectory() {
      return "AT_FDCWD";
    }

    @Override
    public String badDescriptor(Value.BadDescriptor bad) {
      return String.valueOf(bad.number());
    }

    @Override
    public String descriptor(Value.Descriptor descriptor) {
      return descriptor.toString();
    }

    @Override
    public String through(Value.Through path) {
      return "\"/proc/thread-self/fd/" + path.descriptor() + path.rest() + "\"";
    }

    @Override
    public String ofTask(Value.OfTask path) {
      return "\"/proc/" + path.task() + "/" + path.file() + "\"";
    }

    @Override
    public String idOf(Value.IdOf id) {
      return id.what().name().toLowerCase(Locale.ROOT) + "(" + id.descriptor() + ")";
    }

    @Override
    public String processOf(Value.ProcessOf task) {
      return task.task();
    }

    @Override
    public String mapping(Value.Mapping mapping) {
      return "mapping#" + mapping.mapping();
    }

    @Override
    public String buffer(Value.Buffer buffer) {
      return result.accept(FILLED);
    }

    @Override
    public String struct(Value.Struct struct) {
      StringJoiner fields = new StringJoiner(", ", "{", "}");
      struct.fields().forEach((name, value) -> fields.add(name + "=" + value.accept(this)));
      return result instanceof Result.Happened happened
          ? fields + " => " + events(happened)
          : fields.toString();
    }

    @Override
    public String capabilities(Value.Capabilities capabilities) {
      String names =
          capabilities.capabilities().stream().map(Enum::name).collect(Collectors.joining("|"));
      return switch (capabilities.change()) {
        case WITHOUT -> "without " + names;
        case WITHOUT_EFFECTIVE -> "without effective " + names;
        case WITH_EFFECTIVE -> "with effective " + names;
        case ONLY -> "only " + names;
      };
    }

    @Override
    public String processors(Value.Processors processors) {
      return processors.processors().stream()
          .map(String::valueOf)
          .collect(Collectors.joining(" ", "[", "]"));
    }
  }

  private static String octal(long mode) {
    return mode == 0 ? "0" : "0" + Long.toOctalString(mode);
  }

  private static String events(Result.Happened happened) {
    return happened.events().stream()
        .map(event -> flags(event.flags(), event.rest()))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** What stands in the place of a buffer. */
  private static final Result.Visitor<String> FILLED =
      new Uniform("buf") {
        @Override
        public String wrote(Result.Wrote wrote) {
          return quoted(wrote.text());
        }

        @Override
        public String touched(Result.Touched touched) {
          return quoted(touched.text()) + " and " + touched.written() + " bytes written";
        }

        @Override
        public String lines(Result.Lines lines) {
          return lines.count() == 1 ? "1 line" : lines.count() + " lines";
        }

        @Override
        public String identified(Result.Identified identified) {
          return identified.file().toString();
        }

        @Override
        public String happened(Result.Happened happened) {
          return events(happened);
        }

        @Override
        public String mountsChanged(Result.MountsChanged changed) {
          return changed.events().stream()
              .map(
                  event ->
                      "{"
                          + flags(event.mask().flags(), event.mask().rest())
                          + ", mount#"
                          + event.mount()
                          + "}")
              .collect(Collectors.joining(", ", "[", "]"));
        }
      };

  /** What stands behind the equals sign. */
  private static final Result.Visitor<String> RETURNED =
      new Uniform("0") {
        @Override
        public String failed(Result.Failed failed) {
          return "-1 " + failed.name() + " (" + failed.text() + ")";
        }

        @Override
        public String unanswered() {
          return "?";
        }

        @Override
        public String returned(Result.Returned returned) {
          return String.valueOf(returned.number());
        }

        @Override
        public String opened(Result.Opened opened) {
          return "fd#" + opened.descriptor();
        }

        @Override
        public String mapped(Result.Mapped mapped) {
          return "mapping#" + mapped.mapping();
        }

        @Override
        public String masked(Result.Masked masked) {
          return octal(masked.mode());
        }

        @Override
        public String touched(Result.Touched touched) {
          return String.valueOf(touched.returned());
        }

        @Override
        public String allocated(Result.Allocated allocated) {
          return quoted(allocated.text());
        }
      };
}
