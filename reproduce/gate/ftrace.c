// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/*
 * How calls are caught: ftrace sends every call of a watched function into a thunk, as livepatch
 * does. The thunk runs in the context of the caller, which may sleep there, before the function and
 * after it. Nothing is rebuilt. For x86-64 kernels with CONFIG_DYNAMIC_FTRACE_WITH_REGS.
 */
#include <linux/delay.h>
#include <linux/ftrace.h>
#include <linux/kprobes.h>
#include <linux/module.h>

#include "gate.h"

void stalemate_thunk(void);
struct point *stalemate_enter(unsigned long address, long argument);
void stalemate_exit(unsigned long address, long returned);

static void notrace redirect(unsigned long ip, unsigned long parent, struct ftrace_ops *ops,
			     struct ftrace_regs *fregs)
{
	struct pt_regs *regs = ftrace_get_regs(fregs);

	if (!regs || !gate_is_on())
		return;
	regs->r10 = ip;
	regs->ip = (unsigned long)stalemate_thunk;
}

const bool carrier_knows_values = true;

static struct ftrace_ops ops = {
	.func = redirect,
	.flags = FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_IPMODIFY,
};
static bool is_registered;

/* The point if it is forced, and the function is not to run; else null. */
notrace struct point *stalemate_enter(unsigned long address, long argument)
{
	struct point *point = gate_point_at(address);

	if (!point)
		return NULL;
	gate_arrive(point, ENTER, argument);
	if (!point->is_forced)
		return NULL;
	gate_note_forced(point);
	return point;
}

notrace void stalemate_exit(unsigned long address, long returned)
{
	struct point *point = gate_point_at(address);

	if (point)
		gate_arrive(point, EXIT, returned);
}

int carrier_watch(struct point *point)
{
	struct kprobe probe = { .symbol_name = point->name };
	int error = register_kprobe(&probe); /* The way to an address that modules have. */

	BUILD_BUG_ON(offsetof(struct point, value) != 80); /* thunk.S */
	if (error)
		return error;
	point->address = (unsigned long)probe.addr;
	unregister_kprobe(&probe);
	error = ftrace_set_filter_ip(&ops, point->address, 0, 0);
	if (error || is_registered)
		return error;
	error = register_ftrace_function(&ops);
	is_registered = !error;
	return error;
}

void carrier_unwatch_all(void)
{
	if (!is_registered)
		return;
	unregister_ftrace_function(&ops);
	synchronize_rcu();
	msleep(200); /* For those who are in the thunk. */
}
