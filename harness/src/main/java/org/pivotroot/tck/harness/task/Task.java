package org.pivotroot.tck.harness.task;

import static org.pivotroot.tck.harness.task.Flags.Kind;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pivotroot.tck.harness.wire.Argument;
import org.pivotroot.tck.harness.wire.Call;
import org.pivotroot.tck.harness.wire.Reply;
import org.pivotroot.tck.harness.wire.Request;
import org.pivotroot.tck.harness.wire.Returned;

/**
 * A task of the guest: a thread or process with its own root, working directory, credentials and
 * namespaces. Each method is one system call made by it, named and written in the transcript as the
 * manual page names it, unless its documentation says otherwise.
 *
 * <p>Calls are made in the order in which a claim asks for them, though not before it asks what
 * came of one: until then they wait, and then travel to the guest together.
 */
public final class Task {
  private static final int AT_FDCWD = -100;
  private static final int PATH_BUFFER = 8192;
  private static final int SIGCHLD = 17;

  /** Where capget(2) and capset(2) keep the sets of the first 32 capabilities. */
  private static final int EFFECTIVE = 0;

  private static final int PERMITTED = 4;

  /** Functions that tell of failure by a null pointer. */
  private static final Set<String> RETURNING_POINTERS = Set.of("getcwd", "getwd");

  private final Trial trial;
  private final String name;

  /** Whether descriptors that it opens are the agent's. */
  private final boolean thread;

  /** Null while it waits to be started. */
  private Reply.Started place;

  Task(Trial trial, String name, boolean thread) {
    this.trial = trial;
    this.name = name;
    this.thread = thread;
  }

  void startedAt(Reply.Started started) {
    place = started;
  }

  /** Its ids in the guest's first pid namespace. */
  private Reply.Started place() {
    if (place == null) {
      trial.makeWaitingCalls();
    }
    return place;
  }

  /** The task's name in the claim and in the transcript. */
  public String name() {
    return name;
  }

  // Other tasks

  /** Starts a thread that inherits this task's state and has an fs state of its own. */
  public Task fork(String newName) {
    return start(newName, true);
  }

  /** Starts a thread that shares root and working directory with this task (CLONE_FS). */
  public Task forkSharingFs(String newName) {
    return start(newName, false);
  }

  private Task start(String newName, boolean ownFs) {
    return start(
        new Task(trial, newName, true),
        new Request.Start(newName, name, ownFs),
        name + ": clone(" + (ownFs ? "0" : "CLONE_FS") + ")");
  }

  /**
   * Starts a child process that is a task. It needs the userland in its root. It makes system calls
   * only: it runs no program, calls no other function of the C library and starts no task.
   *
   * @param command a program and arguments that run the command line put behind them, such as
   *     {@code unshare --user}
   */
  public Task process(String newName, String... command) {
    return start(
        new Task(trial, newName, false),
        new Request.Launch(newName, name, List.of(command)),
        name + ": $ " + ShellWords.of(command) + " &");
  }

  private Task start(Task task, Request request, String text) {
    trial.askLater(
        request,
        text,
        Reply.Started.class,
        started -> {
          task.startedAt(started);
          trial.transcript.add(text + " = " + task.name);
        });
    trial.tasks.put(task.name, task);
    return task;
  }

  /** Ends the task, as exit(2) of its thread or process does. */
  public void exit() {
    String text = name + ": exit(0)";
    trial.askLater(
        new Request.End(name), text, Reply.Done.class, done -> trial.transcript.add(text));
    trial.tasks.remove(name);
  }

  // The calls the claims are about

  /** pivot_root(2). A failure is checked to have changed nothing for any task of the claim. */
  public Outcome<Void> pivotRoot(String newRoot, String putOld) {
    return watched(
        "pivot_root(" + quote(newRoot) + ", " + quote(putOld) + ")",
        155,
        text(newRoot),
        text(putOld));
  }

  /** pivot_root(2) with an address that is not the task's as {@code new_root}. */
  public Outcome<Void> pivotRootBadNewRoot(String putOld) {
    return watched("pivot_root(0x1, " + quote(putOld) + ")", 155, number(1), text(putOld));
  }

  /** pivot_root(2) with an address that is not the task's as {@code put_old}. */
  public Outcome<Void> pivotRootBadPutOld(String newRoot) {
    return watched("pivot_root(" + quote(newRoot) + ", 0x1)", 155, text(newRoot), number(1));
  }

  /** chroot(2). */
  public Outcome<Void> chroot(String path) {
    return watched("chroot(" + quote(path) + ")", 161, text(path));
  }

  /** chroot(2) with an address that is not the task's as {@code path}. */
  public Outcome<Void> chrootBadPointer() {
    return watched("chroot(0x1)", 161, number(1));
  }

