// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/*
 * Gates: a task stops at the entry or the exit of a function until the schedule lets it go on, and
 * every arrival is logged. Not for machines that matter: it makes the races happen that it is told.
 *
 * /proc/stalemate_gate takes commands, one a line, and reading it gives the log:
 *
 *   point FUNCTION                     watch it
 *   point FUNCTION mapping             and log of which file, whose mapping is its first argument
 *   role NAME                          the task that writes this is NAME
 *   worker FUNCTION NAME               a kworker that enters FUNCTION is NAME from then on
 *   force FUNCTION VALUE               it does not run, it returns VALUE
 *   item NAME enter|exit FUNCTION      what happens next in the schedule; FUNCTION may be begin,
 *                                      which is entered, or end, which is left
 *   begin | end                        the task that writes this comes to what it is there for, or
 *                                      has done it
 *   jitter MICROSECONDS SEED           a task with a role may sleep that long at every point
 *   timeout MILLISECONDS
 *   start | stop | clear               `clear` forgets items, roles and what is forced
 *   # ...                              nothing
 *
 * An item goes when those before it have gone and the task of the last one has come to its next
 * item, or out of the function. An item is skipped if its task comes to a later one of its own:
 * the kernel went on without it. If nothing moves for the timeout, all are let go: what the
 * schedule wants cannot be, since who is running waits for something that somebody else holds.
 */
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

#include "gate.h"

#define POINTS_MAX 128
#define ROLES_MAX 16
#define ITEMS_MAX 256
#define EVENTS_MAX 16384
#define NOBODY (-1)

struct role {
	char name[32];
	pid_t pid;
};

struct item {
	int role;
	struct point *point;
	enum arrival arrival;
	bool is_skipped;
};

enum kind { ENTERED, LEFT, HELD, RELEASED, STUCK, FORCED };

struct event {
	u64 ns;
	enum kind kind;
	bool is_atomic;
	int role;
	pid_t pid;
	struct point *point;
	long value;		/* What was returned, or a file's number; of STUCK the next item. */
	int running;		/* Of STUCK: the role that the schedule waits for. */
	char comm[TASK_COMM_LEN];
};

static struct point points[POINTS_MAX];
static struct role roles[ROLES_MAX];
static struct item items[ITEMS_MAX];
static struct event *events;
static int point_count, role_count, item_count, event_count;

static bool is_on, is_abandoned;
static int next_item;		/* All before it have gone. */
static int running_role = NOBODY;	/* It went last, and is not yet at its next item. */
static struct point *running_point;
static int timeout_ms = 10000;
static unsigned int jitter_us;
static u32 random_state = 1;
static DEFINE_SPINLOCK(lock);	/* Of all of the above. */
static DECLARE_WAIT_QUEUE_HEAD(gates);

bool notrace gate_is_on(void)
{
	return READ_ONCE(is_on);
}

notrace struct point *gate_point_at(unsigned long address)
{
	int i;

	for (i = 0; i < point_count; i++)
		if (points[i].address == address)
			return &points[i];
	return NULL;
}

static struct point *point_named(const char *name)
{
	int i;

	for (i = 0; i < point_count; i++)
		if (!strcmp(points[i].name, name))
			return &points[i];
	return NULL;
}

/* The role of this name, which is made if there is none; NOBODY if there are too many. */
static int role_named(const char *name)
{
	int i;

	for (i = 0; i < role_count; i++)
		if (!strcmp(roles[i].name, name))
			return i;
	if (role_count == ROLES_MAX)
		return NOBODY;
	strscpy(roles[role_count].name, name, sizeof(roles[0].name));
	roles[role_count].pid = 0;
	return role_count++;
}

static notrace int role_of_current(const struct point *point)
{
	const bool is_worker = (current->flags & PF_WQ_WORKER) && point->worker_role != NOBODY;
	int i;

	for (i = 0; i < role_count; i++) {
		if (roles[i].pid != current->pid)
			continue;
		if (!is_worker)
			return i;
		roles[i].pid = 0; /* It does something else now. */
	}
	if (!is_worker)
		return NOBODY;
	roles[point->worker_role].pid = current->pid;
	return point->worker_role;
}

