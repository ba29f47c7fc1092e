#define _GNU_SOURCE
#include <ctype.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <linux/openat2.h>
#include <linux/sched.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fanotify.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Null pointers and getwd(3) are meant; mounts have no peer groups but those that are given. */
#pragma GCC diagnostic ignored "-Wnonnull"
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

/* What older headers lack. */
#ifndef SYS_statmount
#define SYS_statmount 457
#endif
#ifndef SYS_listmount
#define SYS_listmount 458
#endif
#ifndef SYS_open_tree_attr
#define SYS_open_tree_attr 467
#endif
#ifndef OPEN_TREE_CLONE
#define OPEN_TREE_CLONE 1
#endif
#ifndef FSMOUNT_NAMESPACE
#define FSMOUNT_NAMESPACE 2
#endif
#ifndef OPEN_TREE_NAMESPACE
#define OPEN_TREE_NAMESPACE 2
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
#ifndef MOVE_MOUNT_BENEATH
#define MOVE_MOUNT_BENEATH 0x200
#endif
#ifndef UNSHARE_EMPTY_MNTNS
#define UNSHARE_EMPTY_MNTNS 0x100000
#endif
#ifndef CLONE_EMPTY_MNTNS
#define CLONE_EMPTY_MNTNS 0x2000000000ULL
#endif
#ifndef STATX_MNT_ID
#define STATX_MNT_ID 0x1000
#endif
#ifndef STATX_MNT_ID_UNIQUE
#define STATX_MNT_ID_UNIQUE 0x4000
#endif
#ifndef CLONE_NEWTIME
#define CLONE_NEWTIME 0x80
#endif
#ifndef FAN_REPORT_MNT
#define FAN_REPORT_MNT 0x4000
#define FAN_MARK_MNTNS 0x110
#define FAN_MNT_ATTACH 0x1000000
#define FAN_MNT_DETACH 0x2000000
#endif
#ifndef MOUNT_ATTR_NOSYMFOLLOW
#define MOUNT_ATTR_NOSYMFOLLOW 0x200000
#endif
#ifndef STATMOUNT_BY_FD
#define STATMOUNT_BY_FD 1
#endif
#ifndef LISTMOUNT_REVERSE
#define LISTMOUNT_REVERSE 1
#endif
#ifndef NS_MNT_GET_INFO
struct mnt_ns_info {
	unsigned size, nr_mounts;
	unsigned long long mnt_ns_id;
};
#endif
#ifndef STATMOUNT_SB_BASIC
struct mnt_id_req {
	unsigned size, spare;
	unsigned long long mnt_id, param, mnt_ns_id;
};
#define STATMOUNT_SB_BASIC 1
#define STATMOUNT_MNT_BASIC 2
#define STATMOUNT_PROPAGATE_FROM 4
#define STATMOUNT_MNT_ROOT 8
#define STATMOUNT_MNT_POINT 0x10
#define STATMOUNT_FS_TYPE 0x20
#define STATMOUNT_MNT_NS_ID 0x40
#define STATMOUNT_MNT_OPTS 0x80
#endif

#define UNUSED __attribute__((unused))

/* The kernel's numbers vary from boot to boot; on record, small numbers stand for them. */
enum kind { DEVICE, INODE, MOUNT, NAMESPACE, PEERS, KINDS };
#define NUMBERS 512

/* What all tasks have in common, those in processes of their own too. */
static struct {
	pthread_mutex_t mutex;
	pthread_cond_t moved;
	int now;
	int status;
	int ready;
	int differs;
	int count;
	struct {
		char name[24];
		pid_t pid;
		pid_t tid;
	} tasks[32];
	struct {
		int met;
		unsigned long long value;
		unsigned long long within;
	} numbers[KINDS][NUMBERS];
} *shared;

static int memory;
static int program;
static int proc;
static char *environment[4] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C"};

/* What the last call returned and where it put what else it gave. */
static __thread long value;
static __thread char text[16385];
UNUSED static __thread struct statx st;
UNUSED static __thread struct pollfd polled;

/* All tasks end, wherever they are. */
_Noreturn static void stop(int status)
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
	memset(text, 0, sizeof text);
}

static void next(void)
{
	pthread_mutex_lock(&shared->mutex);
	shared->now++;
	pthread_cond_broadcast(&shared->moved);
	pthread_mutex_unlock(&shared->mutex);
}

/* A task that has no more to do still has a root, a working directory and namespaces. */
UNUSED static void stay(void)
{
	turn(INT_MAX);
}

static void must(const char *what, long returned)
{
	if (returned != -1)
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
	proc = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
	must("/proc", proc);
	umask(022);
	clearenv();
	putenv(environment[0]);
	putenv(environment[1]);
}