  /** chdir(2). */
  public Outcome<Void> chdir(String path) {
    return call("chdir(" + quote(path) + ")", 80, text(path));
  }

  /** fchdir(2). */
  public Outcome<Void> fchdir(Descriptor descriptor) {
    return call("fchdir(" + descriptor.name() + ")", 81, number(descriptor.number()));
  }

  /** The getcwd system call itself, without a C library around it. */
  public Outcome<String> getcwd() {
    return call(
        "getcwd()",
        returned -> string(returned, 0),
        "syscall",
        number(79),
        memory(PATH_BUFFER),
        number(PATH_BUFFER));
  }

  /** getcwd(3) of the guest's C library. */
  public Outcome<String> libcGetcwd() {
    return call(
        "libc getcwd()",
        returned -> string(returned, 0),
        "getcwd",
        memory(PATH_BUFFER),
        number(PATH_BUFFER));
  }

  /** The getcwd system call with a buffer of this many bytes. */
  public Outcome<CwdBuffer> getcwd(int size) {
    return call(
        "getcwd(buf, " + size + ")",
        CwdBuffer::of,
        "syscall",
        number(79),
        new Argument.Memory(CwdBuffer.unused(size)),
        number(size));
  }

  /** The getcwd system call with an address that is not the task's as {@code buf}. */
  public Outcome<Void> getcwdBadBuffer(int size) {
    return call("getcwd(0x1, " + size + ")", 79, number(1), number(size));
  }

  /** getcwd(3) of the guest's C library with a buffer of this many bytes. */
  public Outcome<String> libcGetcwd(int size) {
    return call(
        "libc getcwd(buf, " + size + ")",
        returned -> string(returned, 0),
        "getcwd",
        memory(size),
        number(size));
  }

  /** getcwd(3) of the guest's C library with an address that is not the task's as {@code buf}. */
  public Outcome<Void> libcGetcwdBadBuffer(int size) {
    return call(
        "libc getcwd(0x1, " + size + ")", returned -> null, "getcwd", number(1), number(size));
  }

  /** getcwd(3) of the guest's C library without a buffer: it allocates one, freed here. */
  public Outcome<AllocatedString> libcGetcwdAllocating(int size) {
    return allocated(
        "libc getcwd(NULL, " + size + ")",
        List.of(new Call("getcwd", List.of(number(0), number(size)))),
        0);
  }

  /**
   * getcwd(3) of the guest's C library into memory from malloc(3) of this many bytes: whether the
   * returned pointer is the one handed in. Failure breaks the trial.
   */
  public boolean libcGetcwdReturnsItsBuffer(int size) {
    String text = "libc getcwd(buf, " + size + ")";
    List<Returned> results =
        batch(
            text,
            List.of(
                new Call("malloc", List.of(number(size))),
                new Call("getcwd", List.of(new Argument.Result(0), number(size))),
                new Call("free", List.of(new Argument.Result(0)))));
    boolean same = results.get(1).value() == results.get(0).value();
    trial.transcript.add(name + ": " + text + " = " + (same ? "buf" : "something else"));
    return same;
  }

  /** getwd(3) of the guest's C library. */
  public Outcome<String> libcGetwd() {
    return call("libc getwd(buf)", returned -> string(returned, 0), "getwd", memory(PATH_BUFFER));
  }

  /** getwd(3) of the guest's C library with a null pointer. */
  public Outcome<Void> libcGetwdNull() {
    return call("libc getwd(NULL)", returned -> null, "getwd", number(0));
  }

  /** get_current_dir_name(3) of the guest's C library, with PWD not in the environment. */
  public Outcome<AllocatedString> libcGetCurrentDirName() {
    return allocated(
        "libc get_current_dir_name()",
        List.of(
            new Call("unsetenv", List.of(text("PWD"))),
            new Call("get_current_dir_name", List.of())),
        1);
  }

  /** get_current_dir_name(3) of the guest's C library, with this as PWD for its duration. */
  public Outcome<AllocatedString> libcGetCurrentDirName(String pwd) {
    return allocated(
        "PWD=" + pwd + " libc get_current_dir_name()",
        List.of(
            new Call("setenv", List.of(text("PWD"), text(pwd), number(1))),
            new Call("get_current_dir_name", List.of()),
            new Call("unsetenv", List.of(text("PWD")))),
        1);
  }

  /** Calls of which one returns a string that the C library has allocated, or a null pointer. */
  private Outcome<AllocatedString> allocated(String text, List<Call> calls, int allocating) {
    Returned returned = batch(text, calls).get(allocating);
    long address = returned.value();
    if (address == 0) {
      return made(text, returned, "getcwd", none -> null);
    }
    Call strlen = new Call("strlen", List.of(number(address)));
    int size = (int) batch(text, List.of(strlen)).get(0).value();
    List<Returned> results =
        batch(
            text,
            List.of(
                new Call("memcpy", List.of(memory(size + 1), number(address), number(size))),
                new Call("malloc_usable_size", List.of(number(address))),
                new Call("free", List.of(number(address)))));
    AllocatedString string = new AllocatedString(string(results.get(0), 0), results.get(1).value());
    return made(text, returned, "getcwd", any -> string);
  }