static notrace void note(int role, struct point *point, enum kind kind, bool is_atomic, long value)
{
	struct event *e;

	if (event_count >= EVENTS_MAX)
		return;
	e = &events[event_count++];
	e->ns = ktime_get_ns();
	e->kind = kind;
	e->is_atomic = is_atomic;
	e->role = role;
	e->pid = current->pid;
	e->point = point;
	e->value = value;
	e->running = running_role;
	memcpy(e->comm, current->comm, sizeof(e->comm));
}

notrace void gate_note_forced(struct point *point)
{
	unsigned long flags;

	spin_lock_irqsave(&lock, flags);
	note(in_interrupt() ? NOBODY : role_of_current(point), point, FORCED, false, point->value);
	spin_unlock_irqrestore(&lock, flags);
}

/* Nobody stands before an item that is skipped. */
static notrace void pass_skipped(void)
{
	while (next_item < item_count && items[next_item].is_skipped)
		next_item++;
}

/* The item that this arrival is, and what the role did not come to before it is skipped. */
static notrace int item_of(int role, const struct point *point, enum arrival arrival)
{
	int i, found = NOBODY;

	for (i = next_item; i < item_count && found == NOBODY; i++)
		if (items[i].role == role && items[i].point == point && items[i].arrival == arrival)
			found = i;
	for (i = next_item; i < found; i++)
		if (items[i].role == role)
			items[i].is_skipped = true;
	pass_skipped();
	return found;
}

static notrace bool may_go(int item)
{
	return READ_ONCE(next_item) == item && READ_ONCE(running_role) == NOBODY;
}

static notrace bool is_over(void)
{
	return READ_ONCE(is_abandoned) || !READ_ONCE(is_on);
}

/* Holds the caller until it is its item's turn. The lock is held, before and after. */
static notrace void hold(int role, struct point *point, int item, unsigned long *flags)
{
	unsigned long since = jiffies;
	int seen_next = next_item, seen_running = running_role;

	note(role, point, HELD, false, item);
	while (!may_go(item) && !is_over()) {
		spin_unlock_irqrestore(&lock, *flags);
		wait_event_timeout(gates, may_go(item) || is_over(), msecs_to_jiffies(100));
		spin_lock_irqsave(&lock, *flags);
		if (seen_next != next_item || seen_running != running_role) {
			seen_next = next_item;
			seen_running = running_role;
			since = jiffies;
		}
		if (!may_go(item) && !is_over() &&
		    time_after(jiffies, since + msecs_to_jiffies(timeout_ms))) {
			note(role, point, STUCK, false, next_item);
			is_abandoned = true;
			wake_up_all(&gates);
		}
	}
	note(role, point, RELEASED, false, item);
}

static notrace void sleep_at_random(void)
{
	ktime_t time;
	u32 us;

	random_state = random_state * 1664525 + 1013904223;
	us = (random_state >> 8) % jitter_us;
	if (random_state >> 30)
		return; /* Mostly not at all. */
	time = ns_to_ktime((u64)us * NSEC_PER_USEC);
	set_current_state(TASK_UNINTERRUPTIBLE);
	schedule_hrtimeout(&time, HRTIMER_MODE_REL);
}

notrace void gate_arrive(struct point *point, enum arrival arrival, long value)
{
	bool is_atomic = in_atomic() || irqs_disabled();
	unsigned long flags;
	int role, item;

	if (!gate_is_on())
		return;
	spin_lock_irqsave(&lock, flags);
	role = in_interrupt() ? NOBODY : role_of_current(point);
	if (role == NOBODY && !in_interrupt())
		goto out;
	if (arrival == ENTER && point->takes_mapping && carrier_knows_values)
		value = ((struct address_space *)value)->host->i_ino;
	note(role, point, arrival == ENTER ? ENTERED : LEFT, is_atomic, value);
	if (is_atomic || is_abandoned || role == NOBODY)
		goto out;
	if (jitter_us) {
		spin_unlock_irqrestore(&lock, flags);
		sleep_at_random();
		return;
	}
	item = item_of(role, point, arrival);
	if (role == running_role &&
	    (item != NOBODY || (arrival == EXIT && point == running_point))) {
		running_role = NOBODY;
		wake_up_all(&gates);
	}
	if (item == NOBODY)
		goto out;
	if (!may_go(item))
		hold(role, point, item, &flags);
	if (!is_abandoned && is_on) {
		next_item = item + 1;
		pass_skipped();
		running_role = arrival == EXIT ? NOBODY : role;
		running_point = point;
		wake_up_all(&gates);
	}
out:
	spin_unlock_irqrestore(&lock, flags);
}