UNUSED static void say(const char *line)
{
	printf("%s\n", line);
	fflush(stdout);
}

static void differs(const char *recorded)
{
	printf("   ^-- on record: %s\n", recorded);
	fflush(stdout);
	shared->differs = 1;
}

/* A call: its line, what it returned, and the error on record. */
static void result(const char *call, long returned, int recorded)
{
	int error = returned == -1 ? errno : 0;

	value = returned;
	if (error)
		printf("%s = -1 (%s)", call, strerror(error));
	else
		printf("%s = %ld", call, returned);
	if (error != recorded) {
		printf("   <-- on record: %s", recorded ? strerror(recorded) : "success");
		shared->differs = 1;
	}
	printf("\n");
	fflush(stdout);
}

/* The machine did not live to tell what came of the call. */
UNUSED static void lost(void)
{
	differs("no answer");
}

UNUSED static void returned(long recorded)
{
	char number[24];

	snprintf(number, sizeof number, "%ld", recorded);
	if (value != recorded)
		differs(number);
}

/* What the last call gave as text. */
UNUSED static void same(const char *recorded)
{
	if (value == -1)
		return;
	printf("   \"%s\"\n", text);
	if (strcmp(text, recorded))
		differs(recorded);
}

/* A buffer of which can be told how much was written to. */
UNUSED static char *untouched(void)
{
	return memset(text, 0xff, sizeof text);
}

UNUSED static void touched(const char *recorded, int written)
{
	int last = sizeof text;

	while (last > 0 && text[last - 1] == (char)0xff)
		last--;
	printf("   %d bytes written\n", last);
	if (last != written || memcmp(text, recorded, strlen(recorded)))
		differs(recorded);
}

UNUSED static void lines(int recorded)
{
	int count = 0;

	for (char *c = text; *c; c++)
		count += *c == '\n' || !c[1];
	printf("   %d lines\n", count);
	if (count != recorded)
		differs("another number of lines");
}

/* What poll(2) reported of its descriptor. */
UNUSED static void reported(int recorded)
{
	printf("   events 0x%x\n", polled.revents);
	if (polled.revents != recorded)
		differs("other events");
}

/* What inotify(7) told, directories or not. */
UNUSED static void events(int count, unsigned *recorded)
{
	int seen = 0, same = 1;

	for (long at = 0; at < value; seen++) {
		struct inotify_event *event = (void *)(text + at);

		printf("   event 0x%x\n", event->mask);
		same &= seen < count && (event->mask & ~IN_ISDIR) == recorded[seen];
		at += sizeof *event + event->len;
	}
	if (!same || seen != count)
		differs("other events");
}

/* Equal numbers on record stand for what the kernel gave equal numbers, and for nothing else. */
static int is(enum kind kind, int recorded, unsigned long long value, unsigned long long within)
{
	int i = 1;

	while (i < NUMBERS && !(shared->numbers[kind][i].met && shared->numbers[kind][i].value == value &&
				shared->numbers[kind][i].within == within))
		i++;
	if (i < NUMBERS)
		return i == recorded;
	if (recorded <= 0 || recorded >= NUMBERS || shared->numbers[kind][recorded].met)
		return 0;
	shared->numbers[kind][recorded].met = 1;
	shared->numbers[kind][recorded].value = value;
	shared->numbers[kind][recorded].within = within;
	return 1;
}

struct mount_event {
	unsigned long long mask;
	int mount;
};

/* What fanotify(7) told of mounts: behind each event, a header of four bytes and the mount's ID. */
UNUSED static void mount_events(int count, struct mount_event *recorded)
{
	int seen = 0, same = 1;

	for (long at = 0; at < value; seen++) {
		struct fanotify_event_metadata *event = (void *)(text + at);
		unsigned long long mount = 0;

		if (event->event_len >= sizeof *event + 8 + sizeof mount)
			memcpy(&mount, (char *)event + event->metadata_len + 8, sizeof mount);
		printf("   event 0x%llx of mount %llu\n", (unsigned long long)event->mask, mount);
		same &= seen < count && event->mask == recorded[seen].mask &&
			(mount ? is(MOUNT, recorded[seen].mount, mount, 0) : !recorded[seen].mount);
		at += event->event_len;
	}
	if (!same || seen != count)
		differs("other events");
}

