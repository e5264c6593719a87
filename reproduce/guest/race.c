// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/*
 * race FILE RUNS SPREAD: all processes of the race at once, on a new FILE each time; what it then
 * holds is compared with what one after the other would have left there.
 *
 *   cc -O1 -pthread -o race race.c && ./race /mnt/file 1000 500
 *
 * They start up to SPREAD microseconds apart. Prints what was found, and status 1 says that
 * data was lost. To drop folios it uses memory.reclaim of a cgroup that it makes, as root; else
 * posix_fadvise().
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/falloc.h>
#include <linux/fs.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum call {
	WRITE, WRITE_DIRECT, READ, READ_DIRECT, STORE, TRUNCATE, PUNCH, ZERO, COLLAPSE, INSERT,
	UNSHARE, CLONE, WRITEBACK, RECLAIM, PREALLOCATE, SYNC, WRITE_ASYNC, READ_ASYNC,
};

/* A system call on the file, of bytes; `fill` is what it writes. */
struct action {
	const char *name;
	enum call call;
	int at, length;
	unsigned char fill;
	int times;
};

#define SEGMENTS_MAX 32

/* What the file holds: a value for each of the segments that are written and compared. */
struct content {
	int size; /* In bytes. */
	unsigned char of[SEGMENTS_MAX];
};

#include "play.h"



#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))
#define PROCESSES COUNT(processes)
#define BUFFER (1 << 17)
#define CGROUP "/sys/fs/cgroup/race"

static const char *path, *clone_path;
static int file, direct;
static unsigned spread;
/* What all processes see. */
static struct {
	pthread_barrier_t begin;
	atomic_int started, finished;
	pid_t pid_of[PROCESSES];
	atomic_bool is_done[PROCESSES];
} *shared;

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static bool put(const char *name, const char *text)
{
	int to = open(name, O_WRONLY);
	bool is_put = to >= 0 && write(to, text, strlen(text)) == (ssize_t)strlen(text);

	if (to >= 0)
		close(to);
	return is_put;
}

/* --- What each process does ------------------------------------------------------------------ */

static sigjmp_buf behind_the_end;

static void on_bus_error(int signal)
{
	(void)signal;
	siglongjmp(behind_the_end, 1);
}

/* Behind the end of the file a store is lost. */
static int store(const struct action *a)
{
	int page = a->at & ~4095;
	unsigned char *map = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, page);

	if (map == MAP_FAILED)
		return -1;
	if (!sigsetjmp(behind_the_end, 1))
		memset(map + (a->at - page), a->fill, a->length);
	return munmap(map, 4096);
}

static int reclaim(const struct action *a)
{
	char bytes[16];

	snprintf(bytes, sizeof(bytes), "%d", a->length);
	if (put(CGROUP "/memory.reclaim", bytes) || errno == EAGAIN)
		return 0;
	return posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
}

static int clone_of(int from)
{
	int to = open(clone_path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	int status = to < 0 ? -1 : ioctl(to, FICLONE, from);

	if (to >= 0)
		close(to);
	return status;
}

/* Submits, returns from that, and then waits for the end. */
static int asynchronously(const struct action *a, unsigned char *bytes)
{
	struct iocb request = {
		.aio_fildes = (unsigned)direct,
		.aio_lio_opcode = a->call == WRITE_ASYNC ? IOCB_CMD_PWRITE : IOCB_CMD_PREAD,
		.aio_buf = (unsigned long)bytes,
		.aio_nbytes = (unsigned)a->length,
		.aio_offset = a->at,
	}, *requests = &request;
	struct io_event end = { .res = -1 };
	aio_context_t context = 0;

	if (syscall(SYS_io_setup, 1, &context))
		return -1;
	if (syscall(SYS_io_submit, context, 1, &requests) == 1)
		syscall(SYS_io_getevents, context, 1, 1, &end, NULL);
	syscall(SYS_io_destroy, context);
	return end.res == a->length ? 0 : -1;
}

/* Made before the race: nothing but the calls themselves happens there. */
static unsigned char *buffer(void)
{
	static unsigned char *bytes;

	if (!bytes && posix_memalign((void **)&bytes, 4096, BUFFER))
		die("memory");
	return bytes;
}

static int act(const struct action *a)
{
	unsigned char *bytes = buffer();
	int status = 0;

	memset(bytes, a->fill, BUFFER);
	switch (a->call) {
	case WRITE:
		status = pwrite(file, bytes, a->length, a->at) == a->length ? 0 : -1;
		break;
	case WRITE_DIRECT:
		status = pwrite(direct, bytes, a->length, a->at) == a->length ? 0 : -1;
		break;
	case READ:
		status = pread(file, bytes, a->length, a->at) < 0 ? -1 : 0;
		break;
	case READ_DIRECT:
		status = pread(direct, bytes, a->length, a->at) < 0 ? -1 : 0;
		break;
	case WRITE_ASYNC:
	case READ_ASYNC:
		status = asynchronously(a, bytes);
		break;
	case STORE:
		status = store(a);
		break;
	case TRUNCATE:
		status = ftruncate(file, a->at);
		break;
	case PUNCH:
		status = fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, a->at, a->length);
		break;
	case ZERO:
		status = fallocate(file, FALLOC_FL_ZERO_RANGE | FALLOC_FL_KEEP_SIZE, a->at, a->length);
		break;
	case COLLAPSE:
		status = fallocate(file, FALLOC_FL_COLLAPSE_RANGE, a->at, a->length);
		break;
	case INSERT:
		status = fallocate(file, FALLOC_FL_INSERT_RANGE, a->at, a->length);
		break;
	case UNSHARE:
		status = fallocate(file, FALLOC_FL_UNSHARE_RANGE, a->at, a->length);
		break;
	case PREALLOCATE:
		status = fallocate(file, FALLOC_FL_KEEP_SIZE, a->at, a->length);
		break;
	case CLONE:
		status = clone_of(file);
		break;
	case WRITEBACK:
		status = sync_file_range(file, begin_of[0], 0, SYNC_FILE_RANGE_WRITE);
		break;
	case RECLAIM:
		status = reclaim(a);
		break;
	case SYNC:
		status = fsync(file);
		break;
	}
	return status;
}