  /** umount2(2). A failure is checked to have changed nothing for any task of the claim. */
  public Outcome<Void> umount(String target, Flags... flags) {
    return watched(
        "umount2(" + quote(target) + ", " + Flags.text(flags) + ")",
        166,
        text(target),
        number(Flags.bits(Kind.UMOUNT, flags)));
  }

  /** umount2(2) with flags that have no name, given as bits. A failure is checked likewise. */
  public Outcome<Void> umountBits(String target, long flags) {
    return watched(
        "umount2(" + quote(target) + ", 0x" + Long.toHexString(flags) + ")",
        166,
        text(target),
        number(flags));
  }

  /** umount2(2) with an address that is not the task's as {@code target}. */
  public Outcome<Void> umountBadPointer() {
    return watched("umount2(0x1, 0)", 166, number(1), number(0));
  }

  // Mounts

  /** mount(2) of a new tmpfs. */
  public Outcome<Void> mountTmpfs(String target, Flags... flags) {
    return mount("tmpfs", target, "tmpfs", flags);
  }

  /** mount(2) with MS_BIND. */
  public Outcome<Void> bind(String source, String target, Flags... more) {
    Flags[] flags = Arrays.copyOf(more, more.length + 1);
    flags[more.length] = Flags.MS_BIND;
    return mount(source, target, "", flags);
  }

  /** mount(2) with MS_MOVE. */
  public Outcome<Void> move(String source, String target) {
    return mount(source, target, "", Flags.MS_MOVE);
  }

  /** mount(2) that changes the propagation type, such as MS_SHARED or MS_REC and MS_PRIVATE. */
  public Outcome<Void> propagation(String target, Flags... flags) {
    return mount("none", target, "", flags);
  }

  /** mount(2). */
  public Outcome<Void> mount(String source, String target, String type, Flags... flags) {
    return watched(
        "mount("
            + quote(source)
            + ", "
            + quote(target)
            + ", "
            + quote(type)
            + ", "
            + Flags.text(flags)
            + ")",
        165,
        text(source),
        text(target),
        text(type),
        number(Flags.bits(Kind.MOUNT, flags)),
        number(0));
  }

  /** open_tree(2). */
  public Outcome<Descriptor> openTree(String path, Flags... flags) {
    return call(
        "open_tree(AT_FDCWD, " + quote(path) + ", " + Flags.text(flags) + ")",
        this::descriptor,
        "syscall",
        number(428),
        number(AT_FDCWD),
        text(path),
        number(Flags.bits(Kind.OPEN_TREE, flags)));
  }

  /** move_mount(2) of what a descriptor from {@link #openTree} refers to, to a path. */
  public Outcome<Void> moveMount(Descriptor from, String to) {
    return watched(
        "move_mount("
            + from.name()
            + ", \"\", AT_FDCWD, "
            + quote(to)
            + ", MOVE_MOUNT_F_EMPTY_PATH)",
        429,
        number(from.number()),
        text(""),
        number(AT_FDCWD),
        text(to),
        number(Flags.bits(Kind.MOVE_MOUNT, Flags.MOVE_MOUNT_F_EMPTY_PATH)));
  }

  // Namespaces and credentials

  /** prctl(2) with PR_SET_KEEPCAPS: a change of the user id leaves the permitted capabilities. */
  public Outcome<Void> keepCapabilities() {
    return call("prctl(PR_SET_KEEPCAPS, 1)", 157, number(8), number(1));
  }

  /** capset(2) that makes these the only effective and permitted capabilities. */
  public Outcome<Void> keepOnly(Capability... capabilities) {
    long mask = Arrays.stream(capabilities).mapToLong(Capability::mask).reduce(0, (a, b) -> a | b);
    byte[] sets =
        ByteBuffer.allocate(24)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(0, (int) mask)
            .putInt(4, (int) mask)
            .array();
    String kept = Arrays.stream(capabilities).map(Enum::name).collect(Collectors.joining(", "));
    return call(
        "capset(only " + kept + ")",
        126,
        new Argument.Memory(capabilityHeader()),
        new Argument.Memory(sets));
  }

  /** unshare(2). */
  public Outcome<Void> unshare(Flags... flags) {
    return call("unshare(" + Flags.text(flags) + ")", 272, number(Flags.bits(Kind.CLONE, flags)));
  }

  /** setns(2) with CLONE_NEWNS, into the mount namespace of another task. */
  public Outcome<Void> setnsMount(Descriptor namespace) {
    return call(
        "setns(" + namespace.name() + ", CLONE_NEWNS)",
        308,
        number(namespace.number()),
        number(0x20000));
  }