/* The caller has done what it is there for: it comes to no more items. */
static void skip_rest(void)
{
	unsigned long flags;
	int role, i;

	spin_lock_irqsave(&lock, flags);
	role = role_of_current(&points[0]);
	for (i = next_item; i < item_count; i++)
		if (items[i].role == role)
			items[i].is_skipped = true;
	pass_skipped();
	if (running_role == role)
		running_role = NOBODY;
	spin_unlock_irqrestore(&lock, flags);
	wake_up_all(&gates);
}

static int add_point(const char *name, bool takes_mapping)
{
	struct point *point = &points[point_count];
	int error;

	if (point_named(name))
		return 0;
	if (point_count == POINTS_MAX)
		return -ENOSPC;
	memset(point, 0, sizeof(*point));
	strscpy(point->name, name, sizeof(point->name));
	point->worker_role = NOBODY;
	point->takes_mapping = takes_mapping;
	error = carrier_watch(point);
	if (!error)
		point_count++;
	return error;
}

static int add_item(const char *role, const char *arrival, const char *function)
{
	struct item *item = &items[item_count];
	struct point *point = point_named(function);

	if (!point)
		return -ENOENT;
	if (item_count == ITEMS_MAX)
		return -ENOSPC;
	item->role = role_named(role);
	item->point = point;
	item->arrival = strcmp(arrival, "exit") ? ENTER : EXIT;
	item->is_skipped = false;
	if (item->role == NOBODY)
		return -ENOSPC;
	item_count++;
	return 0;
}

static int force(const char *function, const char *value)
{
	struct point *point = point_named(function);
	int error;

	if (!point)
		return -ENOENT;
	error = kstrtol(value, 0, &point->value);
	if (!error)
		WRITE_ONCE(point->is_forced, true);
	return error;
}

static void start(void)
{
	int i;

	for (i = 0; i < item_count; i++)
		items[i].is_skipped = false;
	next_item = 0;
	running_role = NOBODY;
	is_abandoned = false;
	event_count = 0;
	WRITE_ONCE(is_on, true);
}

static void clear(void)
{
	int i;

	WRITE_ONCE(is_on, false);
	item_count = next_item = event_count = role_count = 0;
	jitter_us = 0;
	for (i = 0; i < point_count; i++) {
		points[i].is_forced = false;
		points[i].worker_role = NOBODY;
	}
}

/* What changes who may go. The lock is held. */
static int control(const char *word)
{
	if (!strcmp(word, "start"))
		start();
	else if (!strcmp(word, "stop"))
		WRITE_ONCE(is_on, false);
	else if (!strcmp(word, "clear"))
		clear();
	else
		return -EINVAL;
	return 0;
}

static int command(const char *line)
{
	char w[4][64] = { "", "", "", "" };
	unsigned long flags;
	int error = 0;

	if (sscanf(line, "%63s %63s %63s %63s", w[0], w[1], w[2], w[3]) < 1 || w[0][0] == '#')
		return 0;
	if (!strcmp(w[0], "point"))
		return add_point(w[1], !strcmp(w[2], "mapping"));
	if (!strcmp(w[0], "begin")) {
		gate_arrive(point_named(w[0]), ENTER, 0);
		return 0;
	}
	if (!strcmp(w[0], "end")) {
		gate_arrive(point_named(w[0]), EXIT, 0);
		skip_rest();
		return 0;
	}
	if (!strcmp(w[0], "force"))
		return force(w[1], w[2]);
	if (!strcmp(w[0], "timeout"))
		return kstrtoint(w[1], 0, &timeout_ms);
	if (!strcmp(w[0], "jitter")) {
		error = kstrtouint(w[2], 0, &random_state);
		return error ? error : kstrtouint(w[1], 0, &jitter_us);
	}
	spin_lock_irqsave(&lock, flags);
	if (!strcmp(w[0], "item")) {
		error = add_item(w[1], w[2], w[3]);
	} else if (!strcmp(w[0], "role")) {
		int role = role_named(w[1]);

		if (role == NOBODY)
			error = -ENOSPC;
		else
			roles[role].pid = current->pid;
	} else if (!strcmp(w[0], "worker")) {
		struct point *point = point_named(w[1]);

		if (point)
			point->worker_role = role_named(w[2]);
		else
			error = -ENOENT;
	} else {
		error = control(w[0]);
	}
	spin_unlock_irqrestore(&lock, flags);
	wake_up_all(&gates);
	return error;
}

