package org.pivotroot.tck.model.specification;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pivotroot.tck.model.call.Capability;
import org.pivotroot.tck.model.look.MountTable;
import org.pivotroot.tck.model.specification.rule.Kernel;

/**
 * What is known from outside of a task that is to make a call. What is not known has to be supposed
 * one way or the other.
 *
 * @param mounts mountinfo of the task, or of another one of its mount namespace that sees more
 * @param root where its root is, as a path in that table
 * @param cwd where its working directory is, likewise
 * @param effective its effective capabilities
 * @param users where others are that keep mounts in use, as paths in that table
 * @param threads how many threads its process has; they share root and working directory
 * @param files what is where
 * @param supposed what is taken to be so although it cannot be seen
 */
public record Scene(
    Kernel kernel,
    MountTable mounts,
    String root,
    String cwd,
    Set<Capability> effective,
    List<String> users,
    int threads,
    Files files,
    Set<Unseen> supposed) {

  public Scene {
    effective = Set.copyOf(effective);
    users = List.copyOf(users);
    supposed = Set.copyOf(supposed);
  }

  /** What may be so and does not show. */
  public enum Unseen {
    LOCKED("the mounts are locked, as they were mounted by a more privileged mount namespace"),
    PARENT_SHARED("what the topmost mount is on, which mountinfo does not show, is shared"),
    NOT_OWNER("a user namespace that is not the caller's owns its mount namespace"),
    IN_USE("something has its root, working directory or an open file on the mount"),
    TARGET_NOT_OWNED(
        "a user namespace in which the caller has no capabilities owns the namespace to be entered");

    private final String says;

    Unseen(String says) {
      this.says = says;
    }

    /** What is so then. */
    public String says() {
      return says;
    }
  }

  /** Tells what is at a path. */
  public interface Files {
    /** Of which nothing is known: what is asked for is taken to be there, as a directory. */
    Files UNSEEN = path -> new Seen(Kind.UNSEEN, "");

    /** What is at a path from the root of the table, of which all but the last are directories. */
    Seen at(String path);

    /** What something is. */
    enum Kind {
      DIRECTORY,
      LINK,
      OTHER,
      MISSING,
      UNSEEN
    }

    /**
     * What was seen.
     *
     * @param target where a link leads; empty for anything else
     */
    record Seen(Kind kind, String target) {}
  }

  /** The same with something more supposed. */
  public Scene supposing(Unseen more) {
    Set<Unseen> all = new HashSet<>(supposed);
    all.add(more);
    return new Scene(kernel, mounts, root, cwd, effective, users, threads, files, all);
  }
}