  /** setns(2); without flags, whatever kind of namespace the descriptor is of. */
  public Outcome<Void> setns(Descriptor namespace, Flags... type) {
    return call(
        "setns(" + namespace.name() + ", " + Flags.text(type) + ")",
        308,
        number(namespace.number()),
        number(Flags.bits(Kind.CLONE, type)));
  }

  /** unshare(2) with flags that have no name, given as bits. */
  public Outcome<Void> unshareBits(long flags) {
    return call("unshare(0x" + Long.toHexString(flags) + ")", 272, number(flags));
  }

  /**
   * clone(2) with SIGCHLD and a stack that is no memory of the task: a child, where there is one,
   * ends at its first return and is waited for. For whether the kernel lets it begin at all.
   */
  public Outcome<Void> clone(Flags... flags) {
    long bits = Flags.bits(Kind.CLONE, flags) | SIGCHLD;
    Call clone =
        new Call(
            "syscall",
            List.of(number(56), number(bits), number(1), number(0), number(0), number(0)));
    return child("clone(stack 0x1, " + Flags.text(flags) + "|SIGCHLD)", clone);
  }

  /**
   * clone3(2), for flags that clone(2) has no room for, with a child like that of {@link #clone}.
   */
  public Outcome<Void> clone3(Flags... flags) {
    ByteBuffer arguments = ByteBuffer.allocate(88).order(ByteOrder.LITTLE_ENDIAN);
    arguments.putLong(0, Flags.bits(Kind.CLONE, flags)).putLong(32, SIGCHLD);
    arguments.putLong(40, 4096).putLong(48, 16);
    Call clone =
        new Call(
            "syscall", List.of(number(435), new Argument.Memory(arguments.array()), number(88)));
    return child("clone3(stack 0x1000, " + Flags.text(flags) + ", SIGCHLD)", clone);
  }

  private Outcome<Void> child(String text, Call clone) {
    Call waitForIt =
        new Call(
            "syscall",
            List.of(number(61), new Argument.Result(0), number(0), number(0x40000000), number(0)));
    return made(text, batch(text, List.of(clone, waitForIt)).get(0), "syscall", result -> null);
  }

  /** pidfd_open(2) of another task, which must be a process. */
  public Outcome<Descriptor> pidfdOpen(Task process) {
    return call(
        "pidfd_open(" + process.name + ", 0)",
        this::descriptor,
        "syscall",
        number(434),
        number(process.place().pid()),
        number(0));
  }

  /** ioctl(2) NS_GET_USERNS: a descriptor of the user namespace that owns a namespace. */
  public Outcome<Descriptor> owningUserNamespace(Descriptor namespace) {
    return call(
        "ioctl(" + namespace.name() + ", NS_GET_USERNS)",
        this::descriptor,
        "syscall",
        number(16),
        number(namespace.number()),
        number(0xb701));
  }

  /** setresuid(2) with the same id three times. */
  public Outcome<Void> setresuid(int uid) {
    return call(
        "setresuid(" + uid + ", " + uid + ", " + uid + ")",
        117,
        number(uid),
        number(uid),
        number(uid));
  }

  /** capset(2) that removes these capabilities from the effective and permitted sets. */
  public Outcome<Void> drop(Capability... capabilities) {
    return setCapabilities(
        "without " + names(capabilities),
        (set, offset) ->
            offset == PERMITTED || offset == EFFECTIVE ? set & ~masks(capabilities) : set);
  }

  /** capset(2) that removes these capabilities from the effective set alone. */
  public Outcome<Void> lower(Capability... capabilities) {
    return setCapabilities(
        "without effective " + names(capabilities),
        (set, offset) -> offset == EFFECTIVE ? set & ~masks(capabilities) : set);
  }

  /** capset(2) that adds these capabilities, which must be permitted, to the effective set. */
  public Outcome<Void> raise(Capability... capabilities) {
    return setCapabilities(
        "with effective " + names(capabilities),
        (set, offset) -> offset == EFFECTIVE ? set | masks(capabilities) : set);
  }

  /** A change of one set, given by its offset, of the first 32 capabilities. */
  private interface CapabilityChange {
    int apply(int set, int offset);
  }

  private Outcome<Void> setCapabilities(String text, CapabilityChange change) {
    byte[] header = capabilityHeader();
    Outcome<byte[]> sets =
        call(
            "capget()",
            returned -> returned.memory().get(1),
            "syscall",
            number(125),
            new Argument.Memory(header),
            memory(24));
    ByteBuffer data = ByteBuffer.wrap(sets.value()).order(ByteOrder.LITTLE_ENDIAN);
    for (int offset : List.of(EFFECTIVE, PERMITTED)) {
      data.putInt(offset, change.apply(data.getInt(offset), offset));
    }
    return call(
        "capset(" + text + ")",
        126,
        new Argument.Memory(header),
        new Argument.Memory(data.array()));
  }

