/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What is found after a run, and whether any order explains it. */

/* Where is looked; LOOKS of play.h has some of them. */
enum look {
	AT_END = 1,	   /* What the file holds then, in the cache and on disk. */
	BEHIND_END = 2,	   /* The same, and what a mapping shows behind the end of the file. */
	AT_READS = 4,	   /* Each byte that a read got: of before, or of a write meanwhile. */
	AT_WHOLE_READS = 8, /* Reads see writes whole, and never the old after the new. */
	AT_ERRORS = 16,	   /* Direct reads and writes that fail. */
	AFTER_CRASH = 32,  /* What is on disk when the power fails as soon as fsync has returned. */
};

/* The values that the byte may have, of files of this size or, if negative, of any. */
static bool is_allowed(const struct contents *in, int size, int byte, unsigned char value,
		       char *expected, size_t length)
{
	int segment = segment_at(byte + 1) - 1, i;
	bool may[256] = { false };

	for (i = 0; i < in->count; i++)
		if (size < 0 ? in->of[i].size > byte : in->of[i].size == size)
			may[in->of[i].of[segment]] = true;
	*expected = 0;
	for (i = 0; i < 256; i++)
		if (may[i] && strlen(expected) < length - 4)
			sprintf(expected + strlen(expected), "%s%02x", *expected ? "|" : "", i);
	return may[value];
}

static bool is_size(const struct contents *in, int size)
{
	int i;

	for (i = 0; i < in->count; i++)
		if (in->of[i].size == size)
			return true;
	return false;
}

/* What it says of the first byte that is not as any of these contents have it. */
static bool is_file_wrong(const char *where, const struct contents *may_be, char *text, size_t length)
{
	static unsigned char bytes[BUFFER];
	struct stat now;
	int got = (int)pread(file, bytes, sizeof(bytes), 0), byte;
	bool is_crash = !strcmp(where, "crash");

	if (fstat(file, &now) || got != now.st_size)
		die("read");
	if (!is_size(may_be, got)) {
		snprintf(text, length, "where=%s size=%d", where, got);
		return true;
	}
	for (byte = begin_of[0]; byte < got && byte < begin_of[SEGMENTS]; byte++) {
		char expected[64];

		if (is_allowed(may_be, is_crash ? -1 : got, byte, bytes[byte], expected,
			       sizeof(expected)))
			continue;
		snprintf(text, length, "where=%s size=%d at=%d found=%02x expected=%s", where, got,
			 byte, bytes[byte], expected);
		return true;
	}
	snprintf(text, length, "size=%d", got);
	return false;
}

/* Behind the end of the file there are zeroes. */
static bool is_wrong_behind_end(char *text, size_t length)
{
	struct stat now;
	int page, byte;
	unsigned char *map;

	if (fstat(file, &now))
		die("fstat");
	page = (int)now.st_size & ~4095;
	if (page == now.st_size)
		return false;
	map = mmap(NULL, 4096, PROT_READ, MAP_SHARED, file, page);
	if (map == MAP_FAILED)
		die("mmap");
	for (byte = (int)now.st_size; byte < page + 4096 && !map[byte - page]; byte++)
		;
	if (byte < page + 4096)
		snprintf(text, length, "where=behind size=%d at=%d found=%02x expected=00",
			 (int)now.st_size, byte, map[byte - page]);
	munmap(map, 4096);
	return byte < page + 4096;
}

static bool is_read_wrong(const struct event *e, char *text, size_t length)
{
	int at = e->action->at, got = e->happening->got, i;

	for (i = 0; i < got; i++) {
		char expected[64];

		if (is_allowed(&e->before, -1, at + i, e->happening->bytes[i], expected,
			       sizeof(expected)))
			continue;
		snprintf(text, length, "where=read by=%s at=%d found=%02x expected=%s",
			 e->action->name, at + i, e->happening->bytes[i], expected);
		return true;
	}
	for (i = 0; got < e->action->length && i < e->before.count; i++) {
		int size = e->before.of[i].size;

		if (size == at + got || (!got && size <= at))
			return false;
	}
	if (got < e->action->length)
		snprintf(text, length, "where=read by=%s got=%d", e->action->name, got);
	return got < e->action->length;
}

