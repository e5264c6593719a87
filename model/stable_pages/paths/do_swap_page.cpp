// handle_pte_fault(), do_swap_page(), do_wp_page() and wp_page_copy(), mm/memory.c, v4.9.
//
// Keeps:   the lookup without locks and the new look under the page lock, reading back into a
//          locked page of the swap cache, the reuse test under the page table lock, the read-only
//          entry and the second test if the answer was "copy", the copy made without locks, the
//          store itself. Of v4.15 the way around the swap cache for devices that are synchronous;
//          of v6.1 that it waits for the read.
//          Of v5.19 the mark of exclusive pages, see reuse_swap_page.cpp.
// Drops:   other threads of the same address space, and with them the claim on the slot that is
// read
//          around the swap cache, see model/swap; swap readahead, freeing the slot early when
//          swap is nearly full. After a read-only entry the kernel goes on to do_wp_page() with the
//          page table locked; here the store faults once more, which only adds orders.
// Atomic:  installing an entry and freeing the swap entry are one step under the page table lock.
// Sources: anonymous-stable-pages thread; atlas stable-pages SF1-SF10, B-R9, B-R10, B-R11.

#include "model/stable_pages/paths/do_swap_page.hpp"

#include "checker/builder/path.hpp"
#include "model/stable_pages/objects/world.hpp"
#include "model/stable_pages/paths/reuse_swap_page.hpp"

