#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <linux/nsfs.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef OPEN_TREE_CLONE
#define OPEN_TREE_CLONE 1
#endif
#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif
#ifndef MOVE_MOUNT_F_EMPTY_PATH
#define MOVE_MOUNT_F_EMPTY_PATH 4
#endif
#ifndef MOVE_MOUNT_T_EMPTY_PATH
#define MOVE_MOUNT_T_EMPTY_PATH 0x40
#endif
#ifndef UNSHARE_EMPTY_MNTNS
#define UNSHARE_EMPTY_MNTNS 0x100000
#endif
#ifndef STATX_MNT_ID
#define STATX_MNT_ID 0x1000
#endif

/* What all tasks have in common, those in processes of their own too. */
static struct {
	pthread_mutex_t mutex;
	pthread_cond_t moved;
	int now;
	int status;
	int ready;
	int differs;
	int incomplete;
	int count;
	struct {
		char name[24];
		pid_t pid;
		pid_t tid;
	} tasks[16];
} *shared;

static int memory;
static int program;
static __thread char text[8192];
__attribute__((unused)) static long fd[64];

/* All tasks end, wherever they are. */
static void stop(int status)
{
	fflush(stdout);
	pthread_mutex_lock(&shared->mutex);
	shared->status = status;
	shared->now = -1;
	pthread_cond_broadcast(&shared->moved);
	pthread_mutex_unlock(&shared->mutex);
	_exit(status);
}

static void turn(int number)
{
	pthread_mutex_lock(&shared->mutex);
	while (shared->now != number && shared->now != -1)
		pthread_cond_wait(&shared->moved, &shared->mutex);
	pthread_mutex_unlock(&shared->mutex);
	if (shared->now == -1)
		_exit(shared->status);
	text[0] = 0;
}

static void next(void)
{
	pthread_mutex_lock(&shared->mutex);
	shared->now++;
	pthread_cond_broadcast(&shared->moved);
	pthread_mutex_unlock(&shared->mutex);
}

/* A task that has no more to do still has a root, a working directory and namespaces. */
__attribute__((unused)) static void stay(void)
{
	turn(INT_MAX);
}

static void must(const char *what, long value)
{
	if (value != -1)
		return;
	fprintf(stderr, "%s: %s (are you root?)\n", what, strerror(errno));
	stop(2);
}

static void prepare(void)
{
	pthread_mutexattr_t mutex;
	pthread_condattr_t moved;

	memory = memfd_create("shared", 0);
	if (memory == -1 || ftruncate(memory, sizeof *shared) == -1) {
		perror("memfd_create");
		_exit(2);
	}
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
	pthread_mutexattr_init(&mutex);
	pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
	pthread_mutex_init(&shared->mutex, &mutex);
	pthread_condattr_init(&moved);
	pthread_condattr_setpshared(&moved, PTHREAD_PROCESS_SHARED);
	pthread_cond_init(&shared->moved, &moved);
	program = open("/proc/self/exe", O_RDONLY);
	must("/proc/self/exe", program);
}

__attribute__((unused)) static void say(const char *line)
{
	printf("%s\n", line);
	fflush(stdout);
}

__attribute__((unused)) static void cannot(const char *what)
{
	printf("%s: not done by this program\n", what);
	shared->incomplete = 1;
}

static void result(const char *call, long value, int recorded)
{
	int error = value == -1 ? errno : 0;

	if (error)
		printf("%s = -1 (%s)", call, strerror(error));
	else
		printf("%s = %s", call, text[0] ? text : "0");
	if (error != recorded) {
		printf("   <-- on record: %s", recorded ? strerror(recorded) : "success");
		shared->differs = 1;
	}
	printf("\n");
	fflush(stdout);
}

static void is_ready(const char *name)
{
	pthread_mutex_lock(&shared->mutex);
	snprintf(shared->tasks[shared->count].name, sizeof shared->tasks[0].name, "%s", name);
	shared->tasks[shared->count].pid = getpid();
	shared->tasks[shared->count].tid = gettid();
	shared->count++;
	shared->ready = 1;
	pthread_cond_broadcast(&shared->moved);
	pthread_mutex_unlock(&shared->mutex);
}

