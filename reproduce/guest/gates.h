/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What a race says to the module that holds it, and hears from it. */

#define GATE "/proc/stalemate_gate"
static bool has_gates;
static const char *jitter; /* Instead of a schedule: at most so many microseconds at each gate. */
static unsigned seed;
static char contents[1024]; /* What the run left in the file, a line for each place. */
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

/* "CONTENT disk 131 4096 6f ??": number of the file, size, and of each segment its byte if it has
   only one. Goes behind so many characters of what is noted already. */
static void note_content(const char *where, size_t behind)
{
	static unsigned char bytes[BUFFER];
	struct stat now;
	char *to = contents + behind;
	int segment, byte, size = (int)pread(file, bytes, sizeof(bytes), 0);

	if (fstat(file, &now) || size != now.st_size)
		die("read");
	to += sprintf(to, "CONTENT %s %lu %d", where, (unsigned long)now.st_ino, size);
	for (segment = 0; segment < SEGMENTS && begin_of[segment] < size; segment++) {
		bool is_one = true;

		for (byte = begin_of[segment]; byte < begin_of[segment + 1] && byte < size; byte++)
			is_one &= bytes[byte] == bytes[begin_of[segment]];
		to += is_one ? sprintf(to, " %02x", bytes[begin_of[segment]]) : sprintf(to, " ??");
	}
	sprintf(to, "\n");
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
