// zap_pte_range(), mm/memory.c, of one entry: free_swap_and_cache() and __try_to_reclaim_swap(),
// mm/swapfile.c, v6.1 to v6.18, swap_put_entries_direct() of v7.0; free_swap_cache() of a page.
//
// Keeps:   the reference on the area, if there is one; that the entry is dropped first, and the
//          swap cache emptied after that; the looks at the map and at the swap cache in between;
//          that the lock of the page is only tried; what is looked at under it.
//          Faults on the page may run beside it, as beside MADV_DONTNEED, which does the same.
// Drops:   ranges of entries, large folios; the cache of free slots; that v6.12 takes the page's
//          place in another area for one of this area.
// Atomic:  "drop the entry": under the page table lock and the lock of the slot's cluster; with it
//          the reference, since swapoff frees no area in which a slot is counted. The page table
//          lock is held to the end: whoever else wants the entry finds it gone already.
// Sources: 82b1c07a0af6 (CVE-2024-26960); S18.

#include "model/swap/paths/munmap.hpp"

#include "model/swap/paths/do_swap_page.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::swap {

using namespace build;

namespace {

/// What the task knows: which page or slot the entry meant.
struct Zapped {
  Place page;
  Place slot;
};

bool keeps_area(const World& w) {
  return w.has_path("swapoff") && w.kernel().zap_keeps_area;
}

/// folio_free_swap() of a locked page, which `leave` unlocks.
void free_swap(
    Path& p, const World& w, const FrameTable::Row& page, const Expr& may_go, const Effect& leave) {
  const auto fn = p.function("folio_free_swap", "mm/swapfile.c");
  const Expr is_free = page.in_cache && may_lose_slot(w, page) && !w.is_counted(page.slot);
  p.step("take the page out of the swap cache, if nobody needs it there",
         when(is_free && may_go)
             .note("free the slot")
             .then(w.has_cache[page.slot] = false, page.in_cache = false, page.dirty = true)
             .then(leave),
         otherwise().note("keep it").then(leave));
}

/// The last entry of the slot has gone, and the page was in the swap cache then.
void reclaim_cached(Path& p, const World& w, const Zapped& zapped, Label out) {
  const auto fn = p.function("__try_to_reclaim_swap", "mm/swapfile.c");
  const Expr slot = zapped.slot;
  const auto page = w.frame[zapped.page];
  const Label look = p.forward();
  p.label(look);
  const char* reads = "looks into the swap cache of an area that swapoff has freed";
  std::vector<Alternative> ways = for_any(w.frames(), [&](int f) {
    const auto found = w.frame[f];
    return w.reads_area(when(found.used && found.in_cache && found.slot == slot), slot, reads)
        .note(fmt::format("page {}", f))
        .then(zapped.page = f, found.refs = found.refs + 1);
  });
  ways.push_back(w.reads_area(otherwise(), slot, reads).note("it is gone").go(out));
  p.step("look the page up", ways);
  p.step("try its lock",
         when(page.lock.is_free()).take(page.lock),
         otherwise().note("somebody has it").then(put_page(w, zapped.page)).go(out));
  if (w.kernel().zap_reclaim != ZapReclaim::any_slot)
    p.step("is it still the page of the slot?",
           when(page.in_cache && page.slot == slot).note("yes"),
           otherwise()
               .note("no: look again")
               .then(release(page.lock), put_page(w, zapped.page))
               .go(look));
  const Expr may_go = !w.is_mapped(zapped.page) || is_full(w);
  free_swap(p, w, page, may_go, together(release(page.lock), put_page(w, zapped.page)));
}

/// A page that is mapped: the batch of the unmap has the reference that its mapping had.
void free_page(Path& p, const World& w, const Zapped& zapped) {
  const auto fn = p.function("free_swap_cache", "mm/swap_state.c");
  const auto page = w.frame[zapped.page];
  const Label put = p.forward();
  p.step("is it in the swap cache, and mapped by no one?",
         when(page.in_cache && !w.is_mapped(zapped.page)).note("yes"),
         otherwise().note("no").go(put));
  p.step("try the lock of the page",
         when(page.lock.is_free()).take(page.lock),
         otherwise().note("somebody has it").go(put));
  free_swap(p, w, page, true, release(page.lock));
  p.label(put);
  p.step("put the page", then(put_page(w, zapped.page)));
}

void looks_again(Path& p, const World& w, const Expr& slot, Label out) {
  const char* reads = "reads swap_map, which swapoff has freed";
  p.step("does the slot have nothing but the swap cache?",
         w.reads_area(when(w.has_cache[slot] && !w.is_counted(slot)), slot, reads).note("yes"),
         w.reads_area(otherwise(), slot, reads).note("no").go(out));
}

void record_munmap(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("zap_pte_range", "mm/memory.c");
  const int number = options.at("space") * w.pages() + options.at("page");
  const Place pte = w.entry(options.at("space"), options.at("page"));
  const Zapped zapped{.page = p.local("page", 0, w.frames() - 1),
                      .slot = p.local("slot", 0, w.slots() - 1)};
  const Expr slot = w.slot_of(pte);
  const Expr frame = w.frame_of(pte);
  const Expr is_last = !w.is_counted_but(number, slot);
  const Label reclaim = p.forward();
  const Label out = p.forward();
  const auto get = keeps_area(w) ? w.get_area(slot) : Effect();
  p.step("drop the entry",
         when(w.is_slot(pte) && is_last && w.has_cache[slot])
             .note("its page is left in the swap cache")
             .then(zapped.slot = slot)
             .then(get)
             .then(pte = w.to_nothing())
             .go(reclaim),
         when(w.is_slot(pte) && !(is_last && w.has_cache[slot]))
             .note("a slot that others mean, too, or is free now")
             .then(pte = w.to_nothing())
             .end(),
         when(w.is_frame(pte))
             .note("a page")
             .then(zapped.page = frame,
                   w.frame[frame].refs = w.frame[frame].refs + 1,
                   pte = w.to_nothing()),
         otherwise().note("nothing").then(pte = w.to_nothing()).end());
  free_page(p, w, zapped);
  p.step("the page is unmapped", always().end());

  p.label(reclaim);
  if (w.kernel().zap_reclaim != ZapReclaim::at_once) looks_again(p, w, zapped.slot, out);
  reclaim_cached(p, w, zapped, out);
  p.label(out);
  if (keeps_area(w)) p.step("put_swap_device: drop the area", then(w.put_area(zapped.slot)));
}

} // namespace

SwapPath munmap() {
  SwapPath path;
  path.name = "munmap";
  path.process = "zap";
  path.function = "zap_pte_range";
  path.text = "gives a page up (munmap, exit, MADV_DONTNEED): of a swap entry the last one empties "
              "its slot";
  path.source = "82b1c07a0af6";
  path.options = {{"space", "the address space", 0, 1, 0}, {"page", "the anonymous page", 0, 1, 0}};
  path.record = record_munmap;
  return path;
}

} // namespace stalemate::kernel::swap