  private static String names(Capability... capabilities) {
    return Arrays.stream(capabilities).map(Enum::name).collect(Collectors.joining(", "));
  }

  private static int masks(Capability... capabilities) {
    return (int)
        (long) Arrays.stream(capabilities).map(Capability::mask).reduce(0L, (a, b) -> a | b);
  }

  private static byte[] capabilityHeader() {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(0x20080522).array();
  }

  // Files

  /** mkdir(2) with mode 0755. */
  public Outcome<Void> mkdir(String path) {
    return call("mkdir(" + quote(path) + ")", 83, text(path), number(0755));
  }

  /** mkdir(2). */
  public Outcome<Void> mkdir(String path, int mode) {
    return call(
        "mkdir(" + quote(path) + ", 0" + Integer.toOctalString(mode) + ")",
        83,
        text(path),
        number(mode));
  }

  /**
   * mkdir(2) and chdir(2) into the directory just made, so many times: how a path longer than
   * PATH_MAX comes about. A failure breaks the trial.
   */
  public void enterNewDirectories(String directory, int levels) {
    List<Call> calls = new ArrayList<>();
    for (int level = 0; level < levels; level++) {
      calls.add(Layout.mkdir(directory));
      calls.add(Layout.chdir(directory));
    }
    String shown = quote(directory);
    String text = "mkdir(" + shown + "), chdir(" + shown + "), " + levels + " times";
    Layout.check(calls, batch(text, calls));
    trial.transcript.add(name + ": " + text + " = 0");
  }

  /** rmdir(2). */
  public Outcome<Void> rmdir(String path) {
    return call("rmdir(" + quote(path) + ")", 84, text(path));
  }

  /** unlink(2). */
  public Outcome<Void> unlink(String path) {
    return call("unlink(" + quote(path) + ")", 87, text(path));
  }

  /** rename(2). */
  public Outcome<Void> rename(String from, String to) {
    return call("rename(" + quote(from) + ", " + quote(to) + ")", 82, text(from), text(to));
  }

  /** symlink(2). */
  public Outcome<Void> symlink(String target, String path) {
    return call(
        "symlink(" + quote(target) + ", " + quote(path) + ")", 88, text(target), text(path));
  }

  /** mknod(2) of an empty regular file. */
  public Outcome<Void> createFile(String path) {
    return call(
        "mknod(" + quote(path) + ", S_IFREG|0644)", 133, text(path), number(0100644), number(0));
  }

  /** mknod(2) of a fifo. */
  public Outcome<Void> createFifo(String path) {
    return call(
        "mknod(" + quote(path) + ", S_IFIFO|0644)", 133, text(path), number(0010644), number(0));
  }

  /** mknod(2) of the device that /dev/null is. */
  public Outcome<Void> createDevice(String path) {
    return call(
        "mknod(" + quote(path) + ", S_IFCHR|0644, makedev(1, 3))",
        133,
        text(path),
        number(0020644),
        number(0x103));
  }

  /** statx(2) following symbolic links. */
  public Outcome<FileId> stat(String path) {
    return call(
        "statx(AT_FDCWD, " + quote(path) + ")",
        returned -> FileId.of(returned.memory().get(0)),
        "syscall",
        number(332),
        number(AT_FDCWD),
        text(path),
        number(0),
        number(FileId.STATX_BASIC_STATS_AND_MNT_ID),
        memory(FileId.STATX_SIZE));
  }

  /** statx(2) of a path below /proc/TID/root of a task, by this task's own /proc. */
  public Outcome<FileId> statThroughRootOf(Task task, String path) {
    return call(
        "statx(AT_FDCWD, \"/proc/" + task.name + "/root" + path + "\")",
        returned -> FileId.of(returned.memory().get(0)),
        "syscall",
        number(332),
        number(AT_FDCWD),
        text("/proc/" + task.procPath("root") + path),
        number(0),
        number(FileId.STATX_BASIC_STATS_AND_MNT_ID),
        memory(FileId.STATX_SIZE));
  }

  /** statx(2) of what a descriptor refers to. */
  public Outcome<FileId> stat(Descriptor descriptor) {
    return call(
        "statx(" + descriptor.name() + ", \"\", AT_EMPTY_PATH)",
        returned -> FileId.of(returned.memory().get(0)),
        "syscall",
        number(332),
        number(descriptor.number()),
        text(""),
        number(0x1000),
        number(FileId.STATX_BASIC_STATS_AND_MNT_ID),
        memory(FileId.STATX_SIZE));
  }

