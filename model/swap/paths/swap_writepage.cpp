// __swap_writepage(), mm/page_io.c: v5.15's bio path; swapfile_write() of "mm: Use DIO for swap",
// version 3, patches 5, 6 and 9; swap_writepage_fs() of v5.18; the iomap_swap_rw() that the thread
// proposes, of which no implementation is known.
//
// Keeps:   that zswap is asked first, swap_writepage(); the order of writeback, unlock, allocation
// and submission in each; where the bio_vec
//          lives and until when; the references on the kiocb; every early return.
// Drops:   merging of neighbouring pages in a plug (v5.18).
// Atomic:  "set writeback, unlock": who looks at writeback without the page lock is reclaim, which
//          passes by in either case.
// Sources: swap-dio thread, patches 5, 6, 9; atlas direct-and-swap 4.3-4.6, 8.

#include "model/swap/paths/swap_writepage.hpp"

#include "model/swap/paths/end_swap_io.hpp"
#include "model/swap/paths/swap_rw.hpp"
#include "model/swap/paths/xfs_mapping.hpp"
#include "model/swap/paths/zswap_store.hpp"

#include <algorithm>

namespace stalemate::kernel::swap {

using namespace build;

namespace {

/// The step that makes the write visible. `submitter` is who must end it: a task, or the device.
void start_writeback(Path& p, const FrameTable::Row& page, const Expr& submitter) {
  p.step("set writeback, unlock the page",
         then(page.writeback = true,
              page.submitter = submitter,
              page.failed = false,
              release(page.lock)));
}

void submit_raw_bio(Path& p, const World& w, const Reclaimer& task) {
  const auto page = w.frame[task.page];
  start_writeback(p, page, 0);
  p.step("submit the bio",
         then(page.stage = BioStage::queued,
              page.is_write = true,
              page.bvec = true,
              task.result = Result::done));
}

/// bdev_write_page() of a device like RAM.
void write_in_place(Path& p, const World& w, const Reclaimer& task) {
  const auto page = w.frame[task.page];
  p.step("set writeback, write the page in place",
         then(page.writeback = true, page.failed = false, w.disk[page.slot] = page.data));
  p.step("end writeback, unlock the page",
         then(page.writeback = false, task.result = Result::done, release(page.lock)));
}

/// What becomes of the page when there is no memory for the kiocb; recorded where it is known, so
/// that the first step says what is done.
void without_kiocb(Path& p, const World& w, const Reclaimer& task) {
  const auto page = w.frame[task.page];
  const auto failed = task.result = Result::failed;
  const auto count = w.failures = min(w.failures + 1, reclaim_retries);
  switch (w.kernel().no_kiocb) {
  case NoKiocb::returns_error:
    p.step("return -ENOMEM", then(failed).ret());
    return;
  case NoKiocb::unlocks:
    p.step("unlock the page, return -ENOMEM", then(release(page.lock), failed).ret());
    return;
  case NoKiocb::redirties_and_unlocks:
    p.step("make the page dirty again, unlock it, return -ENOMEM",
           then(page.dirty = true, page.reclaim = false, count, release(page.lock), failed).ret());
    return;
  case NoKiocb::completes_with_error:
    p.step("fail the write", then(page.failed = true, task.result = Result::done));
    end_swap_write(p, w, page);
    p.step("return 0", always().ret());
    return;
  case NoKiocb::comes_from_pool:
    return;
  }
}

void swapfile_write_sync(Path& p, const World& w, const Reclaimer& task) {
  const auto fn = p.function("swapfile_write_sync", "mm/page_io.c");
  const auto page = w.frame[task.page];
  start_writeback(p, page, p.self());
  p.step("prepare the kiocb on the stack",
         then(page.bvec = true, page.kiocb = 1, page.pointer = Pointer::page));
  swap_rw(p, w, task, {.is_write = true, .is_sync = true});
  p.step("what did it return?",
         then(page.failed = task.result == Result::failed,
              page.bvec = false,
              page.kiocb = 0,
              page.pointer = Pointer::none));
  end_swap_write(p, w, page);
}

void swapfile_write_async(Path& p, const World& w, const Reclaimer& task) {
  const auto fn = p.function("swapfile_write", "mm/page_io.c");
  const auto page = w.frame[task.page];
  const Kernel& kernel = w.kernel();
  const bool is_early = kernel.no_kiocb == NoKiocb::completes_with_error ||
                        kernel.no_kiocb == NoKiocb::comes_from_pool;
  if (is_early) start_writeback(p, page, p.self());
  const Label no_memory = p.forward();
  const Label prepared = p.forward();
  if (kernel.no_kiocb != NoKiocb::comes_from_pool)
    kmalloc_in_reclaim(p, w, "kzalloc(kiocb)", always().go(no_memory));
  const bool is_on_stack = kernel.bvec_in == BvecIn::stack;
  p.step("fill the kiocb",
         then(page.kiocb = kernel.kiocb_refs, page.pointer = Pointer::page, page.bvec = true)
             .note(is_on_stack ? "its bio_vec is on the stack" : "")
             .go(prepared));
  if (kernel.no_kiocb != NoKiocb::comes_from_pool) {
    p.label(no_memory);
    without_kiocb(p, w, task);
  }
  p.label(prepared);
  if (!is_early) start_writeback(p, page, p.self());
  swap_rw(p, w, task, {.is_write = true, .is_sync = false});
  const Label queued = p.forward();
  const auto is_queued = when(task.result == Result::queued).note("yes");
  p.step("was the write queued?",
         kernel.completes_queued ? is_queued : is_queued.go(queued),
         otherwise().note("no").then(page.failed = task.result == Result::failed));
  complete_kiocb(p, w, page, true);
  p.label(queued);
  const Effect leave = is_on_stack ? page.bvec = false : Effect();
  if (kernel.kiocb_refs == 2)
    p.step("put the submitter's reference on the kiocb, return",
           then(put_kiocb(w, page)).then(leave).note(is_on_stack ? "the stack is left" : ""));
  else
    p.step("return", always().then(leave).note(is_on_stack ? "the stack is left" : ""));
}

} // namespace

bool may_return_error(const World& w) {
  const Kernel& kernel = w.kernel();
  const SwapRequest request{.is_write = true, .is_sync = kernel.swap_io == SwapIo::dio_sync};
  switch (kernel.swap_io) {
  case SwapIo::bio:
    return false;
  case SwapIo::dio_sync:
    return may_fail(w);
  case SwapIo::dio_async:
    return kernel.queued_is == QueuedIs::error || may_fail(w);
  case SwapIo::iomap_swap_rw:
    return may_refuse(w, request);
  }
  return true;
}

bool may_fail(const World& w) {
  const Kernel& kernel = w.kernel();
  const SwapRequest request{.is_write = true, .is_sync = kernel.swap_io == SwapIo::dio_sync};
  const bool has_dio = is_dio(kernel) && kernel.swap_on != SwapOn::block_device &&
                       kernel.dio_from == MemoryFrom::kmalloc;
  const bool has_kiocb =
      kernel.swap_io == SwapIo::dio_async && kernel.no_kiocb != NoKiocb::comes_from_pool;
  const bool is_zoned = std::ranges::find(w.setup.memory.slots, Backing::sequential_zone) !=
                        w.setup.memory.slots.end();
  const bool is_checked = is_dio(kernel) && kernel.swap_on == SwapOn::nfs && kernel.write_checks;
  return w.setup.memory.io_errors > 0 || is_zoned || is_checked || has_dio || has_kiocb ||
         (kernel.swap_on == SwapOn::xfs && kernel.swap_io != SwapIo::bio &&
          may_refuse(w, request)) ||
         writes_too_little(kernel);
}

void write_to_device(Path& p, const World& w, const Reclaimer& task) {
  const auto fn = p.function("__swap_writepage", "mm/page_io.c");
  if (w.kernel().synchronous_device) {
    write_in_place(p, w, task);
    return;
  }
  switch (w.kernel().swap_io) {
  case SwapIo::bio:
    submit_raw_bio(p, w, task);
    return;
  case SwapIo::dio_sync:
    swapfile_write_sync(p, w, task);
    return;
  case SwapIo::dio_async:
    swapfile_write_async(p, w, task);
    return;
  case SwapIo::iomap_swap_rw:
    iomap_swap_write(p, w, task);
    return;
  }
}

void swap_writepage(Path& p, const World& w, const Reclaimer& task) {
  if (!w.zswap) {
    write_to_device(p, w, task);
    return;
  }
  const auto fn = p.function("swap_writepage", "mm/page_io.c");
  const auto page = w.frame[task.page];
  const Label device = p.forward();
  zswap_store(p, w, page, device);
  const auto unlock = together(task.result = Result::done, release(page.lock));
  if (w.kernel().zswap_fakes_writeback) {
    p.step("zswap has it: set writeback, unlock the page",
           then(page.writeback = true, page.submitter = p.self(), page.failed = false, unlock));
    p.step("end the writeback", then(page.writeback = false, page.submitter = 0).ret());
  } else {
    p.step("zswap has it: unlock the page", then(unlock).ret());
  }
  p.label(device);
  write_to_device(p, w, task);
}

} // namespace stalemate::kernel::swap