/* --- What the file may hold afterwards ------------------------------------------------------- */

static struct content allowed[120];
static int allowed_count;

static int segment_at(int byte)
{
	int i = 0;

	while (i < SEGMENTS && begin_of[i] < byte)
		i++;
	return i;
}

static void set(struct content *c, int from, int to, unsigned char value)
{
	int i;

	for (i = segment_at(from); i < segment_at(to); i++)
		c->of[i] = value;
}

static void shift(struct content *c, const struct action *a, bool is_insertion)
{
	int at = segment_at(a->at), by = segment_at(a->at + a->length) - at, i;

	if (is_insertion) {
		for (i = SEGMENTS - 1; i >= at + by; i--)
			c->of[i] = c->of[i - by];
		set(c, a->at, a->at + a->length, 0);
		c->size += a->length;
	} else {
		for (i = at; i < SEGMENTS; i++)
			c->of[i] = i + by < SEGMENTS ? c->of[i + by] : 0;
		c->size -= a->length;
	}
}

static void apply(struct content *c, const struct action *a)
{
	int end = a->at + a->length;

	switch (a->call) {
	case WRITE:
	case WRITE_DIRECT:
	case WRITE_ASYNC:
		set(c, a->at, end, a->fill);
		if (c->size < end)
			c->size = end;
		break;
	case STORE:
		if (a->at < c->size)
			set(c, a->at, end, a->fill);
		break;
	case TRUNCATE:
		set(c, a->at, begin_of[SEGMENTS], 0);
		c->size = a->at;
		break;
	case PUNCH:
	case ZERO:
		set(c, a->at, end, 0);
		break;
	case COLLAPSE:
		shift(c, a, false);
		break;
	case INSERT:
		shift(c, a, true);
		break;
	default:
		break;
	}
}

static bool changes(const struct action *a)
{
	struct content before, after;

	memset(&before, 1, sizeof(before));
	after = before;
	apply(&after, a);
	return memcmp(&before, &after, sizeof(before)) != 0;
}

/* Every order of those that change something and are not done. */
static void orders(const struct content *at, unsigned done)
{
	bool is_end = true;
	int i;

	for (i = 0; i < PROCESSES; i++) {
		struct content next = *at;

		if (done & 1u << i || !changes(&processes[i]))
			continue;
		is_end = false;
		apply(&next, &processes[i]);
		orders(&next, done | 1u << i);
	}
	if (is_end && allowed_count < COUNT(allowed))
		allowed[allowed_count++] = *at;
}

/* --- One run --------------------------------------------------------------------------------- */

#ifdef GATES
#define GATE "/proc/stalemate_gate"
static bool has_gates;
static char schedule[1 << 16], gate_log[1 << 20];

/* False for one who does nothing in this schedule. */
static bool takes_role(const char *name)
{
	char text[64];

	if (!has_gates)
		return true;
	snprintf(text, sizeof(text), "# takes no step: %s\n", name);
	if (strstr(schedule, text))
		return false;
	snprintf(text, sizeof(text), "role %s", name);
	if (!put(GATE, text))
		die("role");
	return true;
}
#endif

