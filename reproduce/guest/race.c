// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/*
 * race FILE RUNS SPREAD: all processes of the race at once, on a new FILE each time; what it then
 * holds is compared with what one after the other would have left there.
 *
 *   cc -O1 -pthread -o race race.c && ./race /mnt/file 1000 500
 *
 * They start up to SPREAD microseconds apart. Prints what was found, and status 1 says that
 * data was lost. To drop folios it uses memory.reclaim of a cgroup that it makes, as root; else
 * posix_fadvise(). If it looks at what is left after a crash, it shuts the file system down.
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
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "calls.h"

#define SEGMENTS_MAX 32

/* What the file holds: a value for each of the segments that are written and compared. */
struct content {
	int size; /* In bytes. */
	unsigned char of[SEGMENTS_MAX];
};

#include "play.h"

#include "orders.h"

#include "found.h"

#define HANG_S 150 /* Gates that are not passed are opened long before. */

static unsigned spread;
/* What all processes see. */
static struct {
	pthread_barrier_t begin;
	atomic_int started, finished, clock;
	pid_t pid_of[PROCESSES];
	atomic_bool is_done[PROCESSES], is_crashed;
	struct happening happenings[PROCESSES][TIMES_MAX];
} *shared;

#ifdef GATES
#include "gates.h"
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

/* What comes of it is kept, where the others do not look. */
static bool does(const struct action *a, struct happening *h, int time)
{
	ssize_t got;

	atomic_store(&h->began, atomic_fetch_add(&shared->clock, 1) + 1);
	errno = 0;
	got = act(a, time);
	if (LOOKS & AFTER_CRASH && a->call == SYNC && !got) {
		stop_disk();
		atomic_store(&shared->is_crashed, true);
	}
	atomic_store(&h->ended, atomic_fetch_add(&shared->clock, 1) + 1);
	h->error = errno;
	h->got = (int)got;
	if (is_read(a) && got > 0)
		memcpy(h->bytes, buffer(), (size_t)got);
	return got >= 0;
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
	mlockall(MCL_CURRENT); /* All page faults are those of the race. */
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
		wait_at_random(&state);
#ifdef GATES
		if (has_gates)
			put(GATE, "begin");
#endif
		for (i = 0; i < times; i++)
			if (!does(a, &shared->happenings[me][i], i))
				break; /* The end of the file, or there is no such thing here. */
		if (a->call == STORE && times)
			does(&ask, &shared->happenings[me][times], 0);
#ifdef GATES
		if (has_gates)
			put(GATE, "end");
#endif
		if (LOOKS & AFTER_CRASH)
			leave_file(); /* It could not be mounted again. */
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
		if (beginning[i].name && act(&beginning[i], 0) < 0)
			die(beginning[i].name);
}

/* Whether the file is made as `at_first` says; otherwise nothing that is found means anything. */
static void check_beginning(void)
{
	struct contents first = { 1, { at_first } };
	char text[256];
	bool is_wrong;

	make_file();
	is_wrong = is_file_wrong("cache", &first, text, sizeof(text));
	if (!is_wrong && !fsync(file) && !posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED))
		is_wrong = is_file_wrong("disk", &first, text, sizeof(text));
	if (is_wrong) {
		printf("BROKEN the file does not begin as it should: %s\n", text);
		exit(2);
	}
	leave_file();
}

static void run(void)
{
	time_t begun;
	int i, k;

	make_file();
	for (i = 0; i < PROCESSES; i++) {
		atomic_store(&shared->is_done[i], false);
		for (k = 0; k < TIMES_MAX; k++)
			atomic_store(&shared->happenings[i][k].began, 0);
	}
	atomic_store(&shared->is_crashed, false);
	atomic_store(&shared->started, 0);
	atomic_store(&shared->finished, 0);
#ifdef GATES
	if (has_gates && !(put(GATE, "clear") && put(GATE, schedule) && put(GATE, "start")))
		die(GATE);
#endif
	pthread_barrier_wait(&shared->begin);
	begun = time(NULL);
	while (atomic_load(&shared->finished) < PROCESSES) {
		usleep(500);
		if (time(NULL) - begun > HANG_S)
			exit(3);
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
	start_children();
	for (i = 1; i <= runs; i++) {
		char text[256];
		bool is_lost;

		run();
		is_lost = is_run_wrong(shared->happenings, atomic_load(&shared->is_crashed), text,
				       sizeof(text));
		wrong += is_lost;
#ifdef GATES
		if (has_gates) {
			printf("RUN %d %s %s\n", i, is_lost ? "corrupted" : "intact", text);
			printf("BEGINLOG\n%sENDLOG\n", gate_log);
			given_up += strstr(gate_log, ", abandoned\n") != NULL;
			if (given_up == 2) /* Each takes long, and the others would do the same. */
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
