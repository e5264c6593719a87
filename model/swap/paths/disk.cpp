// The swap device: blk_mq_dispatch_rq_list() and blk_update_request(), block/, and the bi_end_io of
// a swap bio: end_swap_bio_write() and _read(), iomap_dio_bio_end_io(), blkdev_bio_end_io(); for
// NFS the server's reply.
//
// Keeps:   that a request waits in a queue before its bio_vec is read, and that the completion
// reads
//          it once more to account bytes; that completion is in an interrupt, so that it takes no
//          lock and waits for nothing; whom it wakes or queues.
// Drops:   plugs, merging, tags; the order of requests, which is free.
// Atomic:  the transfer of a page.
// Sources: atlas direct-and-swap 1.6, 4.3 aC, 11 (L1), DL7.

#include "model/swap/paths/disk.hpp"

#include "model/swap/layout/memory_section.hpp"
#include "model/swap/objects/content.hpp"
#include "model/swap/paths/btrfs.hpp"
#include "model/swap/paths/end_swap_io.hpp"
#include "model/swap/paths/reclaimer.hpp"
#include "model/swap/paths/rpciod.hpp"

namespace stalemate::kernel::swap {

using namespace build;

namespace {

/// NFS takes the page out of the bio_vec before it returns.
bool reads_bvec(const World& w) {
  return w.kernel().swap_on != SwapOn::nfs;
}

/// Raw bios go where the file lay at swapon; who looks the place up for each I/O finds it anew.
Expr own_blocks(const World& w, const FrameTable::Row& page) {
  if (takes_logical_for_device(w)) return false;
  const Expr backing = w.file.backing[page.slot];
  const Expr is_left = w.kernel().swap_io == SwapIo::bio ? Expr(w.area.moved[page.slot]) : false;
  const Expr is_usable = backing == Backing::written || backing == Backing::unwritten ||
                         backing == Backing::sequential_zone;
  return is_usable && !is_left;
}

void transfer(Path& p, const World& w, const FrameTable::Row& page) {
  const Expr is_sound = reads_bvec(w) ? Expr(page.bvec) : Expr(true);
  // A huge page of which only the first PAGE_SIZE bytes were asked for: a short write.
  const bool is_short = writes_too_little(w.kernel());
  const Expr written =
      is_short ? Expr(content::garbage) : select(is_sound, page.data, Expr(content::garbage));
  const Expr is_refused = w.file.backing[page.slot] == Backing::sequential_zone;
  const auto move =
      when(page.is_write)
          .note(takes_logical_for_device(w) ? "write, where the logical address points" : "write")
          .check(w.claims.own_blocks,
                 own_blocks(w, page),
                 "the write goes to a block that is not the swap file's, or not its alone")
          .then(w.disk[page.slot] = select(is_refused, w.disk[page.slot], written),
                page.failed = Expr(is_short) || is_refused,
                page.stage = BioStage::done);
  const auto fetch = when(!page.is_write)
                         .note("read")
                         .then(page.data = w.disk[page.slot], page.stage = BioStage::done);
  std::vector<Alternative> ways{move};
  if (w.has_faults()) ways.push_back(fetch);
  if (w.setup.memory.io_errors > 0)
    ways.push_back(
        when(w.io_errors > 0)
            .note("the device fails")
            .then(w.io_errors = w.io_errors - 1, page.failed = true, page.stage = BioStage::done));
  p.step("move the data", ways);
}

/// iomap_dio_bio_end_io() and blkdev_bio_end_io() of a synchronous request.
void wake_submitter(Path& p, const FrameTable::Row& page, Label next) {
  const auto fn = p.function("bio_endio", "block/bio.c");
  p.step("wake the submitter", then(page.stage = BioStage::none, page.io_done = true).go(next));
}

/// The server's reply to an RPC: rpciod does the rest.
void reply(Path& p, const World& w, const FrameTable::Row& page, int frame, Label next) {
  const auto fn = p.function("xprt_complete_rqst", "net/sunrpc/xprt.c");
  p.step("the reply comes: make the task ready for rpciod",
         then(page.stage = BioStage::none, w.rpc.stage[frame] = Expr(RpcStage::replied)).go(next));
}

/// What nfs_direct_complete() and iomap_dio_complete() free; a block device's is part of its bio.
Effect free_request(const World& w) {
  const bool is_pool = w.kernel().dio_from == MemoryFrom::mempool;
  return is_pool || w.kernel().swap_on == SwapOn::block_device ? Effect() : free_memory(w);
}

void end_async_write(Path& p, const World& w, const FrameTable::Row& page, int frame, Label next) {
  const Kernel& kernel = w.kernel();
  if (uses_iomap(kernel) && kernel.swap_io == SwapIo::dio_async) {
    const auto fn = p.function("iomap_dio_bio_end_io", "fs/iomap/direct-io.c");
    p.step("drop the bio's reference on the dio, queue the completion if it was the last",
           when(page.dio == 1)
               .note("the last")
               .then(page.dio = 0, page.stage = BioStage::none)
               .then(w.queue.push(frame + 1))
               .go(next),
           when(page.dio == 2)
               .note("not the last")
               .then(page.dio = 1, page.stage = BioStage::none)
               .go(next));
    return;
  }
  if (kernel.swap_io == SwapIo::iomap_swap_rw && kernel.completed_by != CompletedBy::interrupt) {
    const auto fn = p.function("iomap_swap_end_io", "fs/iomap/swapfile.c");
    const Workqueue& queue =
        kernel.completed_by == CompletedBy::shared_workqueue ? w.queue : w.own_queue;
    p.step(
        "queue the completion",
        then(page.stage = BioStage::none, page.bvec = false).then(queue.push(frame + 1)).go(next));
    return;
  }
  if (kernel.swap_io == SwapIo::dio_async) {
    complete_kiocb(p, w, page, true);
    p.step("free the bio", then(page.stage = BioStage::none).then(free_request(w)).go(next));
    return;
  }
  end_swap_write(p, w, page);
  p.step("free the bio", then(page.stage = BioStage::none, page.bvec = false).go(next));
}

/// An asynchronous direct read is completed by the interrupt, in iomap too.
void end_async_read(Path& p, const World& w, const FrameTable::Row& page, Label next) {
  const auto fn = p.function("end_swap_bio_read", "mm/page_io.c");
  if (w.kernel().swap_io == SwapIo::dio_async && uses_iomap(w.kernel()))
    p.step("drop the bio's reference on the dio",
           when(page.dio == 1).note("the last").then(page.dio = 0),
           when(page.dio == 2)
               .note("not the last")
               .then(page.dio = 1, page.stage = BioStage::none)
               .go(next));
  if (w.kernel().swap_io == SwapIo::dio_async)
    complete_kiocb(p, w, page, false);
  else
    end_swap_read(p, w, page);
  const bool is_own = w.kernel().swap_io != SwapIo::dio_async;
  p.step("free the read's bio",
         then(page.stage = BioStage::none, page.bvec = is_own ? Expr(false) : Expr(page.bvec))
             .then(is_own ? Effect() : free_request(w))
             .go(next));
}

void record_disk(Path& p, const World& w, const Options& options) {
  const int frame = options.at("page");
  const auto page = w.frame[frame];
  const auto fn = p.function("blk_mq_dispatch_rq_list", "block/blk-mq.c");
  const auto reads_vector = [&](const Alternative& way) {
    return reads_bvec(w)
               ? way.check(w.claims.lifetime,
                           page.bvec,
                           w.kernel().bvec_in == BvecIn::stack
                               ? "the bio points at a bio_vec on a stack that is in other "
                                 "use: the device takes what lies there for page, offset "
                                 "and length"
                               : "the bio_vec that the bio points at is gone")
               : way;
  };
  const Label next = p.forward();
  p.label(next);
  p.step(weakly_fair(idle("start a request: read its bio_vec")),
         reads_vector(when(page.stage == BioStage::queued)
                          .note("one is queued")
                          .then(page.stage = BioStage::started)));
  transfer(p, w, page);
  {
    const auto update = p.function("blk_update_request", "block/blk-mq.c");
    p.step("account the bytes: read the bio_vec again", reads_vector(always()));
  }
  if (has_rpc(w)) {
    const Label reading = p.forward();
    const bool reads = w.has_faults();
    if (reads)
      p.step("is it the reply to a write?",
             when(page.is_write).note("yes"),
             when(!page.is_write)
                 .note("no: to a read, which rpciod has nothing to do with")
                 .go(reading));
    reply(p, w, page, frame, next);
    p.label(reading);
    if (!reads) return;
    w.kernel().swap_io == SwapIo::dio_sync ? wake_submitter(p, page, next)
                                           : end_async_read(p, w, page, next);
    return;
  }
  if (w.kernel().swap_io == SwapIo::dio_sync) {
    wake_submitter(p, page, next);
    return;
  }
  if (!w.has_faults()) {
    end_async_write(p, w, page, frame, next);
    return;
  }
  const Label write = p.forward();
  p.step("which way did it go?",
         when(page.is_write).note("a write").go(write),
         when(!page.is_write).note("a read"));
  end_async_read(p, w, page, next);
  p.label(write);
  end_async_write(p, w, page, frame, next);
}

} // namespace

SwapPath disk() {
  SwapPath path;
  path.name = "disk";
  path.process = "disk";
  path.function = "blk_mq_dispatch_rq_list";
  path.text = "the swap device, or the server, with the interrupts that end a page's I/O";
  path.source = "atlas direct-and-swap 1.6";
  path.options = {{"page", "whose I/O", 0, frames_max - 1, 0}};
  path.record = record_disk;
  path.automatic = true;
  return path;
}

} // namespace stalemate::kernel::swap