static void wait_at_random(unsigned *state)
{
	struct timespec from, now;
	unsigned us = spread ? rand_r(state) % spread : 0;

	clock_gettime(CLOCK_MONOTONIC, &from);
	do {
		sched_yield();
		clock_gettime(CLOCK_MONOTONIC, &now);
	} while ((now.tv_sec - from.tv_sec) * 1000000 + (now.tv_nsec - from.tv_nsec) / 1000 < us);
}

static void open_file(int flags)
{
	file = open(path, O_RDWR | flags, 0600);
	direct = open(path, O_RDWR | O_DIRECT);
	if (file < 0 || direct < 0)
		die(path);
}

static void leave_file(void)
{
	close(file);
	close(direct);
}

/* Of each run its part. What it leaves open is closed in the next one, since closing may write. */
static void child(int me)
{
	const struct action *a = &processes[me];
	unsigned state = 1 + me;
	int times, i;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGBUS, on_bus_error);
	shared->pid_of[me] = getpid();
	buffer();
	for (;;) {
		times = a->times;
		pthread_barrier_wait(&shared->begin);
		leave_file();
		open_file(0);
#ifdef GATES
		if (!takes_role(a->name))
			times = 0;
#endif
		atomic_fetch_add(&shared->started, 1);
		while (atomic_load(&shared->started) < PROCESSES)
			sched_yield();
#ifdef GATES
		if (has_gates)
			put(GATE, "begin");
		else
#endif
			wait_at_random(&state);
		for (i = 0; i < times; i++)
			if (act(a))
				break; /* The end of the file, or there is no such thing here. */
#ifdef GATES
		if (has_gates)
			put(GATE, "end");
#endif
		atomic_store(&shared->is_done[me], true);
		atomic_fetch_add(&shared->finished, 1);
	}
}

static void start_children(void)
{
	pthread_barrierattr_t attributes;
	int i;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		die("memory");
	pthread_barrierattr_init(&attributes);
	pthread_barrierattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	pthread_barrier_init(&shared->begin, &attributes, PROCESSES + 1);
	fflush(stdout);
	for (i = 0; i < PROCESSES; i++) {
		pid_t pid = fork();

		if (pid < 0)
			die("fork");
		if (!pid)
			child(i);
	}
}

static void make_file(void)
{
	int i;

	unlink(path);
	unlink(clone_path);
	open_file(O_CREAT);
	for (i = 0; i < COUNT(beginning); i++)
		if (beginning[i].name && act(&beginning[i]))
			die(beginning[i].name);
}

/* What it says of the first segment that is not as any order would have left it. */
static bool is_wrong(const char *where, char *text, size_t length)
{
	static unsigned char bytes[1 << 17];
	struct stat now;
	ssize_t got = pread(file, bytes, sizeof(bytes), 0);
	bool is_size = false;
	int segment, i, byte;

	if (fstat(file, &now) || got != now.st_size)
		die("read");
	for (i = 0; i < allowed_count; i++)
		is_size |= allowed[i].size == now.st_size;
	if (!is_size) {
		snprintf(text, length, "where=%s size=%d", where, (int)got);
		return true;
	}
	for (segment = 0; segment < SEGMENTS && begin_of[segment] < got; segment++) {
		bool may[256] = { false };

		for (i = 0; i < allowed_count; i++)
			if (allowed[i].size == got)
				may[allowed[i].of[segment]] = true;
		for (byte = begin_of[segment]; byte < begin_of[segment + 1] && byte < got; byte++) {
			char expected[64] = "";

			if (may[bytes[byte]])
				continue;
			for (i = 0; i < 256; i++)
				if (may[i] && strlen(expected) < sizeof(expected) - 4)
					sprintf(expected + strlen(expected), "%s%02x",
						*expected ? "|" : "", i);
			snprintf(text, length, "where=%s size=%d at=%d found=%02x expected=%s", where,
				 (int)got, byte, bytes[byte], expected);
			return true;
		}
	}
	snprintf(text, length, "size=%d", (int)got);
	return false;
}

static bool is_run_wrong(char *text, size_t length)
{
	if (is_wrong("cache", text, length))
		return true;
	if (fsync(file))
		die("fsync");
	posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
	return is_wrong("disk", text, length);
}

