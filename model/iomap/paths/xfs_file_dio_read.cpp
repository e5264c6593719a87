// xfs_file_dio_read(), fs/xfs/xfs_file.c; the read side of __iomap_dio_rw(),
// fs/iomap/direct-io.c.
//
// Keeps:   i_rwsem shared, the look at i_size, write-back of what is cached, i_dio_count, zeroes at
//          once where a mapping has no data, bios where it has; -EIO for a delayed allocation; the
//          completion in the interrupt if the read is asynchronous.
// Drops:   RWF_NOWAIT, a user's buffer that faults half-way, completion in the submitter's poll.
// Atomic:  a bio reads a block in one step, and a bio of several blocks block by block.
// Sources: atlas direct-and-swap 2, D2; iomap-folio-ops thread, Chinner.

#include "model/iomap/paths/xfs_file_dio_read.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/objects/witness.hpp"
#include "model/iomap/paths/filemap_write_and_wait.hpp"
#include "model/iomap/paths/inode_dio_wait.hpp"
#include "model/iomap/paths/iomap_dio_complete.hpp"
#include "model/iomap/paths/iomap_dio_iter.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

void record_dio_read(Path& p, const World& w, const Options&) {
  const auto fn = p.function("xfs_file_dio_read", "fs/xfs/xfs_file.c");
  const DirectRequest& request = w.dio->of(p.number());
  const bool is_exclusive = w.kernel().dio_reads == DioReads::exclusive;
  const auto& i_rwsem = w.inode.i_rwsem;
  const Effect unlock = is_exclusive ? release(i_rwsem) : release_shared(i_rwsem);
  const Effect begins = witness::read_begins(w, p.number());
  const Label empty = p.forward();
  const Label queued = p.forward();
  const Place size = p.local("i_size", 0, w.geometry.segments(), w.geometry.segments());

  if (is_exclusive) {
    p.step("take i_rwsem exclusively", InOrder(p, w).take(Rank::i_rwsem, i_rwsem).then(begins));
    inode_dio_wait(p, w);
  } else {
    p.step("take i_rwsem shared", InOrder(p, w).take_shared(Rank::i_rwsem, i_rwsem).then(begins));
  }
  {
    const auto rw = p.function("__iomap_dio_rw", "fs/iomap/direct-io.c");
    if (w.has_room_beyond_size())
      p.step("look at i_size",
             when(w.is_beyond_size(request.first)).note("nothing to read").go(empty),
             otherwise().then(size = w.inode.size));
    if (w.setup.has_page_cache()) {
      const WritepageContext context(p, w);
      const int per_folio = w.geometry.segments_per_folio();
      filemap_write_and_wait(
          p, w, context, request.first / per_folio, (request.end - 1) / per_folio);
    }
    const Place count = w.dio->count;
    p.step("count it into i_dio_count", then(count = count + 1));
    const Label submitted = p.forward();
    iomap_dio_iter_read(p, w, request, submitted);
    p.label(submitted);
    const Expr is_waiting = w.dio->is_waiting(request);
    const Expr device = w.completer(request) + 1;
    if (request.is_async)
      p.step(
          "drop the reference of the submission",
          when(is_waiting).note("-EIOCBQUEUED").then(w.dio->queued[request.rank] = true).go(queued),
          otherwise().note("complete it here"));
    else
      p.step("wait until its bios are done", always().wait(!is_waiting, "its bios", device));
    iomap_dio_complete(p, w, request);
  }
  const Expr end = select(w.dio->error[request.rank], 0, size);
  p.step("drop i_rwsem, return",
         witness::read_returns(w, p.number(), end, then(unlock).end())
             .check(w.claims.direct_io_succeeds, !w.dio->error[request.rank], "the read fails"));
  if (request.is_async) {
    p.label(queued);
    p.step("drop i_rwsem, return -EIOCBQUEUED", then(unlock).end());
  }
  if (w.has_room_beyond_size()) {
    p.label(empty);
    p.step("drop i_rwsem, return: there is nothing to read", then(unlock).end());
  }
}

} // namespace

IomapPath dio_read() {
  return {{.name = "dio_read",
           .process = "dio_reader",
           .function = "xfs_file_dio_read",
           .text = "read(2) or io_submit(2) with O_DIRECT, with its bios and their completion",
           .source = "atlas direct-and-swap 2",
           .options = {{"at", "first segment that it reads", 0, 31, 0},
                       {"segments", "how many segments it reads", 1, 32, 2},
                       {"async", "1: it returns when its bios are submitted", 0, 1, 0}}},
          record_dio_read};
}

} // namespace stalemate::kernel::iomap