namespace stalemate::kernel::stable_pages {

using namespace build;

namespace {

/// Who faults: an address space, and where it goes on.
struct Fault {
  int mm;
  Label again; ///< The store is tried again.
  Label fails; ///< The process is killed.
};

/// A page of memory, or what happens if there is none.
void allocate(Path& p, const World& w, const Fault& f, const Effect& give_up) {
  const auto fn = p.function("alloc_page_vma", "mm/mempolicy.c");
  const Place free_pages = w.free_pages;
  const bool is_scarce = w.is_scarce();
  const auto way = always().then(free_pages = free_pages - 1);
  if (!is_scarce)
    p.step("allocate a page", way.when(free_pages > 0));
  else if (w.kernel().anon_copy_alloc == CopyAlloc::waits)
    p.step("allocate a page", way.wait(free_pages > 0, "a page of memory"));
  else
    p.step("allocate a page",
           way.when(free_pages > 0),
           otherwise().note("no memory").then(give_up, w.map.pte[f.mm] = Pte::gone).go(f.fails));
}

/// The page has been read back: what becomes of the device's copy.
Effect after_read(const World& w) {
  switch (w.kernel().anon_after_read) {
  case AfterRead::keeps_slot:
    return {};
  case AfterRead::frees_slot:
    return w.swap.stored = content::none;
  case AfterRead::frees_slot_dirties_page:
    break;
  }
  return together(w.swap.stored = content::none, w.page.dirty = true);
}

/// The page in the swap cache gets what the slot holds.
Effect read_into_page(const World& w) {
  const Expr stored = select(w.swap.stored == content::big, content::big, content::small);
  return together(w.ghost.read_torn = w.ghost.read_torn || w.swap.stored == content::torn,
                  w.page.content = stored,
                  after_read(w));
}

void read_back(Path& p, const World& w, const Fault& f) {
  const auto fn = p.function("swapin_readahead", "mm/swap_state.c");
  allocate(p, w, f, Effect());
  std::vector<Alternative> ways{when(!w.page.in_swap_cache && !w.page.present)
                                    .take(w.page.lock)
                                    .then(w.page.present = true,
                                          w.page.in_swap_cache = true,
                                          w.swap.has_cache = true,
                                          w.page.dirty = false)};
  if (w.map.count > 1) {
    const Effect give_back = w.free_pages = w.free_pages + 1;
    ways.push_back(when(w.page.in_swap_cache == true)
                       .note("another fault was faster")
                       .then(give_back)
                       .go(f.again));
  }
  if (w.kernel().anon_users == Users::map_only) {
    const Expr stored = select(w.swap.stored == content::big, content::big, content::small);
    ways.push_back(when(!w.page.in_swap_cache && w.page.present)
                       .note("the page belongs to another by now: read into a page of its own")
                       .then(w.map.copy[f.mm] = stored,
                             w.map.pte[f.mm] = Pte::copy,
                             w.swap.users = w.swap.users - 1,
                             free_unused_slot(w))
                       .go(f.again));
  }
  p.step("add a new page to the swap cache, locked", ways);
  const Expr stored = select(w.swap.stored == content::big, content::big, content::small);
  if (w.kernel().anon_read_is_asynchronous) {
    p.step("submit the read", then(w.device.reading = true));
    p.step("wait until the page is uptodate",
           always().wait(!w.device.reading, "the read of the page to end"));
  } else {
    p.step("read it from the device", then(read_into_page(w)));
  }
  p.step("unlock the page", then(release(w.page.lock)).go(f.again));
}

/// v4.15: no page of the swap cache for a device that is done when submission returns.
void bypass(Path& p, const World& w, const Fault& f) {
  const auto fn = p.function("swap_readpage", "mm/page_io.c");
  allocate(p, w, f, Effect());
  const Place copy = w.map.copy[f.mm];
  const Expr stored = select(w.swap.stored == content::big, content::big, content::small);
  const Effect map_it =
      together(w.map.pte[f.mm] = Pte::copy, w.swap.users = w.swap.users - 1, free_unused_slot(w));
  if (!w.kernel().anon_read_is_asynchronous) {
    p.step("read into a page of its own", then(copy = stored));
    p.step("map it", then(map_it).go(f.again));
    return;
  }
  p.step("submit the read into a page of its own", then(w.device.reading = true));
  if (w.kernel().anon_swap_in == SwapIn::bypasses_and_waits) {
    p.step("wait until the page of its own is read",
           always().wait(!w.device.reading, "the read of the page to end"));
    p.step("map it", then(map_it).go(f.again));
    return;
  }
  p.step("is the page uptodate?",
         when(!w.device.reading).then(map_it).go(f.again),
         when(w.device.reading == true)
             .note("no: free it and fail")
             .then(w.device.page_freed = true,
                   w.free_pages = w.free_pages + 1,
                   w.map.pte[f.mm] = Pte::gone)
             .go(f.fails));
}

void swap_page(Path& p, const World& w, const Fault& f) {
  const auto fn = p.function("do_swap_page", "mm/memory.c");
  const auto pte = w.map.pte[f.mm];
  const Label share = p.forward();
  const Label read = p.forward();
  const Label around = p.forward();
  const bool has_both = w.bypasses() && w.map.count > 1;

  const auto found = when(w.page.in_swap_cache == true).then(w.page.refs = w.page.refs + 1);
  if (has_both)
    p.step(
        "look it up in the swap cache",
        found,
        when(!w.page.in_swap_cache && w.swap.users <= 1)
            .note("not there, and nobody else's: read it without the cache")
            .go(around),
        when(!w.page.in_swap_cache && w.swap.users > 1).note("not there: read it back").go(read));
  else
    p.step("look it up in the swap cache",
           found,
           otherwise().note("not there: read it back").go(w.bypasses() ? around : read));
  p.step("lock the page", take(w.page.lock));
  p.step("is it still in the swap cache? lock the page table",
         when(w.page.in_swap_cache == true).take(w.ptl(f.mm)),
         otherwise()
             .note("no: fault again")
             .then(w.page.refs = w.page.refs - 1, release(w.page.lock))
             .retry()
             .go(f.again));
  if (w.has_marks())
    reuse_swapped_if_exclusive(p, w, f.mm, share);
  else
    reuse_swap_page(p, w, f.mm, share);
  const auto install = [&](Pte entry) {
    return always()
        .wait(w.swap.si_lock.is_free(), "the lock of the swap area", w.swap.si_lock.holder)
        .then(pte = entry,
              w.map.dirty[f.mm] = entry == Pte::writable,
              w.swap.users = w.swap.users - 1,
              free_unused_slot(w),
              release(w.ptl(f.mm)));
  };
  const auto leave = then(w.page.refs = w.page.refs - 1, release(w.page.lock)).go(f.again);
  p.step("make it writable, free the swap entry", install(Pte::writable));
  p.step("unlock the page", leave);
  p.label(share);
  if (w.may_copy()) {
    p.step("map it read-only, free the swap entry", install(Pte::read_only));
    p.step("unlock the shared page", leave);
  }
  if (w.bypasses()) {
    p.label(around);
    bypass(p, w, f);
  }
  if (has_both || !w.bypasses()) {
    p.label(read);
    read_back(p, w, f);
  }
}

void copy_page(Path& p, const World& w, const Fault& f) {
  const auto fn = p.function("wp_page_copy", "mm/memory.c");
  const auto pte = w.map.pte[f.mm];
  const Effect put = w.page.refs = w.page.refs - 1;
  allocate(p, w, f, put);
  p.step("copy the page", then(w.map.copy[f.mm] = w.page.content));
  const Expr is_ours = pte == Pte::read_only;
  const auto map_it =
      when(is_ours).wait(w.map.ptl[f.mm] == 0, "the page table lock", w.map.ptl[f.mm]);
  const Effect mapped = together(pte = Pte::copy, w.map.dirty[f.mm] = true, put);
  const Expr is_last = !w.page.in_swap_cache && w.mapcount() == 1;
  std::vector<Alternative> ways{map_it.when(!is_last).then(mapped)};
  if (w.map.count > 1)
    ways.push_back(map_it.when(is_last)
                       .note("the old page was free but for this entry")
                       .then(mapped, w.free_page(), w.free_pages = w.free_pages + 1));
  ways.push_back(when(!is_ours)
                     .note("it was swapped out meanwhile: free the copy")
                     .then(put, w.free_pages = w.free_pages + 1));
  p.step("map the copy, if the entry is still the same", ways);
}

void write_protected(Path& p, const World& w, const Fault& f) {
  const auto fn = p.function("do_wp_page", "mm/memory.c");
  const auto pte = w.map.pte[f.mm];
  const Label copy = p.forward();
  p.step("lock the page", take(w.page.lock));
  p.step("is the entry still the same? lock the page table",
         when(pte == Pte::read_only).take(w.ptl(f.mm)),
         otherwise().note("no: fault again").then(release(w.page.lock)).retry().go(f.again));
  if (w.has_marks())
    reuse_mapped_if_exclusive(p, w, f.mm, copy);
  else
    reuse_swap_page(p, w, f.mm, copy);
  p.step("make it writable, unlock",
         then(pte = Pte::writable,
              w.map.dirty[f.mm] = true,
              free_unused_slot(w),
              release(w.ptl(f.mm)),
              release(w.page.lock))
             .go(f.again));
  p.label(copy);
  p.step("keep a reference, unlock",
         then(w.page.refs = w.page.refs + 1, release(w.ptl(f.mm)), release(w.page.lock)));
  copy_page(p, w, f);
  p.step("the fault is done", always().go(f.again));
}

void record_fault(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("handle_pte_fault", "mm/memory.c");
  const Fault f{options.at("mm"), p.forward(), p.forward()};
  const int value = options.at("value");
  const int times = options.at("times");
  const Place round = p.local("round", 0, times == 0 ? 1 : times - 1);
  const auto pte = w.map.pte[f.mm];
  const Label swapped = p.forward();
  // The first store writes `value`, the next the other one, and so on.
  const Expr data = times == 1 ? Expr(value) : select(round % 2 == 0, value, 1 - value);

  p.label(f.again);
  const Effect dirty = w.map.dirty[f.mm] = true;
  std::vector<Alternative> ways;
  ways.push_back(when(pte == Pte::writable)
                     .then(w.page.content = data, dirty, w.map.written[f.mm] = data)
                     .go("stored"));
  const bool has_copy = w.may_copy() || w.bypasses();
  if (has_copy)
    ways.push_back(when(pte == Pte::copy)
                       .note("to its copy")
                       .then(w.map.copy[f.mm] = data, w.map.written[f.mm] = data)
                       .go("stored"));
  ways.push_back(when(pte == Pte::swap).note("it is swapped out").go(swapped));
  if (w.may_copy()) ways.push_back(when(pte == Pte::read_only).note("it is write-protected"));
  p.step("the user stores", ways);
  if (w.may_copy()) write_protected(p, w, f);
  p.label(swapped);
  swap_page(p, w, f);
  p.label("stored");
  if (times == 0)
    p.step("the next store", then(round = 1 - round).go(f.again));
  else if (times > 1)
    p.step("the next store",
           when(round < times - 1).then(round = round + 1).go(f.again),
           otherwise().note("that was the last").end());
  else
    p.step("the store is done", always().end());
  p.label(f.fails);
  if (w.may_fail()) p.step("the fault fails", always().end());
}

void record_device(Path& p, const World& w, const Options&) {
  const auto fn = p.function("zram_page_end_io", "drivers/block/zram/zram_drv.c");
  const Expr stored = select(w.swap.stored == content::big, content::big, content::small);
  const Effect read_cached =
      together(read_into_page(w), w.ghost.used_freed = w.ghost.used_freed || !w.page.present);
  const Effect read = w.bypasses() ? w.map.copy[0] = stored : read_cached;
  const auto is_done = when(w.device.reading == true).then(w.device.reading = false);
  p.label("next");
  std::vector<Alternative> ways{is_done.when(!w.device.page_freed).then(read).go("next")};
  if (w.kernel().anon_swap_in == SwapIn::bypasses_swap_cache)
    ways.push_back(is_done.when(w.device.page_freed == true)
                       .note("into memory that was freed")
                       .then(w.ghost.used_freed = true)
                       .go("next"));
  p.step(idle("the backing device has read the page"), ways);
}

} // namespace

AnonPath store() {
  return {{.name = "anon_store",
           .process = "user",
           .function = "do_swap_page",
           .text = "a user stores to the page, with the faults that this takes",
           .source = "atlas stable-pages B.2",
           .options = {{"mm", "the address space that it runs in", 0, 1, 0},
                       {"value", "what it stores first: 0 small, 1 big", 0, 1, 1},
                       {"times", "stores one after the other; 0: for ever", 0, 3, 1}}},
          record_fault};
}

AnonPath device_read() {
  return {{.name = "anon_device_read",
           .process = "backing",
           .function = "zram_page_end_io",
           .text = "zram's backing device, which ends reads that are on their way",
           .source = "atlas stable-pages B-R9",
           .options = {},
           .is_daemon = true},
          record_device};
}

} // namespace stalemate::kernel::stable_pages