/* Points without a function: no call has their address. */
static void add_marks(void)
{
	static const char *const names[] = { "begin", "end" };

	for (; point_count < ARRAY_SIZE(names); point_count++) {
		strscpy(points[point_count].name, names[point_count], sizeof(points[0].name));
		points[point_count].worker_role = NOBODY;
	}
}

static ssize_t gate_write(struct file *file, const char __user *from, size_t length, loff_t *pos)
{
	char *text = memdup_user_nul(from, length);
	char *rest = text, *line;
	int error = 0;

	if (IS_ERR(text))
		return PTR_ERR(text);
	while (!error && (line = strsep(&rest, "\n")))
		error = command(line);
	kfree(text);
	return error ? error : length;
}

static const char *name_of(int role)
{
	return role == NOBODY ? "-" : roles[role].name;
}

static const char *const kinds[] = {
	[ENTERED] = "enter", [LEFT] = "exit", [HELD] = "held-at",
	[RELEASED] = "released-at", [STUCK] = "stuck-at", [FORCED] = "forced",
};

/* "writer0 enter iomap_write_begin"; one reader at a time. */
static const char *item_text(const struct item *item)
{
	static char text[128];

	snprintf(text, sizeof(text), "%s %s %s", name_of(item->role),
		 item->arrival == ENTER ? "enter" : "exit", item->point->name);
	return text;
}

static int gate_show(struct seq_file *m, void *unused)
{
	int i, skipped = 0;

	for (i = 0; i < event_count; i++) {
		const struct event *e = &events[i];

		seq_printf(m, "%5d %9llu %-11s %-15.15s %s %s%s", i,
			   (e->ns - events[0].ns) / 1000, name_of(e->role), e->comm,
			   kinds[e->kind], e->point->name, e->is_atomic ? " (atomic)" : "");
		if (carrier_knows_values && (e->kind == LEFT || e->kind == FORCED))
			seq_printf(m, " -> %ld", e->value);
		if (e->kind == ENTERED && e->point->takes_mapping)
			seq_printf(m, " of %ld", e->value);
		if (e->kind == STUCK && e->value < item_count)
			seq_printf(m, " next %s running %s", item_text(&items[e->value]),
				   name_of(e->running));
		seq_putc(m, '\n');
	}
	for (i = 0; i < item_count; i++)
		if (items[i].is_skipped) {
			seq_printf(m, "skipped %d: %s\n", i + 1, item_text(&items[i]));
			skipped++;
		}
	seq_printf(m, "schedule: %d of %d items passed, %d skipped%s\n",
		   next_item < item_count || !item_count ? next_item : item_count, item_count,
		   skipped, is_abandoned ? ", abandoned" : "");
	return 0;
}

static int gate_open(struct inode *inode, struct file *file)
{
	return single_open_size(file, gate_show, NULL, 1 << 20);
}

static const struct proc_ops gate_ops = {
	.proc_open = gate_open,
	.proc_read = seq_read,
	.proc_lseek = seq_lseek,
	.proc_release = single_release,
	.proc_write = gate_write,
};

static int __init gate_init(void)
{
	events = kvcalloc(EVENTS_MAX, sizeof(*events), GFP_KERNEL);
	if (!events)
		return -ENOMEM;
	add_marks();
	if (proc_create("stalemate_gate", 0600, NULL, &gate_ops))
		return 0;
	kvfree(events);
	return -ENOMEM;
}

static void __exit gate_exit(void)
{
	is_on = false;
	wake_up_all(&gates);
	carrier_unwatch_all();
	remove_proc_entry("stalemate_gate", NULL);
	kvfree(events);
}

module_init(gate_init);
module_exit(gate_exit);
MODULE_DESCRIPTION("Holds tasks at functions, in the order that a schedule says");
MODULE_LICENSE("GPL");