__attribute__((unused)) static int number_of(const char *task)
{
	int i = 0;

	while (strcmp(shared->tasks[i].name, task))
		i++;
	return i;
}

__attribute__((unused)) static pid_t pid_of(const char *task)
{
	return shared->tasks[number_of(task)].pid;
}

/* A file of a task below /proc. */
__attribute__((unused)) static const char *of_task(const char *task, const char *file)
{
	static __thread char path[256];
	int i = number_of(task);

	snprintf(path, sizeof path, "/proc/%d/task/%d/%s", shared->tasks[i].pid, shared->tasks[i].tid, file);
	return path;
}

/* What a path through a descriptor leads to. */
__attribute__((unused)) static const char *at_fd(long descriptor, const char *rest)
{
	static __thread char path[256];

	snprintf(path, sizeof path, "/proc/thread-self/fd/%ld%s", descriptor, rest);
	return path;
}

/* What the last call gave, as text. */
__attribute__((unused)) static void same(const char *recorded)
{
	if (!strcmp(text, recorded))
		return;
	printf("   ^-- on record: %s\n", recorded);
	fflush(stdout);
	shared->differs = 1;
}

/* The same, where only the start of the text and its length are on record. */
__attribute__((unused)) static void same_start(const char *recorded, size_t length)
{
	if (!strncmp(text, recorded, strlen(recorded)) && strlen(text) == length)
		return;
	printf("   ^-- on record: %s... (%zu bytes)\n", recorded, length);
	fflush(stdout);
	shared->differs = 1;
}

/* The new thread inherits root and working directory of the one that calls this, which goes on
   when the new one has its own. */
static void begin(void *(*task)(void *))
{
	pthread_t thread;

	shared->ready = 0;
	if (pthread_create(&thread, NULL, task, NULL)) {
		fprintf(stderr, "a thread cannot be started\n");
		stop(2);
	}
	pthread_detach(thread);
	pthread_mutex_lock(&shared->mutex);
	while (!shared->ready)
		pthread_cond_wait(&shared->moved, &shared->mutex);
	pthread_mutex_unlock(&shared->mutex);
}

/* Has the command start this program again, as a task that is a process. */
__attribute__((unused)) static void launch(const char *line, const char *task, char **command)
{
	char *whole[32], self[32], inherited[16];
	int count = 0;
	pid_t child;

	say(line);
	snprintf(self, sizeof self, "/proc/self/fd/%d", program);
	snprintf(inherited, sizeof inherited, "%d", memory);
	while (command[count]) {
		whole[count] = command[count];
		count++;
	}
	whole[count++] = self;
	whole[count++] = (char *)task;
	whole[count++] = inherited;
	whole[count] = NULL;
	shared->ready = 0;
	child = fork();
	if (!child) {
		execvp(whole[0], whole);
		_exit(127);
	}
	must("fork", child);
	while (!shared->ready) {
		if (waitpid(child, NULL, WNOHANG) == child) {
			fprintf(stderr, "%s: the process has ended\n", task);
			stop(2);
		}
		usleep(1000);
	}
}

/* What main does in a process that launch() has started. */
__attribute__((unused)) static void attend(const char *inherited, void *(*task)(void *))
{
	memory = atoi(inherited);
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	task(NULL);
	fflush(stdout);
	_exit(0);
}

/* Returns when the kernel has let go of a task that ends. */
__attribute__((unused)) static void await(const char *task)
{
	int i = number_of(task);

	if (shared->tasks[i].pid != getpid())
		wait(NULL);
	while (syscall(SYS_tgkill, shared->tasks[i].pid, shared->tasks[i].tid, 0) == 0)
		usleep(100);
}

