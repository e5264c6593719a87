// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/*
 * How calls are caught in a kernel that is built for it: of what is compiled with
 * -finstrument-functions the compiler calls us at every entry and every exit, also where a function
 * is inlined. What a function returns is not known here, nor can it be kept from running.
 */
#include <linux/kallsyms.h>

#include "gate.h"

void __cyg_profile_func_enter(void *function, void *caller);
void __cyg_profile_func_exit(void *function, void *caller);

static notrace void hook(unsigned long address, enum arrival arrival)
{
	struct point *point = gate_is_on() ? gate_point_at(address) : NULL;

	if (point)
		gate_arrive(point, arrival, 0);
}

notrace void __cyg_profile_func_enter(void *function, void *caller)
{
	hook((unsigned long)function, ENTER);
}

notrace void __cyg_profile_func_exit(void *function, void *caller)
{
	hook((unsigned long)function, EXIT);
}

const bool carrier_knows_values = false;

int carrier_watch(struct point *point)
{
	point->address = kallsyms_lookup_name(point->name);
	return point->address ? 0 : -ENOENT;
}

void carrier_unwatch_all(void)
{
}