static bool is_any_read_wrong(char *text, size_t length)
{
	int i;

	for (i = 0; i < event_count; i++)
		if (is_read(events[i].action) && is_read_wrong(&events[i], text, length))
			return true;
	return false;
}

/* The reads together, if there is no order in which all of them got what they did. */
static bool are_reads_not_whole(const struct happening happenings[][TIMES_MAX], char *text,
				size_t length)
{
	size_t used;
	int i, segment;

	find_orders(happenings, true);
	if (has_order)
		return false;
	used = (size_t)snprintf(text, length, "where=reads");
	for (i = 0; i < event_count; i++) {
		const struct event *e = &events[i];

		if (!is_read(e->action) || used > length - 64)
			continue;
		used += (size_t)snprintf(text + used, length - used, " %s=", e->action->name);
		for (segment = segment_at(e->action->at);
		     begin_of[segment] < e->action->at + e->happening->got && used < length - 4;
		     segment++)
			used += (size_t)snprintf(text + used, length - used, "%s%02x",
						 begin_of[segment] > e->action->at ? "," : "",
						 e->happening->bytes[begin_of[segment] - e->action->at]);
	}
	return true;
}

static bool is_call_wrong(const struct happening happenings[][TIMES_MAX], char *text, size_t length)
{
	int i;

	for (i = 0; i < PROCESSES; i++) {
		enum call call = processes[i].call;
		bool is_direct = call == WRITE_DIRECT || call == READ_DIRECT ||
			call == WRITE_ASYNC || call == READ_ASYNC;

		if (!is_direct || !happenings[i][0].began || happenings[i][0].got >= 0)
			continue;
		snprintf(text, length, "where=call by=%s error=%d", processes[i].name,
			 happenings[i][0].error);
		return true;
	}
	return false;
}

/* The log is not written, and nothing else either. The first step of what a power failure does. */
static void stop_disk(void)
{
	unsigned without_log = 2; /* XFS_IOC_GOINGDOWN, of xfs/xfs_fs.h */

	if (ioctl(file, _IOR('X', 125, unsigned), &without_log))
		die("XFS_IOC_GOINGDOWN");
}

/* The rest of it: the file system comes back with what is on disk. */
static void mount_again(void)
{
	char folder[256], from[256] = "", at[256] = "";
	FILE *mounts = fopen("/proc/self/mounts", "r");

	snprintf(folder, sizeof(folder), "%s", path);
	*strrchr(folder, '/') = 0;
	while (mounts && strcmp(at, folder) && fscanf(mounts, "%255s %255s %*[^\n]", from, at) == 2)
		;
	if (!mounts || strcmp(at, folder))
		die("no file system is mounted there");
	fclose(mounts);
	if (umount2(folder, 0) || mount(from, folder, "xfs", 0, NULL))
		die(folder);
}

static bool is_run_wrong(const struct happening happenings[][TIMES_MAX], bool is_crashed, char *text,
			 size_t length)
{
	if (is_crashed) {
		leave_file();
		mount_again();
		open_file(0);
		find_orders(happenings, false);
		return is_file_wrong("crash", &after_sync, text, length);
	}
	if (LOOKS & AT_ERRORS && is_call_wrong(happenings, text, length))
		return true;
	if (LOOKS & AT_WHOLE_READS && are_reads_not_whole(happenings, text, length))
		return true;
	find_orders(happenings, false);
	if (LOOKS & AT_READS && is_any_read_wrong(text, length))
		return true;
	if (LOOKS & BEHIND_END && is_wrong_behind_end(text, length))
		return true;
	if (is_file_wrong("cache", &at_end, text, length))
		return true;
	if (fsync(file) && errno != EIO) /* That is told where a direct write met the page cache. */
		die("fsync");
	posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
	return is_file_wrong("disk", &at_end, text, length);
}