static void finish(int last)
{
	turn(last);
	if (shared->differs)
		printf("Not everything is as recorded.\n");
	else if (shared->incomplete)
		printf("As recorded, as far as this program goes.\n");
	else
		printf("As recorded.\n");
	stop(shared->differs);
}

__attribute__((unused)) static long identify(int at, const char *path, int flags)
{
	struct statx st;
	long value = statx(at, path, flags, STATX_BASIC_STATS | STATX_MNT_ID, &st);

	if (value != -1)
		snprintf(text, sizeof text, "{device %u:%u, inode %llu}", st.stx_dev_major, st.stx_dev_minor,
			 (unsigned long long)st.stx_ino);
	return value;
}

__attribute__((unused)) static long target(const char *path)
{
	long length = readlink(path, text, sizeof text - 1);

	if (length != -1)
		text[length] = 0;
	return length;
}

__attribute__((unused)) static long deepen(const char *name, int times)
{
	while (times--)
		if (mkdir(name, 0755) == -1 || chdir(name) == -1)
			return -1;
	return 0;
}

__attribute__((unused)) static const char *lengthened(const char *start, int length)
{
	char *whole = malloc(length + 1);

	for (int i = 0; i < length; i++)
		whole[i] = start[i % strlen(start)];
	whole[length] = 0;
	return whole;
}

/* Takes capabilities out of the effective set or puts them there; what is dropped is not even
   permitted any more. */
enum capability_change { DROP, LOWER, RAISE };

__attribute__((unused)) static long change_capabilities(enum capability_change change, unsigned long long mask)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &header, data) == -1)
		return -1;
	for (int i = 0; i < 2; i++) {
		unsigned part = mask >> 32 * i;

		data[i].effective = change == RAISE ? data[i].effective | part : data[i].effective & ~part;
		if (change == DROP)
			data[i].permitted &= ~part;
	}
	return syscall(SYS_capset, &header, data);
}

__attribute__((unused)) static void run(const char *line, int recorded, char **command)
{
	int status;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (!child) {
		execvp(command[0], command);
		_exit(127);
	}
	must("waitpid", waitpid(child, &status, 0));
	status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	printf("%s = status %d", line, status);
	if (status != recorded) {
		printf("   <-- on record: status %d", recorded);
		shared->differs = 1;
	}
	printf("\n");
	fflush(stdout);
}

static void join(const char *directory, int flags)
{
	char from[64], to[64];

	snprintf(from, sizeof from, "/%s", directory);
	snprintf(to, sizeof to, "/mnt/%s", directory);
	if (access(from, F_OK) == -1)
		return;
	must("mkdir", mkdir(to, 0755));
	must("mount --bind", mount(from, to, "", MS_BIND | flags, NULL));
}

/* A mount namespace of its own: tmpfs on /, tmpfs on /new, directory /new/old. */
__attribute__((unused)) static void lay_out(int userland)
{
	must("unshare", unshare(CLONE_NEWNS));
	must("mount --make-rprivate /", mount("none", "/", "", MS_REC | MS_PRIVATE, NULL));
	must("mount /mnt", mount("tmpfs", "/mnt", "tmpfs", 0, NULL));
	if (userland) {
		join("usr", 0);
		join("opt", 0);
		join("etc", 0);
		join("proc", MS_REC);
		join("dev", MS_REC);
		must("symlink", symlink("usr/bin", "/mnt/bin"));
		must("symlink", symlink("usr/sbin", "/mnt/sbin"));
		must("symlink", symlink("usr/lib", "/mnt/lib"));
		must("symlink", symlink("usr/lib64", "/mnt/lib64"));
	}
	must("mkdir", mkdir("/mnt/new", 0755));
	must("mount /mnt/new", mount("tmpfs", "/mnt/new", "tmpfs", 0, NULL));
	must("mkdir", mkdir("/mnt/new/old", 0755));
	must("chdir", chdir("/mnt"));
	must("pivot_root", syscall(SYS_pivot_root, ".", "."));
	must("umount", umount2(".", MNT_DETACH));
	must("chdir", chdir("/"));
}

