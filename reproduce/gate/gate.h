/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
#ifndef STALEMATE_GATE_H
#define STALEMATE_GATE_H

#include <linux/types.h>

/* A watched function of the running kernel. */
struct point {
	char name[64];
	unsigned long address;
	bool is_forced;
	long value;		/* What it returns without running, if it is forced. */
	int worker_role;	/* A kworker that enters it has this role; -1: none. */
	bool takes_mapping;	/* Its first argument is the struct address_space of a file. */
};

enum arrival { ENTER, EXIT };

/* The carrier, which knows of calls: ftrace.c in a module, hooks.c in a kernel that was built for it.
 * Calls of the function come to gate_arrive() from now on. */
extern const bool carrier_knows_values; /* What a function returns. */
int carrier_watch(struct point *point);
void carrier_unwatch_all(void);

/* gate.c */
struct point *gate_point_at(unsigned long address);
bool gate_is_on(void);
/* `value`: what is returned, or the first argument. */
void gate_arrive(struct point *point, enum arrival arrival, long value);
void gate_note_forced(struct point *point);

#endif
