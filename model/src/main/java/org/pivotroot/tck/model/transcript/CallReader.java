package org.pivotroot.tck.model.transcript;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Callee;
import org.pivotroot.tck.model.call.LibraryFunction;
import org.pivotroot.tck.model.call.Parameter;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.Value;

/**
 * Reads a call that somebody typed, as strace writes it, {@code pivot_root("/new", "/new/old")}, or
 * as one types to a shell, {@code pivot_root /new /new/old}. Typed like that, what a call can do
 * without may be left out.
 */
public final class CallReader {
  private static final Pattern NAME = Pattern.compile("([a-z_0-9]+(?:\\(3\\))?)\\s*(.*)");

  /** Names by which people know a call. */
  private static final Map<String, Callee> ALSO =
      Map.of(
          "umount", Syscall.UMOUNT2,
          "open", Syscall.OPENAT,
          "stat", Syscall.STATX,
          "getwd", LibraryFunction.GETWD);

  private final Callee callee;
  private final List<String> words;
  private final Set<String> tasks;

  private CallReader(Callee callee, List<String> words, Collection<String> tasks) {
    this.callee = callee;
    this.words = words;
    this.tasks = Set.copyOf(tasks);
  }

  /**
   * Reads a call; what stands behind an equals sign is its result, and not read.
   *
   * @param tasks whose names may stand in paths of /proc and for process IDs
   * @throws SyntaxException if it is none
   */
  public static Call of(String typed, Collection<String> tasks) {
    Matcher matcher = NAME.matcher(typed.strip());
    if (!matcher.matches()) {
      throw new SyntaxException("this is no call: " + typed.strip());
    }
    Callee callee = callee(matcher.group(1));
    String rest = matcher.group(2);
    if (!rest.startsWith("(")) {
      return new CallReader(callee, Words.byBlanks(withoutResult(rest)), tasks).loosely();
    }
    int end = Words.closing(rest);
    if (end < 0) {
      throw new SyntaxException("a bracket or quote is not closed: " + typed.strip());
    }
    List<String> arguments = Words.byCommas(rest.substring(1, end));
    return new CallReader(callee, arguments, tasks).strictly();
  }

  /**
   * Reads a call of which a shell has taken the words apart.
   *
   * @throws SyntaxException if it is none
   */
  public static Call of(List<String> words) {
    if (words.size() == 1) {
      return of(words.get(0), List.of());
    }
    return new CallReader(callee(words.get(0)), words.subList(1, words.size()), List.of())
        .loosely();
  }

  private static String withoutResult(String typed) {
    int sign = typed.indexOf(" = ");
    return sign < 0 ? typed : typed.substring(0, sign);
  }

  private static Callee callee(String name) {
    Callee callee = ALSO.getOrDefault(name, Callee.BY_TITLE.get(name));
    if (callee == null) {
      throw new SyntaxException(
          "there is no call " + name, name, Callee.BY_TITLE.keySet().stream().sorted().toList());
    }
    return callee;
  }

  private Call strictly() {
    List<Parameter> parameters = callee.parameters();
    if (words.size() != parameters.size()) {
      throw new SyntaxException(
          callee.title() + " takes " + takes() + ", not " + words.size() + " arguments");
    }
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      values.add(argument(i).read(words.get(i)));
    }
    return sized(values);
  }

  /** Gives each parameter the next word if that can be meant for it. */
  private Call loosely() {
    List<Value> values = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < callee.parameters().size(); i++) {
      ArgumentReader argument = argument(i);
      boolean more = next < words.size();
      if (more && callee == Syscall.CAPSET && i == 1) {
        values.add(argument.read(String.join(" ", words.subList(next, words.size()))));
        next = words.size();
      } else if (more && argument.accepts(words.get(next))) {
        values.add(argument.read(words.get(next++)));
      } else {
        int index = i;
        values.add(
            Absent.of(callee, i, values)
                .orElseThrow(
                    () ->
                        new SyntaxException(
                            callee.title()
                                + ": "
                                + callee.parameters().get(index).name()
                                + " is missing; it takes "
                                + takes())));
      }
    }
    if (next < words.size()) {
      throw new SyntaxException(
          callee.title() + ": what is " + words.get(next) + "? It takes " + takes());
    }
    return sized(ofItsOwnName(values));
  }

  /** A new file system that only one word was typed for is of the type that the word names. */
  private List<Value> ofItsOwnName(List<Value> values) {
    if (callee == Syscall.MOUNT
        && values.get(2) instanceof Value.Null
        && values.get(3).equals(Value.flags())) {
      values.set(2, values.get(0));
    }
    return values;
  }

  private ArgumentReader argument(int index) {
    return new ArgumentReader(callee, index, tasks);
  }

  private String takes() {
    return callee.parameters().isEmpty()
        ? "no arguments"
        : callee.parameters().stream().map(Parameter::name).collect(Collectors.joining(", "));
  }

  /** A buffer is as large as the number behind it says. */
  private Call sized(List<Value> values) {
    List<Value> sized = new ArrayList<>(values);
    for (int i = 0; i + 1 < values.size(); i++) {
      if (values.get(i) instanceof Value.Buffer buffer
          && values.get(i + 1) instanceof Value.Int size
          && callee != Syscall.LISTMOUNT) {
        sized.set(i, Value.buffer((int) Math.min(size.number(), 1 << 20), buffer.holds()));
      }
    }
    return new Call(callee, sized);
  }
}