/* Whether the file is made as `at_first` says; otherwise nothing that is found means anything. */
static void check_beginning(void)
{
	char text[256];

	make_file();
	allowed[0] = at_first;
	allowed_count = 1;
	if (is_run_wrong(text, sizeof(text))) {
		printf("BROKEN the file does not begin as it should: %s\n", text);
		exit(2);
	}
	allowed_count = 0;
	leave_file();
}

#ifdef GATES
static void load(const char *name, char *to, size_t length)
{
	int from = open(name, O_RDONLY);
	size_t got = 0;
	ssize_t n = 0;

	while (from >= 0 && got < length - 1 && (n = read(from, to + got, length - 1 - got)) > 0)
		got += (size_t)n;
	if (from < 0 || n < 0)
		die(name);
	to[got] = 0;
	close(from);
}

/* Who waits, and where, when nothing has moved for a while. */
static void say_who_waits(void)
{
	int i;

	for (i = 0; i < PROCESSES; i++) {
		char name[64], stack[4096], *line, *rest = stack;

		if (atomic_load(&shared->is_done[i]))
			continue;
		snprintf(name, sizeof(name), "/proc/%d/stack", shared->pid_of[i]);
		load(name, stack, sizeof(stack));
		printf("WAITS %s", processes[i].name);
		while ((line = strsep(&rest, "\n"))) {
			char *symbol = strstr(line, "] ");

			if (symbol)
				printf(" %.*s", (int)strcspn(symbol + 2, "+"), symbol + 2);
		}
		printf("\n");
	}
}

static void watch_gates(void)
{
	static int seen;
	static time_t since, last_look;
	static bool is_said;
	struct timespec now;
	const char *line;
	int passed = -1;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (since && now.tv_sec == last_look)
		return;
	last_look = now.tv_sec;
	load(GATE, gate_log, sizeof(gate_log));
	line = strstr(gate_log, "schedule: ");
	if (line)
		sscanf(line, "schedule: %d", &passed);
	if (passed != seen || !since) {
		seen = passed;
		since = now.tv_sec;
		is_said = false;
	} else if (!is_said && now.tv_sec - since >= 3) {
		is_said = true;
		say_who_waits();
	}
}
#endif

static void run(void)
{
	int i;

	make_file();
	for (i = 0; i < PROCESSES; i++)
		atomic_store(&shared->is_done[i], false);
	atomic_store(&shared->started, 0);
	atomic_store(&shared->finished, 0);
#ifdef GATES
	if (has_gates && !(put(GATE, "clear") && put(GATE, schedule) && put(GATE, "start")))
		die(GATE);
#endif
	pthread_barrier_wait(&shared->begin);
	while (atomic_load(&shared->finished) < PROCESSES) {
		usleep(500);
#ifdef GATES
		if (has_gates)
			watch_gates();
#endif
	}
#ifdef GATES
	if (has_gates) {
		usleep(20000); /* Workers. */
		put(GATE, "stop");
		load(GATE, gate_log, sizeof(gate_log));
	}
#endif
}

int main(int argc, char **argv)
{
	int runs, wrong = 0, i;
#ifdef GATES
	int given_up = 0;
#endif

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc < 4) {
		fprintf(stderr, "usage: %s FILE RUNS SPREAD\n", argv[0]);
		return 2;
	}
	path = argv[1];
	clone_path = strcat(strcpy(malloc(strlen(path) + 8), path), ".clone");
	runs = atoi(argv[2]);
	spread = (unsigned)atoi(argv[3]);
#ifdef GATES
	has_gates = argc > 4;
	if (has_gates)
		load(argv[4], schedule, sizeof(schedule));
#endif
	put("/sys/fs/cgroup/cgroup.subtree_control", "+memory");
	mkdir(CGROUP, 0700);
	put(CGROUP "/cgroup.procs", "0"); /* What is cached from now on can be reclaimed. */
	check_beginning();
	orders(&at_first, 0);
	start_children();
	for (i = 1; i <= runs; i++) {
		char text[256];
		bool is_lost;

		run();
		is_lost = is_run_wrong(text, sizeof(text));
		wrong += is_lost;
#ifdef GATES
		if (has_gates) {
			printf("RUN %d %s %s\n", i, is_lost ? "corrupted" : "intact", text);
			printf("BEGINLOG\n%sENDLOG\n", gate_log);
			given_up += strstr(gate_log, ", abandoned\n") != NULL;
			if (given_up == 3) /* Each takes long, and the others would do the same. */
				runs = i;
		} else
#endif
		if (is_lost && wrong <= 3)
			printf("run %d: %s\n", i, text);
		leave_file();
	}
	printf("%s: %d of %d runs corrupted\n", NAME, wrong, runs);
	return wrong ? 1 : 0;
}
