package org.pivotroot.tck.harness.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the harness asks of the agent. Each request is answered by one {@link Reply}. */
public sealed interface Request extends Message {

  /** Answered by {@link Reply.Greeting}. */
  record Greet() implements Request {}

  /**
   * Several requests, carried out in order up to and including the first that fails. Answered by
   * {@link Reply.Sequence}.
   */
  record Sequence(List<Request> requests) implements Request {

    /** The answer of an agent that carries out one request in this way. */
    public Reply.Sequence answeredBy(Function<Request, Reply> agent) {
      List<Reply> replies = new ArrayList<>();
      for (Request request : requests) {
        Reply reply = agent.apply(request);
        replies.add(reply);
        if (reply.isFailure()) {
          break;
        }
      }
      return new Reply.Sequence(replies);
    }
  }

  /** A part of a long request ({@link Pieces}). Answered by {@link Reply.Done}. */
  record Piece(byte[] bytes) implements Request {}

  /** Stands for the request whose pieces came before. Answered as that. */
  record Pieced() implements Request {}

  /**
   * Starts a task as a thread created by another, from which it inherits all that clone(2) hands
   * on. Answered by {@link Reply.Started}.
   *
   * @param task name of the new task
   * @param from name of the creating task; empty for the agent's own main thread
   * @param ownFs whether it gets an fs state of its own (unshare(CLONE_FS)) or shares its creator's
   */
  record Start(String task, String from, boolean ownFs) implements Request {}

  /**
   * Starts a task as a child process, which makes system calls and nothing else, from the thread of
   * another task. Answered by {@link Reply.Started}.
   *
   * @param task name of the new task
   * @param from name of the creating task, a thread
   * @param command program and arguments put before the command line of the child's own program
   */
  record Launch(String task, String from, List<String> command) implements Request {}

  /**
   * Makes calls on a task, in order, up to and including the first that fails. Answered by {@link
   * Reply.Results}.
   */
  record Invoke(String task, List<NativeCall> calls) implements Request {}

  /**
   * Makes a call that must change nothing if it fails: tasks are looked at before it and, if it
   * failed, after it. Answered by {@link Reply.Watched}.
   *
   * @param watched the tasks to look at
   */
  record Watch(String task, NativeCall call, List<String> watched) implements Request {}

  /**
   * Reads a file whole, on a task. Answered by {@link Reply.Content}.
   *
   * @param path resolved by the task, by its own root and working directory
   */
  record Read(String task, String path) implements Request {}

  /**
   * Reads a file below the guest's first /proc, whatever the root of any task is. Answered by
   * {@link Reply.Content}.
   *
   * @param path relative to /proc
   */
  record ReadProc(String path) implements Request {}

  /**
   * Runs a program on a task and waits for its end. Answered by {@link Reply.Ended}.
   *
   * @param command program and arguments; the program is looked up as execvp(3) does
   * @param environment the whole environment, as NAME=value
   * @param input what the program reads from its standard input
   */
  record Run(String task, List<String> command, List<String> environment, byte[] input)
      implements Request {}

  /** Looks at tasks from outside, without their doing. Answered by {@link Reply.Surveys}. */
  record Survey(List<String> tasks) implements Request {}

  /**
   * Identity of what a link below the guest's first /proc leads to. Answered by {@link
   * Reply.Results}: one statx(2) with STATX_MNT_ID.
   *
   * @param path relative to /proc
   */
  record StatProc(String path) implements Request {}

  /** Ends one task, waiting until the kernel has let go of it. Answered by {@link Reply.Done}. */
  record End(String task) implements Request {}

  /**
   * Ends every task, closes descriptors, and says what the guest looks like with nobody in it.
   * Answered by {@link Reply.Cleared}.
   *
   * @param descriptors descriptors that calls of the tasks have opened
   */
  record Clear(List<Long> descriptors) implements Request {}

  /**
   * Plays scenarios one after the other, each in a mount namespace of its own that ends with it.
   * Answered by {@link Reply.Played}.
   *
   * @param stage what the first task of each calls before it begins, all with success
   * @param calls the different calls of the scenarios
   * @param scenarios each as steps of {@link Play#STEP} bytes: an act of the constants, the task,
   *     and in two bytes, the higher first, which call, or which other task
   * @param whole whether all that is seen is answered, or a digest of it
   */
  record Play(List<NativeCall> stage, List<PlayedCall> calls, List<byte[]> scenarios, boolean whole)
      implements Request {
    /** The bytes of a step. */
    public static final int STEP = 4;

    /** Tasks there can be in a scenario; the first is 0 and is there from the start. */
    public static final int TASKS = 4;

    /** A task makes a call. */
    public static final int CALL = 0;

    /** A task starts another, a thread with an fs state of its own. */
    public static final int START = 1;

    /** A task starts another, a thread that shares its fs state. */
    public static final int START_SHARING = 2;

    /** A task ends. */
    public static final int END = 3;

    /** A task starts a process in a new user namespace, which owns a new mount namespace. */
    public static final int START_LESS_PRIVILEGED = 5;

    /** A task opens the mount namespace of another. */
    public static final int OPEN_NAMESPACE = 4;
  }
}
