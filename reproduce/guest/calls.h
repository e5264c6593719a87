/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The file, and everything that is done to it. */

enum call {
	WRITE, WRITE_DIRECT, READ, READ_DIRECT, STORE, TRUNCATE, PUNCH, ZERO, COLLAPSE, INSERT,
	UNSHARE, CLONE, WRITEBACK, RECLAIM, PREALLOCATE, SYNC, WRITE_ASYNC, READ_ASYNC, READ_AHEAD,
	FREE_EOFBLOCKS, WRITE_NOTHING, ASK_SIZE,
};

/* A system call on the file, of bytes; `fill` is what it writes. */
struct action {
	const char *name;
	enum call call;
	int at, length;
	unsigned char fill;
	int times;
	int then; /* The size to which a truncate goes next; -1: nowhere. */
};

#define BUFFER (1 << 17)
#define CGROUP "/sys/fs/cgroup/race"

static const char *path, *clone_path;
static int file = -1, direct = -1;

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static bool put(const char *name, const char *text)
{
	int to = open(name, O_WRONLY);
	bool is_put = to >= 0 && write(to, text, strlen(text)) == (ssize_t)strlen(text);

	if (to >= 0)
		close(to);
	return is_put;
}

static void open_file(int flags)
{
	file = open(path, O_RDWR | flags, 0600);
	direct = open(path, O_RDWR | O_DIRECT);
	if (file < 0 || direct < 0)
		die(path);
}

static void leave_file(void)
{
	if (file >= 0)
		close(file);
	if (direct >= 0)
		close(direct);
	file = direct = -1;
}

static sigjmp_buf behind_the_end;

static void on_bus_error(int signal)
{
	(void)signal;
	siglongjmp(behind_the_end, 1);
}

/* Behind the end of the file a store is lost. */
static int store(const struct action *a)
{
	int page = a->at & ~4095;
	unsigned char *map = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, page);

	if (map == MAP_FAILED)
		return -1;
	if (!sigsetjmp(behind_the_end, 1))
		memset(map + (a->at - page), a->fill, a->length);
	return munmap(map, 4096);
}

static int reclaim(const struct action *a)
{
	char bytes[16];

	snprintf(bytes, sizeof(bytes), "%d", a->length);
	if (put(CGROUP "/memory.reclaim", bytes) || errno == EAGAIN)
		return 0;
	return posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
}

static int clone_of(int from)
{
	int to = open(clone_path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	int status = to < 0 ? -1 : ioctl(to, FICLONE, from);

	if (to >= 0)
		close(to);
	return status;
}

/* XFS_IOC_FREE_EOFBLOCKS, of xfs/xfs_fs.h: of every file, and it waits. */
static int free_eofblocks(void)
{
	struct {
		unsigned version, flags, uid, gid, project, pad;
		unsigned long long size_min, pads[12];
	} request = { .version = 1, .flags = 1 };

	return ioctl(file, _IOR('X', 58, request), &request);
}

/* Its buffer cannot be read: space is reserved, nothing is copied. */
static int write_nothing(const struct action *a)
{
	void *nothing = mmap(NULL, BUFFER, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ssize_t written = pwrite(file, nothing, a->length, a->at);

	munmap(nothing, BUFFER);
	return written < 0 && errno == EFAULT ? 0 : -1;
}

static ssize_t ask_size(void)
{
	struct stat now;

	return fstat(file, &now) ? -1 : (ssize_t)now.st_size;
}

/* Submits, returns from that, and then waits for the end. */
static ssize_t asynchronously(const struct action *a, unsigned char *bytes)
{
	struct iocb request = {
		.aio_fildes = (unsigned)direct,
		.aio_lio_opcode = a->call == WRITE_ASYNC ? IOCB_CMD_PWRITE : IOCB_CMD_PREAD,
		.aio_buf = (unsigned long)bytes,
		.aio_nbytes = (unsigned)a->length,
		.aio_offset = a->at,
	}, *requests = &request;
	struct io_event end = { .res = -1 };
	aio_context_t context = 0;

	if (syscall(SYS_io_setup, 1, &context))
		return -1;
	if (syscall(SYS_io_submit, context, 1, &requests) == 1)
		syscall(SYS_io_getevents, context, 1, 1, &end, NULL);
	syscall(SYS_io_destroy, context);
	if (end.res < 0)
		errno = (int)-end.res;
	return end.res < 0 ? -1 : end.res;
}

/* Made before the race: nothing but the calls themselves happens there. */
static unsigned char *buffer(void)
{
	static unsigned char *bytes;

	if (!bytes && posix_memalign((void **)&bytes, 4096, BUFFER))
		die("memory");
	return bytes;
}

static int whole(ssize_t written, const struct action *a)
{
	return written == a->length ? 0 : -1;
}

/* For the time'th time. Of a read the bytes that it got, in buffer(); otherwise 0; -1: it failed. */
static ssize_t act(const struct action *a, int time)
{
	unsigned char *bytes = buffer();

	memset(bytes, a->fill, BUFFER);
	switch (a->call) {
	case WRITE:
		return whole(pwrite(file, bytes, a->length, a->at), a);
	case WRITE_DIRECT:
		return whole(pwrite(direct, bytes, a->length, a->at), a);
	case WRITE_ASYNC:
		return whole(asynchronously(a, bytes), a);
	case WRITE_NOTHING:
		return write_nothing(a);
	case READ:
		return pread(file, bytes, a->length, a->at);
	case READ_DIRECT:
		return pread(direct, bytes, a->length, a->at);
	case READ_ASYNC:
		return asynchronously(a, bytes);
	case READ_AHEAD:
		return posix_fadvise(file, a->at, a->length, POSIX_FADV_WILLNEED);
	case STORE:
		return store(a);
	case TRUNCATE:
		return ftruncate(file, time ? a->then : a->at);
	case PUNCH:
		return fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, a->at, a->length);
	case ZERO:
		return fallocate(file, FALLOC_FL_ZERO_RANGE | FALLOC_FL_KEEP_SIZE, a->at, a->length);
	case COLLAPSE:
		return fallocate(file, FALLOC_FL_COLLAPSE_RANGE, a->at, a->length);
	case INSERT:
		return fallocate(file, FALLOC_FL_INSERT_RANGE, a->at, a->length);
	case UNSHARE:
		return fallocate(file, FALLOC_FL_UNSHARE_RANGE, a->at, a->length);
	case PREALLOCATE:
		return fallocate(file, FALLOC_FL_KEEP_SIZE, a->at, a->length);
	case CLONE:
		return clone_of(file);
	case WRITEBACK:
		return sync_file_range(file, a->at, 0, SYNC_FILE_RANGE_WRITE);
	case RECLAIM:
		return reclaim(a);
	case FREE_EOFBLOCKS:
		return free_eofblocks();
	case SYNC:
		return fsync(file);
	case ASK_SIZE:
		return ask_size();
	}
	return -1;
}
