// ->swap_rw() of "mm: Use DIO for swap", version 3, patches 7 and 8: iomap_dio_rw() without dio_ops
// for XFS, blkdev_direct_IO(), nfs_file_direct_write().
//
// Keeps:   every allocation, lock and wait of __iomap_dio_rw(), fs/iomap/direct-io.c, on the way;
//          the two references on the dio; the cookie that is stored in the caller's kiocb; who runs
//          the completion; what the callee does with the caller's bio_vec.
// Drops:   i_dio_count, since nobody truncates a swap file; the creation of the workqueue; bios
// that
//          wait for bios (their pool gives each submitter one).
// Atomic:  a mapping is looked up in the step that has the ILOCK: nothing changes it, a swap file's
//          layout stays as it is.
// Sources: swap-dio thread, patches 7, 8; atlas direct-and-swap 1.3-1.8, 4.5.

#include "model/swap/paths/swap_rw.hpp"

#include "model/swap/paths/btrfs.hpp"
#include "model/swap/paths/end_swap_io.hpp"
#include "model/swap/paths/rpciod.hpp"
#include "model/swap/paths/xfs_mapping.hpp"
#include "model/swap/paths/xfs_trans.hpp"

namespace stalemate::kernel::swap {

using namespace build;

namespace {

/// The file's own page over the slot is in the page cache only if somebody reads the file.
bool has_cached_page(const World& w) {
  return w.has_path("readahead");
}

void invalidate(Path& p, const World& w) {
  const auto fn = p.function("invalidate_inode_pages2_range", "mm/truncate.c");
  p.step("lock the swap file's cached page",
         when(!w.file.is_cached).note("there is none").ret(),
         when(w.file.is_cached).note("it is there").take(w.file.cached_page));
  p.step("drop it from the page cache",
         then(w.file.is_cached = false, release(w.file.cached_page)));
}

/// i_rwsem, as a ->swap_rw() through ->write_iter() would take it.
void lock_inode(Path& p, const World& w, const Reclaimer& task) {
  const FairLock& rwsem = w.file.i_rwsem;
  const Expr mine = rwsem.lock.readers[p.number()];
  switch (w.kernel().swap_rwsem) {
  case SwapRwsem::none:
    return;
  case SwapRwsem::shared:
    p.step("take i_rwsem shared", rwsem.take_shared(p).then(task.nested = mine));
    return;
  case SwapRwsem::exclusive:
    p.step("queue for i_rwsem", rwsem.queue(p));
    p.step("take i_rwsem", rwsem.take());
    return;
  }
}

void unlock_inode(Path& p, const World& w, const Reclaimer& task) {
  const FairLock& rwsem = w.file.i_rwsem;
  switch (w.kernel().swap_rwsem) {
  case SwapRwsem::none:
    return;
  case SwapRwsem::shared:
    p.step("drop i_rwsem",
           when(task.nested).note("held from before"),
           when(!task.nested).note("its own hold").then(release_shared(rwsem.lock)));
    return;
  case SwapRwsem::exclusive:
    p.step("drop i_rwsem", then(release(rwsem.lock)));
    return;
  }
}

/// Memory for the request itself. Falls off with it; fails the request without.
void allocate_dio(
    Path& p, const World& w, const Reclaimer& task, const SwapRequest& request, Label out) {
  if (w.kernel().dio_from == MemoryFrom::mempool) return;
  if (request.gfp != Gfp::reclaim) {
    allocate(p, w, "kmalloc(dio)", request.gfp);
    return;
  }
  kmalloc_in_reclaim(p, w, "kmalloc(dio)", then(task.result = Result::failed).go(out));
}

Effect free_dio(const World& w) {
  return w.kernel().dio_from == MemoryFrom::mempool ? Effect() : free_memory(w);
}

void queue_bio(Path& p, const World& w, const FrameTable::Row& page, const SwapRequest& request) {
  p.step("submit the bio, which points at the caller's bio_vec",
         then(page.stage = BioStage::queued,
              page.is_write = request.is_write,
              page.failed = false,
              page.io_done = false,
              page.dio = uses_iomap(w.kernel()) ? 2 : 0));
}

/// Whoever must run for an asynchronous write to complete.
Expr completer(const World& w) {
  // iomap completes an asynchronous write in the filesystem's workqueue, whatever others do.
  if (w.kernel().swap_io == SwapIo::dio_async) return w.holder("dio_worker");
  switch (w.kernel().completed_by) {
  case CompletedBy::interrupt:
    return 0;
  case CompletedBy::shared_workqueue:
  case CompletedBy::own_workqueue:
    return w.holder("dio_worker");
  }
  return 0;
}

void iomap_dio_rw(Path& p, const World& w, const Reclaimer& task, const SwapRequest& request) {
  const auto fn = p.function("__iomap_dio_rw", "fs/iomap/direct-io.c");
  const auto page = w.frame[task.page];
  const Label out = p.forward();
  const Label unmapped = p.forward();
  allocate_dio(p, w, task, request, out);
  if (request.is_write && w.kernel().invalidates_cache && has_cached_page(w)) invalidate(p, w);
  if (w.kernel().swap_on == SwapOn::btrfs)
    btrfs_map_swap(p, w);
  else
    xfs_map_swap(p, w, task, request, unmapped);
  queue_bio(p, w, page, request);
  if (w.kernel().page_in == PageIn::union_with_cookie)
    p.step("store the cookie in the caller's kiocb",
           always()
               .check(w.claims.lifetime, page.kiocb > 0, "the kiocb has been freed")
               .note("over the page, which has the same place")
               .then(page.pointer = Pointer::cookie));

  const Label complete = p.forward();
  if (request.is_sync) {
    p.step("wait for the bio", always().wait(page.io_done, "the swap device"));
  } else {
    p.step("drop the submitter's reference on the dio",
           when(page.dio == 1).note("the last").then(page.dio = 0).go(complete),
           when(page.dio == 2)
               .note("not the last")
               .then(page.dio = 1, page.submitter = completer(w), task.result = Result::queued)
               .go(out));
  }
  p.label(complete);
  iomap_dio_complete(p, w, page, request);
  const bool leaves_extent = request.is_write && w.kernel().dio_ops == DioOps::none;
  p.step("free the dio, return what it says",
         always()
             .note(leaves_extent ? "no ->end_io: the extent stays what it was" : "")
             .then(free_dio(w),
                   page.dio = 0,
                   task.result = select(page.failed, Expr(Result::failed), Expr(Result::done)))
             .go(out));

  if (may_refuse(w, request)) {
    p.label(unmapped);
    p.step(request.is_write ? "free the dio, return the error"
                            : "free the dio, return what was zeroed, or the error",
           always().then(free_dio(w)));
  }
  p.label(out);
}

void blkdev_direct_io(Path& p, const World& w, const Reclaimer& task, const SwapRequest& request) {
  const auto fn = p.function("__blkdev_direct_IO", "block/fops.c");
  const auto page = w.frame[task.page];
  queue_bio(p, w, page, request);
  if (w.kernel().polled)
    p.step("store the cookie in the caller's kiocb",
           always()
               .check(w.claims.lifetime, page.kiocb > 0, "the kiocb has been freed")
               .then(page.pointer = w.kernel().page_in == PageIn::union_with_cookie
                                        ? Expr(Pointer::cookie)
                                        : Expr(page.pointer)));
  if (!request.is_sync) {
    p.step("return -EIOCBQUEUED", then(task.result = Result::queued));
    return;
  }
  p.step("wait for the bio", always().wait(page.io_done, "the swap device"));
  p.step("return what it says",
         then(task.result = select(page.failed, Expr(Result::failed), Expr(Result::done))));
}

void nfs_file_direct_write(Path& p,
                           const World& w,
                           const Reclaimer& task,
                           const SwapRequest& request) {
  const auto fn = p.function("nfs_file_direct_write", "fs/nfs/direct.c");
  const auto page = w.frame[task.page];
  const Label out = p.forward();
  if (request.is_write && w.kernel().write_checks) {
    const auto checks = p.function("generic_write_checks", "fs/read_write.c");
    p.step("is it a swap file? yes: -ETXTBSY", then(task.result = Result::failed));
    return;
  }
  allocate_dio(p, w, task, request, out);
  const bool is_rpc = has_rpc(w) && request.is_write;
  if (is_rpc)
    p.step("begin an RPC that holds the page itself",
           then(send_by_rpc(w, task.page), page.failed = false, page.io_done = false));
  else
    p.step("send requests that hold the page themselves",
           then(page.stage = BioStage::queued,
                page.is_write = request.is_write,
                page.failed = false,
                page.io_done = false));
  if (request.is_sync) {
    p.step("wait for the replies",
           always().wait(page.io_done, "the server's reply", is_rpc ? w.holder("rpciod") : 0));
    p.step("return what they say",
           then(free_dio(w),
                task.result = select(page.failed, Expr(Result::failed), Expr(Result::done))));
  } else {
    p.step("return -EIOCBQUEUED", then(task.result = Result::queued));
  }
  p.label(out);
}

} // namespace

void iomap_dio_complete(Path& p, const World& w, const FrameTable::Row& page, SwapRequest request) {
  const auto fn = p.function("iomap_dio_complete", "fs/iomap/direct-io.c");
  if (!request.is_write) return;
  if (w.kernel().dio_ops == DioOps::xfs) xfs_dio_write_end_io(p, w, page, request.gfp);
  if (w.kernel().invalidates_cache && has_cached_page(w)) invalidate(p, w);
}

void swap_rw(Path& p, const World& w, const Reclaimer& task, SwapRequest request) {
  lock_inode(p, w, task);
  switch (w.kernel().swap_on) {
  case SwapOn::xfs:
  case SwapOn::btrfs:
    iomap_dio_rw(p, w, task, request);
    break;
  case SwapOn::block_device:
    blkdev_direct_io(p, w, task, request);
    break;
  case SwapOn::nfs:
    nfs_file_direct_write(p, w, task, request);
    break;
  }
  unlock_inode(p, w, task);
}

void iomap_swap_write(Path& p, const World& w, const Reclaimer& task) {
  const auto fn = p.function("iomap_swap_rw", "fs/iomap/swapfile.c");
  const auto page = w.frame[task.page];
  p.step("set writeback, unlock the page",
         then(page.writeback = true,
              page.submitter = p.self(),
              page.failed = false,
              release(page.lock)));
  const Label failed = p.forward();
  const Label out = p.forward();
  xfs_map_swap(p, w, task, {.is_write = true, .is_sync = false}, failed);
  p.step("submit a bio with a bio_vec of its own",
         then(page.stage = BioStage::queued,
              page.is_write = true,
              page.bvec = true,
              page.submitter = completer(w),
              task.result = Result::done)
             .go(out));
  if (may_refuse(w, {.is_write = true, .is_sync = false})) {
    p.label(failed);
    p.step("the write has failed", then(page.failed = true, task.result = Result::failed));
    end_swap_write(p, w, page);
  }
  p.label(out);
}

} // namespace stalemate::kernel::swap
