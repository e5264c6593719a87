/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What a race says to the module that holds it, and hears from it. */

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
