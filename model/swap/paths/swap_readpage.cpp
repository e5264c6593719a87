// swap_readpage(), mm/page_io.c: v5.15's bio path; swapfile_read() of "mm: Use DIO for swap",
// version 3, patch 5; the iomap_swap_rw() of the same thread.
//
// Keeps:   that zswap is asked first; the allocation of the kiocb and what an early return leaves
//          behind; the references on it; that the page is unlocked by whoever ends the read.
// Drops:   polling: whoever reads synchronously sleeps until the interrupt.
// Atomic:  a read by a synchronous device, which is done by the task that asks for it.
// Sources: swap-dio thread, patch 5; atlas direct-and-swap 5.2.

#include "model/swap/paths/swap_readpage.hpp"

#include "model/swap/objects/content.hpp"
#include "model/swap/paths/end_swap_io.hpp"
#include "model/swap/paths/swap_rw.hpp"
#include "model/swap/paths/xfs_mapping.hpp"
#include "model/swap/paths/zswap_load.hpp"

namespace stalemate::kernel::swap {

using namespace build;

namespace {

void submit_read(Path& p, const World& w, const Reclaimer& task) {
  const auto page = w.frame[task.page];
  p.step("submit a bio for the read",
         then(page.stage = BioStage::queued,
              page.is_write = false,
              page.failed = false,
              page.bvec = true));
}

void swapfile_read_sync(Path& p, const World& w, const Reclaimer& task) {
  const auto fn = p.function("swapfile_read_sync", "mm/page_io.c");
  const auto page = w.frame[task.page];
  p.step("prepare the kiocb on the stack",
         then(page.bvec = true, page.kiocb = 1, page.pointer = Pointer::page, page.failed = false));
  swap_rw(p, w, task, {.is_write = false, .is_sync = true, .gfp = Gfp::kernel});
  p.step("what did it return?",
         then(page.failed = task.result == Result::failed,
              page.bvec = false,
              page.kiocb = 0,
              page.pointer = Pointer::none));
  end_swap_read(p, w, page);
}

/// The task is not in reclaim, so that the allocation fails only if the OOM killer has chosen it.
void allocate_kiocb(Path& p, const World& w, const Reclaimer& task) {
  const auto page = w.frame[task.page];
  const Place failures = w.memory.failures;
  const auto taken = allocate_nofail(w, Gfp::kernel);
  const auto failed = when(failures > 0)
                          .note("no memory for a task that the OOM killer has chosen")
                          .then(failures = max(failures - 1, 0));
  if (w.kernel().no_read_kiocb == NoReadKiocb::comes_from_pool) return;
  if (w.setup.memory.failures == 0) {
    p.step("kzalloc(kiocb), which waits", taken);
    return;
  }
  switch (w.kernel().no_read_kiocb) {
  case NoReadKiocb::comes_from_pool:
    return;
  case NoReadKiocb::returns:
    p.step("kzalloc(kiocb)", taken, failed.ret());
    return;
  case NoReadKiocb::sets_error:
    p.step("kzalloc(kiocb)", taken, failed.then(release(page.lock)).ret());
    return;
  case NoReadKiocb::drops_page:
    p.step("kzalloc(kiocb)",
           taken,
           failed.then(page.in_cache = false, w.has_cache[page.slot] = false)
               .then(w.invalidate_free_slots(), release(page.lock))
               .ret());
    return;
  }
}

void swapfile_read_async(Path& p, const World& w, const Reclaimer& task) {
  const auto fn = p.function("swapfile_read", "mm/page_io.c");
  const auto page = w.frame[task.page];
  const Kernel& kernel = w.kernel();
  allocate_kiocb(p, w, task);
  p.step("fill the kiocb",
         then(page.kiocb = kernel.kiocb_refs,
              page.pointer = Pointer::page,
              page.bvec = true,
              page.failed = false));
  swap_rw(p, w, task, {.is_write = false, .is_sync = false, .gfp = Gfp::kernel});
  const Label queued = p.forward();
  const auto is_queued = when(task.result == Result::queued).note("yes");
  p.step("was the read queued?",
         kernel.completes_queued ? is_queued : is_queued.go(queued),
         otherwise().note("no").then(page.failed = task.result == Result::failed));
  complete_kiocb(p, w, page, false);
  p.label(queued);
  const bool is_on_stack = kernel.bvec_in == BvecIn::stack;
  const Effect leave = is_on_stack ? page.bvec = false : Effect();
  if (kernel.kiocb_refs == 2)
    p.step("put the submitter's reference on the kiocb, return",
           then(put_kiocb(w, page)).then(leave).note(is_on_stack ? "the stack is left" : ""));
  else
    p.step("return", always().then(leave).note(is_on_stack ? "the stack is left" : ""));
}

void iomap_swap_read(Path& p, const World& w, const Reclaimer& task) {
  const auto fn = p.function("iomap_swap_rw", "fs/iomap/swapfile.c");
  const SwapRequest request{.is_write = false, .is_sync = false, .gfp = Gfp::kernel};
  const Label zeroed = p.forward();
  const Label out = p.forward();
  xfs_map_swap(p, w, task, request, zeroed);
  submit_read(p, w, task);
  if (!may_refuse(w, request)) return;
  p.step("return", always().go(out));
  p.label(zeroed);
  p.step("the read ends without I/O",
         then(w.frame[task.page].failed = task.result == Result::failed));
  end_swap_read(p, w, w.frame[task.page]);
  p.label(out);
}

/// Up to v5.17: the page is dirty then, and all there is.
void free_device_copy(Path& p, const World& w, const FrameTable::Row& page) {
  const auto fn = p.function("swap_slot_free_notify", "mm/page_io.c");
  p.step("free what the device has stored, if the slot is counted once; unlock the page",
         when(w.is_counted_once(page.slot))
             .note("once")
             .then(w.disk[page.slot] = Expr(content::zeroes), page.dirty = true)
             .then(release(page.lock)),
         otherwise().note("it is not").then(release(page.lock)));
}

} // namespace

void swap_readpage(Path& p, const World& w, const Reclaimer& task) {
  const auto fn = p.function("swap_readpage", "mm/page_io.c");
  const auto page = w.frame[task.page];
  if (w.zswap) {
    const Label device = p.forward();
    zswap_load(p, w, task, device);
    p.step("it was in zswap: uptodate, unlock the page",
           then(page.uptodate = true, release(page.lock)).ret());
    p.label(device);
  }
  if (w.kernel().synchronous_device) {
    const bool frees = w.kernel().device_copy == DeviceCopy::freed_on_read;
    const auto fill = together(page.data = w.disk[page.slot], page.uptodate = true);
    if (!frees) {
      p.step("read the page from the device in place, unlock it", then(fill, release(page.lock)));
      return;
    }
    p.step("read the page from the device in place", then(fill));
    free_device_copy(p, w, page);
    return;
  }
  switch (w.kernel().swap_io) {
  case SwapIo::bio:
    submit_read(p, w, task);
    return;
  case SwapIo::dio_sync:
    swapfile_read_sync(p, w, task);
    return;
  case SwapIo::dio_async:
    swapfile_read_async(p, w, task);
    return;
  case SwapIo::iomap_swap_rw:
    iomap_swap_read(p, w, task);
    return;
  }
}

} // namespace stalemate::kernel::swap