/* Which file statx(2) told of. */
UNUSED static void file(int device, int inode, int mount)
{
	unsigned long long of = (unsigned long long)st.stx_dev_major << 32 | st.stx_dev_minor;
	char recorded[80];

	if (value == -1)
		return;
	printf("   device %u:%u, inode %llu, mount %llu\n", st.stx_dev_major, st.stx_dev_minor,
	       (unsigned long long)st.stx_ino, (unsigned long long)st.stx_mnt_id);
	snprintf(recorded, sizeof recorded, "%s", "");
	if (!is(DEVICE, device, of, 0))
		strcat(recorded, "another device ");
	if (!is(INODE, inode, st.stx_ino, of))
		strcat(recorded, "another inode ");
	if (!is(MOUNT, mount, st.stx_mnt_id, 0))
		strcat(recorded, "another mount");
	if (recorded[0])
		differs(recorded);
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

/* Of those of one name, the last. */
UNUSED static int number_of(const char *task)
{
	int i = shared->count - 1;

	while (i >= 0 && strcmp(shared->tasks[i].name, task))
		i--;
	return i < 0 ? shared->count : i;
}

UNUSED static pid_t pid_of(const char *task)
{
	return shared->tasks[number_of(task)].pid;
}

/* A path that is made up of parts. */
UNUSED static const char *path(const char *form, ...)
{
	char *made;
	va_list parts;

	va_start(parts, form);
	must("vasprintf", vasprintf(&made, form, parts));
	va_end(parts);
	return made;
}

/* A file of a task, or of a process by its number, below a directory like /proc. */
UNUSED static const char *below(const char *directory, const char *task, const char *file)
{
	int i;

	if (isdigit(task[0]))
		return path("%s%s/%s", directory, task, file);
	i = number_of(task);
	return path("%s%d/task/%d/%s", directory, shared->tasks[i].pid, shared->tasks[i].tid, file);
}

UNUSED static const char *of_task(const char *task, const char *file)
{
	return below("/proc/", task, file);
}

/* What a path through a descriptor leads to. */
UNUSED static const char *at_fd(long descriptor, const char *rest)
{
	return path("/proc/thread-self/fd/%ld%s", descriptor, rest);
}

/* The ID of the mount that a descriptor is on. */
UNUSED static uint64_t mount_id(long descriptor)
{
	struct statx on;

	must("statx", statx((int)descriptor, "", AT_EMPTY_PATH, STATX_MNT_ID_UNIQUE, &on));
	must("STATX_MNT_ID_UNIQUE", on.stx_mask & STATX_MNT_ID_UNIQUE ? 0 : -1);
	return on.stx_mnt_id;
}

/* The ID of the mount namespace whose file it is. */
UNUSED static uint64_t namespace_id(long descriptor)
{
	uint64_t id = 0;

	must("ioctl", ioctl((int)descriptor, 0x8008b705UL, &id));
	return id;
}

/* From outside, where a task's root or working directory is. */
UNUSED static void look_at(const char *task, const char *link, int device, int inode, int mount)
{
	value = statx(proc, below("", task, link), 0, STATX_BASIC_STATS | STATX_MNT_ID, &st);
	printf("%s of %s", link, task);
	printf(value == -1 ? ": %s\n" : "%.0s\n", strerror(errno));
	if (value == -1)
		differs("seen");
	file(device, inode, mount);
}

UNUSED static void look_at_namespace(const char *task, int recorded)
{
	value = statx(proc, below("", task, "ns/mnt"), 0, STATX_INO, &st);
	if (value == -1 || !is(NAMESPACE, recorded, st.stx_ino, 0))
		differs("another mount namespace");
}

struct mount_on_record {
	int id, parent;
	const char *point, *type;
	int device;
	const char *root, *options;
	int shared, master, propagate_from, unbindable;
};

/* Blanks and backslashes are three octal digits in mountinfo. */
static void unescape(char *field)
{
	char *to = field;

	while (*field)
		if (*field == '\\' && field[1]) {
			*to++ = (field[1] - '0') * 64 + (field[2] - '0') * 8 + field[3] - '0';
			field += 4;
		} else {
			*to++ = *field++;
		}
	*to = 0;
}

static int group(const char *fields, const char *tag, int recorded)
{
	const char *found = strstr(fields, tag);

	return found ? is(PEERS, recorded, atoi(found + strlen(tag)), 0) : !recorded;
}

static int same_mount(char *line, struct mount_on_record *recorded)
{
	static char point[PATH_MAX], root[PATH_MAX], options[256], type[64];
	int id, parent, fields;
	unsigned major, minor;
	char *end = strstr(line, " - ");

	if (!end || sscanf(line, "%d %d %u:%u %4095s %4095s %255s%n", &id, &parent, &major, &minor, root,
			   point, options, &fields) != 7)
		return 0;
	sscanf(end, " - %63s", type);
	end[1] = 0;
	unescape(root);
	unescape(point);
	return is(MOUNT, recorded->id, id, 0) && is(MOUNT, recorded->parent, parent, 0) &&
	       !strcmp(point, recorded->point) && !strcmp(type, recorded->type) &&
	       is(DEVICE, recorded->device, (unsigned long long)major << 32 | minor, 0) &&
	       !strcmp(root, recorded->root) && !strcmp(options, recorded->options) &&
	       group(line + fields, "shared:", recorded->shared) &&
	       group(line + fields, "master:", recorded->master) &&
	       group(line + fields, "propagate_from:", recorded->propagate_from) &&
	       !strstr(line + fields, "unbindable") == !recorded->unbindable;
}

/* Reads until nothing more comes; where the same comes again and again, that counts as the end. */
static long read_all(int from, char *to, long room)
{
	long length = 0, last = 0, count;

	while ((count = read(from, to + length, room - length)) > 0) {
		if (count == last && !memcmp(to + length, to + length - last, count))
			break;
		length += count;
		last = count;
	}
	to[length] = 0;
	return length;
}

static void compare_mounts(int from, int count, struct mount_on_record *recorded)
{
	static char table[1 << 18];
	int seen = 0;
	char *rest = table;

	must("mountinfo", from);
	read_all(from, table, sizeof table - 1);
	close(from);
	for (char *line = strsep(&rest, "\n"); line && *line; line = strsep(&rest, "\n"), seen++) {
		printf("   %s\n", line);
		if (seen >= count || !same_mount(line, &recorded[seen]))
			differs(seen < count ? recorded[seen].point : "no such mount");
	}
	if (seen < count)
		differs("more mounts");
	fflush(stdout);
}

/* The mounts within a task's root. */
UNUSED static void look_at_mounts(const char *task, int count, struct mount_on_record *recorded)
{
	printf("mountinfo of %s\n", task);
	compare_mounts(openat(proc, below("", task, "mountinfo"), O_RDONLY | O_CLOEXEC), count, recorded);
}

/* The mounts of its namespace, seen from the namespace's own root by a process that goes there. */
UNUSED static void look_at_tree(const char *task, int count, struct mount_on_record *recorded)
{
	int namespace = openat(proc, below("", task, "ns/mnt"), O_RDONLY | O_CLOEXEC);
	int status;
	pid_t child;

	printf("mountinfo from the root of the namespace of %s\n", task);
	fflush(stdout);
	must("namespace", namespace);
	child = fork();
	if (!child) {
		must("setns", setns(namespace, CLONE_NEWNS));
		compare_mounts(openat(proc, "self/mountinfo", O_RDONLY), count, recorded);
		_exit(0);
	}
	close(namespace);
	must("waitpid", waitpid(child, &status, 0));
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
UNUSED static void launch(const char *line, const char *task, char **command)
{
	char *whole[64], self[32], inherited[16];
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
		execvpe(whole[0], whole, environment);
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

static void write_self(const char *file, const char *content)
{
	int to = openat(proc, file, O_WRONLY | O_CLOEXEC);

	must(file, to);
	must(file, write(to, content, strlen(content)));
	close(to);
}

/* As launch() by unshare --user --map-root-user --mount --propagation unchanged, where the caller's
   root has no such program. */
UNUSED static void unshare_as(const char *line, void *(*task)(void *))
{
	char maps[2][24];
	pid_t child;

	say(line);
	snprintf(maps[0], sizeof maps[0], "0 %d 1", geteuid());
	snprintf(maps[1], sizeof maps[1], "0 %d 1", getegid());
	shared->ready = 0;
	child = fork();
	if (!child) {
		for (int i = 3; i < 1024; i++)
			if (i != memory && i != program && i != proc)
				close(i);
		must("unshare", unshare(CLONE_NEWUSER | CLONE_NEWNS));
		write_self("self/setgroups", "deny");
		write_self("self/uid_map", maps[0]);
		write_self("self/gid_map", maps[1]);
		task(NULL);
		_exit(0);
	}
	must("fork", child);
	pthread_mutex_lock(&shared->mutex);
	while (!shared->ready && shared->now != -1)
		pthread_cond_wait(&shared->moved, &shared->mutex);
	pthread_mutex_unlock(&shared->mutex);
	if (shared->now == -1)
		_exit(shared->status);
}

/* What main does in a process that launch() has started. */
UNUSED static void attend(const char *inherited, void *(*task)(void *))
{
	memory = atoi(inherited);
	shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	task(NULL);
	fflush(stdout);
	_exit(0);
}

/* Returns when the kernel has let go of a task that ends. */
UNUSED static void await(const char *task)
{
	int i = number_of(task);

	if (shared->tasks[i].pid != getpid())
		wait(NULL);
	while (syscall(SYS_tgkill, shared->tasks[i].pid, shared->tasks[i].tid, 0) == 0)
		usleep(100);
}

_Noreturn static void finish(int last)
{
	turn(last);
	printf(shared->differs ? "Not everything is as recorded.\n" : "As recorded.\n");
	stop(shared->differs);
}

UNUSED static long deepen(const char *name, int times)
{
	while (times--)
		if (mkdir(name, 0755) == -1 || chdir(name) == -1)
			return -1;
	return 0;
}

/* A text that repeats its start up to a length, and then ends. */
UNUSED static const char *lengthened(const char *start, int length, const char *end)
{
	char *whole = malloc(length + strlen(end) + 1);

	for (int i = 0; i < length; i++)
		whole[i] = start[i % strlen(start)];
	strcpy(whole + length, end);
	return whole;
}

/* A pointer that should be that of the text. */
UNUSED static long given(const char *pointer)
{
	return !pointer ? -1 : pointer == text ? 0 : 2;
}

UNUSED static long allocated(char *pointer)
{
	if (!pointer)
		return -1;
	snprintf(text, sizeof text, "%s", pointer);
	free(pointer);
	return 0;
}

/* A child that has no stack, so that it ends at its first return. */
UNUSED static long child(long pid)
{
	if (pid > 0)
		waitpid(pid, NULL, __WALL);
	return pid == -1 ? -1 : 0;
}

UNUSED static cpu_set_t *processors(int count, int *numbers)
{
	static __thread cpu_set_t set;

	CPU_ZERO(&set);
	while (count--)
		CPU_SET(numbers[count], &set);
	return &set;
}

/* The caller's capabilities without some, or with these effective or not, or only these. */
enum capability_change { DROP, LOWER, RAISE, ONLY };

UNUSED static struct __user_cap_data_struct *capabilities(enum capability_change change, unsigned long long mask)
{
	static __thread struct __user_cap_data_struct data[2];
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};

	must("capget", syscall(SYS_capget, &header, data));
	for (int i = 0; i < 2; i++) {
		unsigned part = mask >> 32 * i;

		switch (change) {
		case DROP:
			data[i].permitted &= ~part;
			/* fall through */
		case LOWER:
			data[i].effective &= ~part;
			break;
		case RAISE:
			data[i].effective |= part;
			break;
		case ONLY:
			data[i].effective = data[i].permitted = part;
			data[i].inheritable = 0;
		}
	}
	return data;
}

/* A program that ended without an answer on record. */
#define LOST -1

/* Runs a program, which reads the input; its errors appear as they come. */
UNUSED static void run(const char *line, int recorded, const char *output, const char *input, char **command)
{
	static char printed[1 << 16];
	int in, out[2], status;
	long length;
	pid_t child;

	fflush(stdout);
	in = memfd_create("input", MFD_CLOEXEC);
	must("memfd_create", in);
	must("write", write(in, input, strlen(input)));
	lseek(in, 0, SEEK_SET);
	must("pipe", pipe2(out, O_CLOEXEC));
	child = fork();
	if (!child) {
		dup2(in, 0);
		dup2(out[1], 1);
		execvpe(command[0], command, environment);
		_exit(127);
	}
	close(in);
	close(out[1]);
	length = 0;
	for (long count; (count = read(out[0], printed + length, sizeof printed - 1 - length)) > 0;)
		length += count;
	close(out[0]);
	must("waitpid", waitpid(child, &status, 0));
	while (length > 0 && isspace(printed[length - 1]))
		length--;
	printed[length] = 0;
	status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	printf("%s = status %d", line, status);
	if (status != recorded) {
		printf("   <-- on record: status %d", recorded);
		shared->differs = 1;
	}
	printf("\n%s%s", printed, length ? "\n" : "");
	if (strcmp(printed, output))
		differs(output);
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

enum holds { NOTHING, PROC, USERLAND };

/* A mount namespace of its own: tmpfs on /, tmpfs on /new, directory /new/old. */
UNUSED static void lay_out(enum holds holds)
{
	must("unshare", unshare(CLONE_NEWNS));
	must("mount --make-rprivate /", mount("none", "/", "", MS_REC | MS_PRIVATE, NULL));
	must("mount /mnt", mount("tmpfs", "/mnt", "tmpfs", 0, NULL));
	if (holds == PROC)
		join("proc", MS_REC);
	if (holds == USERLAND) {
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

