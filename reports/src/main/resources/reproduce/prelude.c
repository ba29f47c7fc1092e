#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
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

static int differs;
static int incomplete;
static char text[8192];
__attribute__((unused)) static long fd[64];
static int now;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t moved = PTHREAD_COND_INITIALIZER;

static void turn(int number)
{
	pthread_mutex_lock(&mutex);
	while (now != number)
		pthread_cond_wait(&moved, &mutex);
	pthread_mutex_unlock(&mutex);
	text[0] = 0;
}

static void next(void)
{
	pthread_mutex_lock(&mutex);
	now++;
	pthread_cond_broadcast(&moved);
	pthread_mutex_unlock(&mutex);
}

static void must(const char *what, long value)
{
	if (value != -1)
		return;
	fprintf(stderr, "%s: %s (are you root?)\n", what, strerror(errno));
	exit(2);
}

__attribute__((unused)) static void say(const char *line)
{
	printf("%s\n", line);
	fflush(stdout);
}

__attribute__((unused)) static void cannot(const char *what)
{
	printf("%s: not done by this program\n", what);
	incomplete = 1;
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
		differs = 1;
	}
	printf("\n");
	fflush(stdout);
}

static int ready;

static void is_ready(void)
{
	pthread_mutex_lock(&mutex);
	ready = 1;
	pthread_cond_broadcast(&moved);
	pthread_mutex_unlock(&mutex);
}

/* What the last call gave, as text. */
__attribute__((unused)) static void same(const char *recorded)
{
	if (!strcmp(text, recorded))
		return;
	printf("   ^-- on record: %s\n", recorded);
	fflush(stdout);
	differs = 1;
}

/* The new thread inherits root and working directory of the one that calls this, which goes on
   when the new one has its own. */
static void begin(void *(*task)(void *))
{
	pthread_t thread;

	ready = 0;
	if (pthread_create(&thread, NULL, task, NULL)) {
		fprintf(stderr, "a thread cannot be started\n");
		exit(2);
	}
	pthread_detach(thread);
	pthread_mutex_lock(&mutex);
	while (!ready)
		pthread_cond_wait(&moved, &mutex);
	pthread_mutex_unlock(&mutex);
}

static void finish(int last)
{
	turn(last);
	if (differs)
		printf("Not everything is as recorded.\n");
	else if (incomplete)
		printf("As recorded, as far as this program goes.\n");
	else
		printf("As recorded.\n");
	fflush(stdout);
	_exit(differs);
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

__attribute__((unused)) static const char *lengthened(const char *start, int length)
{
	char *whole = malloc(length + 1);

	for (int i = 0; i < length; i++)
		whole[i] = start[i % strlen(start)];
	whole[length] = 0;
	return whole;
}

__attribute__((unused)) static long drop(unsigned long long mask)
{
	struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &header, data) == -1)
		return -1;
	for (int i = 0; i < 2; i++) {
		data[i].effective &= ~(unsigned)(mask >> 32 * i);
		data[i].permitted &= ~(unsigned)(mask >> 32 * i);
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
		differs = 1;
	}
	printf("\n");
	fflush(stdout);
}

static void join(const char *directory)
{
	char from[64], to[64];

	snprintf(from, sizeof from, "/%s", directory);
	snprintf(to, sizeof to, "/mnt/%s", directory);
	if (access(from, F_OK) == -1)
		return;
	must("mkdir", mkdir(to, 0755));
	must("mount --rbind", mount(from, to, "", MS_BIND | MS_REC, NULL));
}

/* A mount namespace of its own: tmpfs on /, tmpfs on /new, directory /new/old. */
__attribute__((unused)) static void lay_out(int userland)
{
	must("unshare", unshare(CLONE_NEWNS));
	must("mount --make-rprivate /", mount("none", "/", "", MS_REC | MS_PRIVATE, NULL));
	must("mount /mnt", mount("tmpfs", "/mnt", "tmpfs", 0, NULL));
	if (userland) {
		join("usr");
		join("opt");
		join("proc");
		join("dev");
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

