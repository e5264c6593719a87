// shrink_page_list() and pageout(), mm/vmscan.c; add_to_swap(), try_to_unmap(); swap_writepage(),
// mm/page_io.c, v4.9.
//
// Keeps:   the page lock over everything up to the submission, and beyond it for devices that are
//          written to with rw_page; the dirty bit on its way from the entry to the page; the fresh
//          look at references; writeback from before the submission to the completion; the clean
//          page that is dropped because its slot is trusted; the dirty mark after an error.
// Drops:   the LRU, references in the page tables, huge pages. Reclaim of a page that is unmapped
//          already and still referenced is not begun, since nothing would come of it. The device
//          works in the context of the submitter, as zram does; other devices complete in an
//          interrupt, while reclaim leaves a page under writeback alone, so that nothing is lost.
//          The one slot is all the swap there is.
// Atomic:  one entry is unmapped under its page table lock; each section under the lock of the swap
//          area is one step.
// Sources: anonymous-stable-pages thread; atlas stable-pages SO1-SO8.

#include "model/stable_pages/paths/shrink_page_list.hpp"

#include "checker/builder/path.hpp"
#include "model/stable_pages/objects/world.hpp"
#include "model/stable_pages/paths/write_to_device.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::stable_pages {

using namespace build;

namespace {

void add_to_swap(Path& p, const World& w, Label keep) {
  const auto fn = p.function("add_to_swap", "mm/swap_state.c");
  const Expr is_new = !w.page.in_swap_cache && w.swap.users == 0;
  std::vector<Alternative> ways{
      when(w.page.in_swap_cache == true).note("it is there already"),
      when(is_new)
          .wait(w.swap.si_lock.is_free(), "the lock of the swap area", w.swap.si_lock.holder)
          .then(w.page.in_swap_cache = true,
                w.swap.has_cache = true,
                w.page.dirty = true,
                w.swap.stored = content::none)};
  if (w.kernel().anon_users == Users::map_only)
    ways.push_back(when(!w.page.in_swap_cache && w.swap.users > 0).note("no slot left").go(keep));
  p.step("add it to the swap cache", ways);
}

void unmap(Path& p, const World& w) {
  const auto fn = p.function("try_to_unmap", "mm/rmap.c");
  for (int mm = 0; mm < w.map.count; ++mm) {
    const auto pte = w.map.pte[mm];
    const Expr is_mapped = pte == Pte::read_only || pte == Pte::writable;
    p.step(fmt::format("unmap it from address space {}", mm),
           when(is_mapped)
               .wait(w.map.ptl[mm] == 0, "the page table lock", w.map.ptl[mm])
               .then(w.page.dirty = w.page.dirty || w.map.dirty[mm],
                     w.map.dirty[mm] = false,
                     pte = Pte::swap,
                     w.swap.users = w.swap.users + 1),
           otherwise().note("it is not mapped there"));
  }
}

/// The page leaves the swap cache; nobody has a use for it or its slot is trusted.
Effect drop(const World& w) {
  return together(w.free_page(), w.free_pages = w.free_pages + 1, release(w.page.lock));
}

void begin_writeback(Path& p, const World& w, const char* phrase, bool unlocks) {
  p.step(phrase,
         then(w.page.writeback = true,
              w.ghost.written_back = w.page.content,
              unlocks ? release(w.page.lock) : Effect()));
}

/// rw_page: the page stays locked until the device is done, unless the driver cannot take it.
void write_locked(Path& p, const World& w, const Transfer& t, Label next, Label bio) {
  const auto fn = p.function("bdev_write_page", "fs/block_dev.c");
  begin_writeback(p, w, "set writeback, keep the page locked", false);
  if (w.kernel().anon_write_path == WritePath::rw_page_may_fail)
    p.step("can the driver take it?",
           always(),
           always().note("no memory: a bio after all").then(w.page.writeback = false).go(bio));
  write_to_device(p, w, t);
  const Effect done = together(w.page.writeback = false, release(w.page.lock));
  const Effect redirty = w.page.dirty = true;
  if (w.kernel().anon_device == Device::checksum)
    p.step("end writeback, unlock the page",
           when(t.failed == false).then(done).go(next),
           otherwise().note("an error").then(redirty, t.failed = false, done).go(next));
  else
    p.step("end writeback, unlock the page", then(done).go(next));
}

void write_page(Path& p, const World& w, const Transfer& t, Label next) {
  const auto fn = p.function("swap_writepage", "mm/page_io.c");
  const WritePath way = w.kernel().anon_write_path;
  p.step("has the slot any users?",
         when(w.swap.users > 0),
         otherwise().note("none: drop the page").then(drop(w)).go(next));
  const Label bio = p.forward();
  if (way != WritePath::bio) write_locked(p, w, t, next, bio);
  if (way == WritePath::rw_page) return;
  p.label(bio);
  begin_writeback(p, w, "set writeback, unlock the page", true);
  p.step("submit the bio", always());
}

void complete(Path& p, const World& w, const Transfer& t, Label next) {
  const auto fn = p.function("end_swap_bio_write", "mm/page_io.c");
  const Effect end = w.page.writeback = false;
  const Effect redirty =
      w.kernel().anon_write_error == WriteError::redirties_page ? w.page.dirty = true : Effect();
  if (w.kernel().anon_device != Device::checksum && !w.kernel().anon_device_fails) {
    p.step("end writeback", then(end).go(next));
    return;
  }
  p.step("did the device fail?",
         when(t.failed == false),
         otherwise().note("an error").then(redirty, t.failed = false));
  p.step("end writeback", then(end).go(next));
}

void record_swap_out(Path& p, const World& w, const Options&) {
  const auto fn = p.function("shrink_page_list", "mm/vmscan.c");
  const Transfer t = declare_transfer(p);
  const Label next = p.forward();
  const Label keep = p.forward();
  const Label written = p.forward();

  p.label(next);
  p.step(idle("pick the page, lock it"),
         when(w.swap.enabled && w.page.present && !w.page.writeback &&
              (w.page.refs == 0 || w.mapcount() > 0) && w.page.lock.is_free())
             .take(w.page.lock));
  add_to_swap(p, w, keep);
  unmap(p, w);
  p.step("is it in use, dirty or clean?",
         when(w.page.refs > 0).note("somebody else has a reference").go(keep),
         when(w.page.refs == 0 && w.page.dirty).then(w.page.dirty = false),
         when(w.page.refs == 0 && !w.page.dirty)
             .note("clean: drop it, the slot has it")
             .then(drop(w))
             .go(next));
  {
    write_page(p, w, t, next);
    if (w.kernel().anon_write_path != WritePath::rw_page) {
      if (w.kernel().anon_device_fails) {
        const auto device = p.function("submit_bio", "block/blk-core.c");
        p.step("does the device take it?",
               always(),
               always().note("the device fails").then(t.failed = true).go(written));
      }
      write_to_device(p, w, t);
      p.label(written);
      complete(p, w, t, next);
    }
  }
  p.label(keep);
  p.step("unlock the page, keep it", then(release(w.page.lock)).go(next));
}

} // namespace

AnonPath swap_out() {
  return {{.name = "anon_swap_out",
           .process = "kswapd",
           .function = "shrink_page_list",
           .text = "reclaim writes an anonymous page to swap and drops it",
           .source = "atlas stable-pages B.1",
           .options = {},
           .is_daemon = true},
          record_swap_out};
}

} // namespace stalemate::kernel::stable_pages