  /** readlink(2). */
  public Outcome<String> readlink(String path) {
    return call(
        "readlink(" + quote(path) + ")",
        returned ->
            new String(returned.memory().get(0), 0, (int) returned.value(), StandardCharsets.UTF_8),
        "syscall",
        number(89),
        text(path),
        memory(PATH_BUFFER),
        number(PATH_BUFFER));
  }

  /**
   * readlink(2) of a link about a task in /proc, such as {@code cwd}: the path is /proc/TID/LINK,
   * by this task's own /proc.
   */
  public Outcome<String> readlinkOf(Task task, String link) {
    return call(
        "readlink(\"/proc/" + task.name + "/" + link + "\")",
        returned ->
            new String(returned.memory().get(0), 0, (int) returned.value(), StandardCharsets.UTF_8),
        "syscall",
        number(89),
        text("/proc/" + task.procPath(link)),
        memory(PATH_BUFFER),
        number(PATH_BUFFER));
  }

  /** open(2) with O_CLOEXEC. */
  public Outcome<Descriptor> open(String path, Flags... flags) {
    return call(
        "open(" + quote(path) + ", " + Flags.text(flags) + ")",
        this::descriptor,
        "syscall",
        number(257),
        number(AT_FDCWD),
        text(path),
        number(Flags.bits(Kind.OPEN, flags) | 0x80000),
        number(0644));
  }

  /** openat(2) with O_CLOEXEC, relative to a descriptor. */
  public Outcome<Descriptor> openat(Descriptor directory, String path, Flags... flags) {
    return call(
        "openat(" + directory.name() + ", " + quote(path) + ", " + Flags.text(flags) + ")",
        this::descriptor,
        "syscall",
        number(257),
        number(directory.number()),
        text(path),
        number(Flags.bits(Kind.OPEN, flags) | 0x80000),
        number(0644));
  }

  /** read(2) of a text: how many lines it brings, none at the end. */
  public Outcome<Integer> readLines(Descriptor descriptor) {
    return call(
        "lines of read(" + descriptor.name() + ")",
        returned -> (int) string(returned, 0).lines().count(),
        "syscall",
        number(0),
        number(descriptor.number()),
        memory(16384),
        number(16384));
  }

  /** openat2(2) with O_PATH and O_CLOEXEC, relative to a descriptor. */
  public Outcome<Descriptor> openat2(Descriptor directory, String path, Flags... resolve) {
    byte[] how =
        ByteBuffer.allocate(24)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(0, 0x280000)
            .putLong(16, Flags.bits(Kind.RESOLVE, resolve))
            .array();
    return call(
        "openat2("
            + directory.name()
            + ", "
            + quote(path)
            + ", O_PATH, "
            + Flags.text(resolve)
            + ")",
        this::descriptor,
        "syscall",
        number(437),
        number(directory.number()),
        text(path),
        new Argument.Memory(how),
        number(how.length));
  }

  /** close(2). */
  public Outcome<Void> close(Descriptor descriptor) {
    if (thread) {
      trial.descriptors.remove(descriptor.number());
    }
    return call("close(" + descriptor.name() + ")", 3, number(descriptor.number()));
  }

  /** mmap(2) of the first page of a file, private and for reading. */
  public Outcome<Mapping> mmap(Descriptor descriptor) {
    return call(
        "mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, " + descriptor.name() + ", 0)",
        returned -> new Mapping(returned.value()),
        "syscall",
        number(9),
        number(0),
        number(4096),
        number(1),
        number(2),
        number(descriptor.number()),
        number(0));
  }

  /** Memory that {@link #mmap} made; of the whole process, if the task is one of its threads. */
  public record Mapping(long address) {
    /** Stable, as no address is. */
    @Override
    public String toString() {
      return "ADDRESS";
    }
  }

  /**
   * sched_setaffinity(2) to one processor. A task begins on that of the task that started it, the
   * first on the lowest-numbered that its guest has.
   */
  public Outcome<Void> runOnProcessor(int number) {
    byte[] set = new byte[128];
    set[number / 8] = (byte) (1 << number % 8);
    return call(
        "sched_setaffinity(0, {" + number + "})",
        203,
        number(0),
        number(set.length),
        new Argument.Memory(set));
  }

  /** munmap(2). */
  public Outcome<Void> munmap(Mapping mapping) {
    return call("munmap(" + mapping + ", 4096)", 11, number(mapping.address()), number(4096));
  }

  /** inotify_init1(2) with IN_NONBLOCK and IN_CLOEXEC. */
  public Outcome<Descriptor> inotifyInit() {
    return call(
        "inotify_init1(IN_NONBLOCK|IN_CLOEXEC)",
        this::descriptor,
        "syscall",
        number(294),
        number(0x80800));
  }

