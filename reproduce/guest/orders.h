/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What may be found: every order in which the calls can have happened one after the other. A call
 * that had returned before another one began comes before it; otherwise either may be first.
 */

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))
#define PROCESSES COUNT(processes)
#define TIMES_MAX 4

/* One call of one process, when it was made and what came of it. */
struct happening {
	atomic_int began, ended; /* Ticks of a clock that all have; 0: it did not. */
	int error;
	int got; /* Of a read, or the size; of others 0, and -1 if it failed. */
	unsigned char bytes[BUFFER];
};

struct contents {
	int count;
	struct content of[256];
};

struct event {
	const struct action *action;
	const struct happening *happening;
	int time;
	struct contents before; /* Of a read: what it may have got. */
};

/* Who stores through a mapping asks for the size then: the store was behind the end if that is. */
static const struct action ask = { "size", ASK_SIZE, 0, 0, 0, 1, -1 };

static struct event events[PROCESSES * TIMES_MAX];
static int event_count;
static struct contents at_end, after_sync;
static bool reads_are_exact, has_order;

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

static void apply(struct content *c, const struct action *a, int time)
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
		c->size = time ? a->then : a->at;
		set(c, c->size, begin_of[SEGMENTS], 0);
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

static bool is_read(const struct action *a)
{
	return a->call == READ || a->call == READ_DIRECT || a->call == READ_ASYNC;
}

static bool changes(const struct action *a)
{
	struct content before, after;

	memset(&before, 1, sizeof(before));
	before.size = begin_of[SEGMENTS];
	after = before;
	apply(&after, a, 0);
	return memcmp(&before, &after, sizeof(before)) != 0;
}

static void add(struct contents *to, const struct content *c)
{
	int i;

	for (i = 0; i < to->count; i++)
		if (!memcmp(&to->of[i], c, sizeof(*c)))
			return;
	if (to->count == COUNT(to->of))
		die("too many orders");
	to->of[to->count++] = *c;
}

/* Whoever had returned before it began has had its turn. */
static bool may_be_next(int event, unsigned done)
{
	int i;

	for (i = 0; i < event_count; i++) {
		int ended = events[i].happening->ended;

		if (!(done & 1u << i) && ended && ended < events[event].happening->began)
			return false;
	}
	return true;
}

/* Is all of it what one read of the file gets? */
static bool is_got_from(const struct content *c, const struct event *e)
{
	int at = e->action->at, end = at + e->action->length, i;

	if (end > c->size)
		end = c->size > at ? c->size : at;
	if (e->happening->got != end - at)
		return false;
	for (i = at; i < end; i++)
		if (e->happening->bytes[i - at] != c->of[segment_at(i + 1) - 1])
			return false;
	return true;
}

static void orders(const struct content *at, unsigned done, bool is_synced)
{
	int i;

	for (i = 0; i < event_count; i++) {
		struct event *e = &events[i];
		struct content next = *at;

		if (done & 1u << i || !may_be_next(i, done))
			continue;
		if (e->action->call == ASK_SIZE && at->size != e->happening->got)
			continue;
		if (is_read(e->action)) {
			if (reads_are_exact && !is_got_from(at, e))
				continue;
			add(&e->before, at);
		}
		if (changes(e->action) && e->happening->got < 0) /* Who failed may have done it. */
			orders(at, done | 1u << i, is_synced);
		apply(&next, e->action, e->time);
		orders(&next, done | 1u << i, is_synced || e->action->call == SYNC);
	}
	if (is_synced)
		add(&after_sync, at);
	if (done == (1u << event_count) - 1) {
		add(&at_end, at);
		has_order = true;
	}
}

/* Of everything that has happened. Of exact reads it says only whether there is an order. */
static void find_orders(const struct happening happenings[][TIMES_MAX], bool is_exact)
{
	int i, time;

	at_end.count = after_sync.count = event_count = 0;
	has_order = false;
	reads_are_exact = is_exact;
	for (i = 0; i < PROCESSES; i++)
		for (time = 0; time < TIMES_MAX; time++) {
			const struct action *a = time < processes[i].times ? &processes[i] : &ask;
			const struct happening *h = &happenings[i][time];
			bool matters = changes(a) || a->call == SYNC || a->call == ASK_SIZE ||
				(is_read(a) && h->got >= 0);

			if (h->began && matters)
				events[event_count++] = (struct event){ a, h, time, { 0 } };
		}
	orders(&at_first, 0, false);
}
