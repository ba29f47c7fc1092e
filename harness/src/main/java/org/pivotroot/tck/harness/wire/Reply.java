package org.pivotroot.tck.harness.wire;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What the agent answers. */
public sealed interface Reply extends Message {

  /** Whether what was asked for has failed, so that what was to follow it must not be done. */
  default boolean isFailure() {
    return false;
  }

  /** The answers to the requests of a sequence, as far as it was carried out. */
  record Sequence(List<Reply> replies) implements Reply {}

  /**
   * What runs in the guest.
   *
   * @param release as uname -r
   * @param version as uname -v
   * @param libc the C library's own version
   */
  record Greeting(String release, String version, String libc) implements Reply {
    /** uname(2) gives no longer ones. File names are made of releases, and texts of all three. */
    private static final Pattern RELEASE = Pattern.compile("\\d[\\w.+~:-]{0,63}");

    private static final Pattern TEXT = Pattern.compile("[\\x20-\\x7e]{0,64}");

    /**
     * A greeting.
     *
     * @throws IllegalArgumentException if something in it is none of what it should be
     */
    public Greeting {
      if (!RELEASE.matcher(release).matches()
          || !TEXT.matcher(version).matches()
          || !TEXT.matcher(libc).matches()) {
        throw new IllegalArgumentException("no release, version or C library of a Linux system");
      }
    }
  }

  /**
   * A task runs.
   *
   * @param pid process id in the guest
   * @param tid thread id in the guest
   */
  record Started(long pid, long tid) implements Reply {}

  /** What the calls came to, as far as they were made. */
  record Results(List<Returned> results) implements Reply {
    @Override
    public boolean isFailure() {
      return !results.isEmpty() && results.get(results.size() - 1).value() == -1;
    }
  }

  /**
   * What a file held.
   *
   * @param errno 0, or why it could not be read
   */
  record Content(byte[] bytes, int errno) implements Reply {}

  /**
   * A program has ended.
   *
   * @param status exit status, or 128 plus the signal that ended it
   */
  record Ended(int status, byte[] output, byte[] error) implements Reply {}

  /**
   * A watched call was made.
   *
   * @param before the tasks before the call, where it failed and yet changed one; else none
   * @param after the same tasks after it
   */
  record Watched(Returned returned, List<TaskSurvey> before, List<TaskSurvey> after)
      implements Reply {
    @Override
    public boolean isFailure() {
      return returned.value() == -1;
    }
  }

  /** How the tasks look. */
  record Surveys(List<TaskSurvey> tasks) implements Reply {}

  /** Offsets in struct statx of the file's number, its device and its mount. */
  int STX_INO = 32;

  int STX_DEV = 136;
  int STX_MNT_ID = 144;

  /**
   * One task as the kernel shows it.
   *
   * @param root statx(2) buffer of what /proc/TID/root leads to
   * @param cwd statx(2) buffer of what /proc/TID/cwd leads to
   * @param mountinfo its /proc/TID/mountinfo, relative to its root
   * @param namespace inode of its mount namespace
   * @param wholeTree mountinfo of that namespace as seen from the namespace's own root
   * @param otherwise the table that statmount(2) tells of it, in the notation of mountinfo, where
   *     that is another; else empty
   */
  record TaskSurvey(
      String task,
      byte[] root,
      byte[] cwd,
      byte[] mountinfo,
      long namespace,
      byte[] wholeTree,
      String otherwise) {

    /** Whether nothing that identifies a place or a mount differs. */
    public boolean shows(TaskSurvey other) {
      return namespace == other.namespace
          && Arrays.equals(mountinfo, other.mountinfo)
          && Arrays.equals(wholeTree, other.wholeTree)
          && samePlace(root, other.root)
          && samePlace(cwd, other.cwd);
    }

    private static boolean samePlace(byte[] statx, byte[] other) {
      return same(statx, other, STX_INO)
          && same(statx, other, STX_DEV)
          && same(statx, other, STX_MNT_ID);
    }

    /** Compares eight bytes. */
    private static boolean same(byte[] statx, byte[] other, int offset) {
      return Arrays.equals(statx, offset, offset + 8, other, offset, offset + 8);
    }
  }

  /**
   * Scenarios were played.
   *
   * @param digests of each scenario, see {@link Digest}; none where the whole was asked for
   * @param performances of each scenario, where the whole was asked for
   */
  record Played(List<Long> digests, List<Performance> performances) implements Reply {}

  /** All that was seen of a scenario, step by step. */
  record Performance(List<Moment> moments) {}

  /**
   * What a step came to, and what was so after it.
   *
   * @param returned of a call; of another act that it was done
   * @param tasks the living tasks, each named by its number
   */
  record Moment(Returned returned, List<TaskSurvey> tasks) {}

  /** It was done. */
  record Done() implements Reply {}

  /**
   * Nobody is in the guest any more.
   *
   * @param state what must be the same whenever no task runs: the agent's mount table, root,
   *     working directory, threads of tasks and child processes; a line each
   */
  record Cleared(String state) implements Reply {}

  /** The request could not be carried out; not an errno of a call but the agent's own trouble. */
  record Failed(String message) implements Reply {
    @Override
    public boolean isFailure() {
      return true;
    }
  }
}