  /**
   * inotify_add_watch(2) for IN_DELETE_SELF, and so for IN_UNMOUNT, which comes unasked when the
   * file system itself ends. A watch keeps neither mount nor file system busy.
   */
  public Outcome<Void> inotifyAddWatch(Descriptor inotify, String path) {
    return call(
        "inotify_add_watch(" + inotify.name() + ", " + quote(path) + ", IN_DELETE_SELF)",
        254,
        number(inotify.number()),
        text(path),
        number(0x400));
  }

  /**
   * read(2) of an inotify descriptor: the masks of all waiting events, by name, without IN_ISDIR.
   */
  public Outcome<String> inotifyEvents(Descriptor inotify) {
    return call(
        "read(" + inotify.name() + ")",
        returned -> {
          ByteBuffer events =
              ByteBuffer.wrap(returned.memory().get(0)).order(ByteOrder.LITTLE_ENDIAN);
          List<String> names = new ArrayList<>();
          int at = 0;
          while (at < returned.value()) {
            int mask = events.getInt(at + 4);
            names.add(inotifyMask(mask));
            at += 16 + events.getInt(at + 12);
          }
          return String.join(" ", names);
        },
        "syscall",
        number(0),
        number(inotify.number()),
        memory(PATH_BUFFER),
        number(PATH_BUFFER));
  }

  private static String inotifyMask(int mask) {
    List<String> bits = new ArrayList<>();
    if ((mask & 0x2000) != 0) {
      bits.add("IN_UNMOUNT");
    }
    if ((mask & 0x8000) != 0) {
      bits.add("IN_IGNORED");
    }
    int others = mask & ~(0x2000 | 0x8000 | 0x40000000 /* IN_ISDIR */);
    if (others != 0) {
      bits.add("0x" + Integer.toHexString(others));
    }
    return String.join("|", bits);
  }

  /** umask(2): the mask until now, in octal. */
  public Outcome<String> umask(int mask) {
    return call(
        "umask(0" + Integer.toOctalString(mask) + ")",
        returned -> "0" + Long.toOctalString(returned.value()),
        "syscall",
        number(95),
        number(mask));
  }

