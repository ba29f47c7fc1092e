package org.pivotroot.tck.reports.explain;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.pivotroot.tck.model.call.Call;
import org.pivotroot.tck.model.call.Syscall;
import org.pivotroot.tck.model.call.UmountFlag;
import org.pivotroot.tck.model.call.Value;
import org.pivotroot.tck.model.look.Mount;
import org.pivotroot.tck.model.specification.Reconstruction;
import org.pivotroot.tck.model.specification.Reconstruction.Lead;
import org.pivotroot.tck.model.specification.Scene;
import org.pivotroot.tck.model.specification.Scene.Unseen;
import org.pivotroot.tck.model.specification.rule.Inexpressible;
import org.pivotroot.tck.model.specification.rule.Kernel;
import org.pivotroot.tck.model.specification.rule.Rule;
import org.pivotroot.tck.reports.store.ReportException;

/**
 * What the specification says of a call that a process would make.
 *
 * @param failing the checks that refuse it, in the order in which they are made
 * @param ifSo what would refuse it besides if something were so that cannot be seen
 * @param outside what is outside the mount tree
 * @param places where the process is and where the paths lead, by what they are called
 * @param assumed paths that nothing is known of, taken to be directories
 */
public record Diagnosis(
    Subject subject,
    Call call,
    List<Rule> failing,
    Map<Unseen, List<Rule>> ifSo,
    List<Outside> outside,
    Map<String, String> places,
    List<String> assumed) {

  /**
   * Finds it out.
   *
   * @throws ReportException if the specification does not speak of such a call
   */
  public static Diagnosis of(Subject subject, Call call) {
    try {
      return new Search(subject, call).diagnosis();
    } catch (Inexpressible inexpressible) {
      throw new ReportException(
          "the specification does not speak of "
              + inexpressible.getMessage()
              + "; it speaks of pivot_root, umount2, mount, move_mount, setns, chroot and more: see"
              + " the site's page of rules",
          inexpressible);
    }
  }

  /** The check that decides; empty if nothing that is known speaks against the call. */
  public Optional<Rule> decides() {
    return failing.stream().findFirst();
  }

  private static final class Search {
    private static final int SOME = 5;

    private final Subject subject;
    private final Call call;
    private final Scene scene;
    private final Map<String, String> users;

    Search(Subject subject, Call call) {
      this.subject = subject;
      this.call = call;
      Status status = subject.status().orElse(Status.UNSEEN);
      boolean relative =
          Reconstruction.namedPaths(call).values().stream()
              .anyMatch(path -> path instanceof Value.Text text && !text.text().startsWith("/"));
      if (relative && subject.cwd().isEmpty()) {
        throw new ReportException(
            "the working directory of "
                + subject.title()
                + " is outside its root or cannot be read; give absolute paths, or run this as"
                + " root");
      }
      Set<Unseen> known = EnumSet.noneOf(Unseen.class);
      if (subject.owner().equals(Optional.of(false))) {
        known.add(Unseen.NOT_OWNER);
      }
      users = call.callee() == Syscall.UMOUNT2 ? subject.users().get() : Map.of();
      scene =
          new Scene(
              kernel(subject.kernel()),
              subject.mounts(),
              subject.root(),
              subject.cwd().orElse(subject.root()),
              status.effective(),
              List.copyOf(users.values()),
              status.threads(),
              subject.files(),
              known);
    }

    private static Kernel kernel(String release) {
      try {
        return Kernel.of(release);
      } catch (IllegalArgumentException e) {
        throw new ReportException(e.getMessage() + "; say what uname -r prints", e);
      }
    }

    Diagnosis diagnosis() {
      Reconstruction here = new Reconstruction(scene);
      List<Rule> failing = here.failing(call);
      Map<Unseen, List<Rule>> ifSo = new LinkedHashMap<>();
      for (Unseen unseen : Unseen.values()) {
        if (mayBe(unseen)) {
          List<Rule> more = new Reconstruction(scene.supposing(unseen)).failing(call);
          List<Rule> added = more.stream().filter(Predicate.not(failing::contains)).toList();
          if (!added.isEmpty()) {
            ifSo.put(unseen, added);
          }
        }
      }
      Map<String, String> places = new LinkedHashMap<>();
      places.put("root", text(here.root()));
      subject.cwd().ifPresent(cwd -> places.put("cwd", text(here.cwd())));
      Reconstruction.namedPaths(call)
          .forEach(
              (name, path) ->
                  here.leads(path)
                      .ifPresent(
                          lead -> places.put(name + " " + ((Value.Text) path).text(), text(lead))));
      usedBy(here).ifPresent(users -> places.put("in use by", users));
      return new Diagnosis(
          subject, call, failing, ifSo, Outside.of(subject), places, here.assumed());
    }

    /** Who uses the mount that is to be unmounted. */
    private Optional<String> usedBy(Reconstruction here) {
      Optional<Mount> target =
          Reconstruction.namedPaths(call).values().stream()
              .flatMap(path -> here.leads(path).stream())
              .findFirst()
              .flatMap(Lead::mount);
      List<String> names =
          users.entrySet().stream()
              .filter(user -> target.isPresent() && here.at(user.getValue()).mount().equals(target))
              .map(Map.Entry::getKey)
              .toList();
      String rest = names.size() > SOME ? " and " + (names.size() - SOME) + " more" : "";
      return names.isEmpty()
          ? Optional.empty()
          : Optional.of(String.join(", ", names.stream().limit(SOME).toList()) + rest);
    }

    /** Whether it cannot be seen, and can be so. */
    private boolean mayBe(Unseen unseen) {
      boolean notInitial = !subject.initial().orElse(false);
      return switch (unseen) {
        case LOCKED -> notInitial;
        case PARENT_SHARED -> true;
        case NOT_OWNER -> subject.owner().isEmpty();
        case IN_USE -> call.callee() == Syscall.UMOUNT2 && !isDetach();
        case TARGET_NOT_OWNED -> call.callee() == Syscall.SETNS && notInitial;
      };
    }

    private boolean isDetach() {
      return call.arguments().get(1) instanceof Value.Flags flags
          && flags.flags().contains(UmountFlag.MNT_DETACH);
    }

    private static String text(Lead lead) {
      List<String> parts = new ArrayList<>();
      String mount =
          lead.mount()
              .map(one -> "mount " + one.id() + " at " + one.point() + " (" + kind(one) + ")")
              .orElse("a mount that mountinfo does not show");
      if (!lead.isMountPoint()) {
        return lead.path() + ", a directory of " + mount + " and no mount point";
      }
      parts.add(mount);
      parts.add(
          lead.parent()
              .map(on -> "on mount " + on.id() + " at " + on.point() + " (" + kind(on) + ")")
              .orElse("on nothing that mountinfo shows"));
      return String.join(", ", parts);
    }

    private static String kind(Mount mount) {
      return mount.type() + ", " + mount.propagation().type();
    }
  }
}
