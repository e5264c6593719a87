// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/*
 * symbols SCHEDULE: the schedule without what this kernel has no gate for, on stdout; and on stderr
 * a line for each function that was refused: it is missing, or nothing can be hung on it, or the
 * types of the kernel (BTF) say that it takes arguments that are not in registers.
 */
#include <linux/btf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ARGUMENTS_MAX 6
#define TYPES_MAX 400000
#define POINTS_MAX 256

/* Types of vmlinux, and behind them those of modules, whose numbers go on from there. */
static const struct btf_type *types[TYPES_MAX];
static unsigned type_count = 1;
static unsigned vmlinux_types;
static const char *vmlinux_names;
static unsigned vmlinux_names_length;

static char *load(const char *name)
{
	FILE *from = fopen(name, "r");
	size_t length = 0, room = 1 << 20;
	char *text = malloc(room + 1);

	if (!from)
		return NULL;
	for (;;) {
		size_t n = fread(text + length, 1, room - length, from);

		length += n;
		if (!n)
			break;
		if (length == room)
			text = realloc(text, (room *= 2) + 1);
	}
	fclose(from);
	text[length] = 0;
	return text;
}

static size_t size_of(const struct btf_type *t)
{
	unsigned n = BTF_INFO_VLEN(t->info);

	switch (BTF_INFO_KIND(t->info)) {
	case BTF_KIND_INT:
	case BTF_KIND_VAR:
	case BTF_KIND_DECL_TAG:
		return sizeof(*t) + 4;
	case BTF_KIND_ARRAY:
		return sizeof(*t) + sizeof(struct btf_array);
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		return sizeof(*t) + n * sizeof(struct btf_member);
	case BTF_KIND_ENUM:
		return sizeof(*t) + n * sizeof(struct btf_enum);
	case BTF_KIND_ENUM64:
		return sizeof(*t) + n * sizeof(struct btf_enum64);
	case BTF_KIND_FUNC_PROTO:
		return sizeof(*t) + n * sizeof(struct btf_param);
	case BTF_KIND_DATASEC:
		return sizeof(*t) + n * sizeof(struct btf_var_secinfo);
	default:
		return sizeof(*t);
	}
}

/* Arguments of a function in this section of types; -1: it is not in there. */
static int arguments_in(const char *section, const char *function)
{
	const struct btf_header *head = (const void *)section;
	const char *at, *end, *names;
	bool is_base = !vmlinux_names;
	unsigned i;

	if (head->magic != BTF_MAGIC)
		return -1;
	at = section + head->hdr_len + head->type_off;
	end = at + head->type_len;
	names = section + head->hdr_len + head->str_off;
	type_count = is_base ? 1 : vmlinux_types;
	for (; at < end && type_count < TYPES_MAX; at += size_of(types[type_count - 1]))
		types[type_count++] = (const struct btf_type *)at;
	if (is_base) {
		vmlinux_types = type_count;
		vmlinux_names = names;
		vmlinux_names_length = head->str_len;
	}
	for (i = is_base ? 1 : vmlinux_types; i < type_count; i++) {
		const struct btf_type *t = types[i];
		const char *name = t->name_off < vmlinux_names_length
			? vmlinux_names + t->name_off : names + t->name_off - vmlinux_names_length;

		if (BTF_INFO_KIND(t->info) == BTF_KIND_FUNC && !strcmp(name, function))
			return BTF_INFO_VLEN(types[t->type]->info);
	}
	return -1;
}

/* The whole word in one of the lines of a file of the kernel. */
static bool has_word(const char *text, const char *word)
{
	size_t length = strlen(word);
	const char *at = text;

	while (at && (at = strstr(at, word))) {
		bool begins = at == text || strchr(" \n\t", at[-1]);

		if (begins && strchr(" \n\t", at[length]))
			return true;
		at += length;
	}
	return false;
}

/* Why it has no gate; null if it has one. */
static const char *refusal(const char *function, const char *symbols, const char *traceable,
			   char **sections)
{
	static char text[64];
	int arguments = -1, i;

	if (!has_word(symbols, function))
		return "this kernel has no symbol of that name: inlined, or another version";
	if (traceable && !has_word(traceable, function))
		return "this kernel cannot trace it";
	vmlinux_names = NULL;
	vmlinux_names_length = 0;
	for (i = 0; sections[i] && arguments < 0; i++)
		arguments = arguments_in(sections[i], function);
	if (arguments <= ARGUMENTS_MAX)
		return NULL;
	snprintf(text, sizeof(text), "it takes %d arguments, more than registers", arguments);
	return text;
}

/* What is only logged can be left out without a word. */
static bool is_held(const char *schedule, const char *function)
{
	char at_entry[80], at_exit[80];

	snprintf(at_entry, sizeof(at_entry), " enter %s\n", function);
	snprintf(at_exit, sizeof(at_exit), " exit %s\n", function);
	return strstr(schedule, at_entry) || strstr(schedule, at_exit);
}

int main(int argc, char **argv)
{
	char *schedule = argc > 1 ? load(argv[1]) : NULL, *line;
	char *rest = schedule ? strdup(schedule) : NULL;
	const char *symbols = load("/proc/kallsyms");
	const char *traceable = load("/sys/kernel/tracing/available_filter_functions");
	char *sections[] = { load("/sys/kernel/btf/vmlinux"), load("/sys/kernel/btf/xfs"), NULL };
	char refused[POINTS_MAX][64];
	int refused_count = 0, i;

	if (!schedule || !symbols)
		return 2;
	while ((line = strsep(&rest, "\n"))) {
		char word[4][64] = { "", "", "", "" };
		const char *function, *why;
		bool is_refused = false;

		sscanf(line, "%63s %63s %63s %63s", word[0], word[1], word[2], word[3]);
		function = strcmp(word[0], "item") ? word[1] : word[3];
		if (!strcmp(word[0], "point") && refused_count < POINTS_MAX &&
		    (why = refusal(function, symbols, traceable, sections))) {
			strcpy(refused[refused_count++], function);
			if (is_held(schedule, function) || !strstr(schedule, "item "))
				fprintf(stderr, "REFUSED %s %s\n", function, why);
		}
		for (i = 0; i < refused_count; i++)
			is_refused |= !strcmp(refused[i], function);
		if (!is_refused)
			puts(line);
	}
	return 0;
}