  /** poll(2) with no timeout on one descriptor, for POLLPRI: the events returned, by name. */
  public Outcome<String> poll(Descriptor descriptor) {
    byte[] request =
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) descriptor.number())
            .putShort((short) 2)
            .array();
    return call(
        "poll(" + descriptor.name() + ", POLLPRI, 0)",
        returned -> {
          int events =
              ByteBuffer.wrap(returned.memory().get(0)).order(ByteOrder.LITTLE_ENDIAN).getShort(6);
          List<String> names = new ArrayList<>();
          if ((events & 2) != 0) {
            names.add("POLLPRI");
          }
          if ((events & 8) != 0) {
            names.add("POLLERR");
          }
          return String.join("|", names);
        },
        "syscall",
        number(7),
        new Argument.Memory(request),
        number(1),
        number(0));
  }

  /** Whether the C library has a function of this name (dlsym(3)). */
  public Outcome<Boolean> libcHas(String function) {
    return call(
        "dlsym(RTLD_DEFAULT, " + quote(function) + ")",
        returned -> returned.value() != 0,
        "dlsym",
        number(0),
        text(function));
  }

  /** Runs a program with the task's root, working directory, credentials and namespaces. */
  public Outcome<Ran> run(String... command) {
    return runWithInput("", command);
  }

  /** Runs a program that reads the input, at most some kilobytes. */
  public Outcome<Ran> runWithInput(String input, String... command) {
    String typed =
        name
            + ": $ "
            + (input.isEmpty() ? "" : ShellWords.of("printf", "%s", input) + " | ")
            + ShellWords.of(command);
    Outcome<Ran> outcome = new Outcome<>(trial);
    trial.askLater(
        new Request.Run(
            name,
            List.of(command),
            List.of("PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"),
            input.getBytes(StandardCharsets.UTF_8)),
        typed,
        Reply.Ended.class,
        ended -> {
          Ran ran =
              new Ran(
                  ended.status(),
                  new String(ended.output(), StandardCharsets.UTF_8).stripTrailing(),
                  new String(ended.error(), StandardCharsets.UTF_8).stripTrailing());
          trial.made(outcome, new Outcome.Known<>(typed + " = " + ran, ran, null, ""));
        });
    return outcome;
  }

  // Seen from outside, by /proc

  /** Where /proc/TID/root leads; nothing the task itself does. */
  public Outcome<FileId> root() {
    return seen("root", View::root);
  }

  /** Where /proc/TID/cwd leads; nothing the task itself does. */
  public Outcome<FileId> cwd() {
    return seen("cwd", View::cwd);
  }

  /** /proc/TID/mountinfo: the mounts within the task's root. */
  public Outcome<MountTable> mounts() {
    return seen("mountinfo", View::mounts);
  }

  /** The mount table of the task's namespace as seen from the namespace's own root. */
  public Outcome<MountTable> tree() {
    return seen("mountinfo from the namespace's root", View::tree);
  }

  /** All of that at once; two views are equal if nothing about the task differs. */
  public Outcome<View> view() {
    return seen("view", view -> view);
  }

  private <T> Outcome<T> seen(String what, Function<View, T> part) {
    Outcome<T> outcome = new Outcome<>(trial);
    trial.surveyLater(
        name,
        view -> {
          T value = part.apply(view);
          String line = "# " + what + " of " + name + " is " + trial.names.of(value);
          trial.made(outcome, new Outcome.Known<>(line, value, null, ""));
        });
    return outcome;
  }

  /** The path of a file below the guest's first /proc, relative to it, that is about this task. */
  String procPath(String file) {
    return place().pid() + "/task/" + place().tid() + "/" + file;
  }

  // The making of calls

  private Outcome<Void> call(String text, int number, Argument... arguments) {
    return call(text, returned -> null, "syscall", prepend(number, arguments));
  }

  private <T> Outcome<T> call(
      String text, Function<Returned, T> result, String function, Argument... arguments) {
    if (!function.equals("syscall")) {
      // How a function tells of failure, the agent does not know: nothing may wait for its success.
      List<Call> calls = List.of(new Call(function, List.of(arguments)));
      return made(text, batch(text, calls).get(0), function, result);
    }
    Outcome<T> outcome = new Outcome<>(trial);
    trial.askLater(
        new Request.Invoke(name, List.of(new Call(function, List.of(arguments)))),
        name + ": " + text,
        Reply.Results.class,
        made -> trial.made(outcome, known(text, made.results().get(0), function, result, "")));
    return outcome;
  }

  /** A call whose failure must leave everything as it was, for every task of the trial. */
  private Outcome<Void> watched(String text, int number, Argument... arguments) {
    Call call = new Call("syscall", List.of(prepend(number, arguments)));
    Outcome<Void> outcome = new Outcome<>(trial);
    trial.askLater(
        new Request.Watch(name, call, List.copyOf(trial.tasks.keySet())),
        name + ": " + text,
        Reply.Watched.class,
        made -> {
          String trace = Trial.changes(Trial.views(made.before()), Trial.views(made.after()));
          trial.made(outcome, known(text, made.returned(), "syscall", result -> null, trace));
        });
    return outcome;
  }

  /** Calls that belong together, up to the first that fails, made at once. */
  private List<Returned> batch(String text, List<Call> calls) {
    return trial
        .ask(new Request.Invoke(name, calls), name + ": " + text, Reply.Results.class)
        .results();
  }

  private <T> Outcome<T> made(
      String text, Returned returned, String function, Function<Returned, T> result) {
    Outcome<T> outcome = new Outcome<>(trial);
    trial.made(outcome, known(text, returned, function, result, ""));
    return outcome;
  }

  private <T> Outcome.Known<T> known(
      String text, Returned returned, String function, Function<Returned, T> result, String trace) {
    boolean failed =
        returned.value() == -1 || (RETURNING_POINTERS.contains(function) && returned.value() == 0);
    if (failed) {
      Errno errno = Errno.of(returned.errno());
      String line = name + ": " + text + " = -1 " + errno.described();
      return new Outcome.Known<>(line, null, errno, trace);
    }
    T value = result.apply(returned);
    String shown =
        value == null
            ? "0"
            : value instanceof String string
                ? quote(string)
                : value instanceof Descriptor descriptor
                    ? descriptor.name()
                    : value instanceof byte[] ? "0" : trial.names.of(value);
    return new Outcome.Known<>(name + ": " + text + " = " + shown, value, null, trace);
  }

  private Descriptor descriptor(Returned returned) {
    if (thread) {
      trial.descriptors.add(returned.value());
    }
    Descriptor descriptor = new Descriptor(returned.value(), "fd#" + ++trial.descriptorNumber);
    trial.opened.put(descriptor.path(), descriptor);
    return descriptor;
  }

  private static Argument[] prepend(int number, Argument... arguments) {
    Argument[] all = new Argument[arguments.length + 1];
    all[0] = number(number);
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return all;
  }

  private static Argument number(long value) {
    return new Argument.Word(value);
  }

  private static Argument text(String value) {
    return new Argument.Text(value);
  }

  private static Argument memory(int size) {
    return new Argument.Memory(new byte[size]);
  }

  private static String string(Returned returned, int memory) {
    byte[] bytes = returned.memory().get(memory);
    int length = 0;
    while (bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private String quote(String path) {
    return quoted(trial.withDescriptorNames(path));
  }

  static String quoted(String text) {
    return text.length() > 64
        ? "\"" + text.substring(0, 16) + "\"... (" + text.length() + " bytes)"
        : "\"" + text + "\"";
  }
}
