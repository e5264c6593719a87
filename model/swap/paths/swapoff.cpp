// try_to_unuse() and unuse_pte(), mm/swapfile.c, v5.15 to v7.1, with the end of swapoff(2).
//
// Keeps:   that no slot is given out any more; that every page table entry and every page of the
//          swap cache is visited under the page's lock, after its writeback; what is mapped if the
//          page could not be read; the references that faults have on the area; that a page may be
//          in a slot of another area by the time that its lock is had.
// Drops:   shmem, signals, the RCU grace period; hibernation.
// Atomic:  "unuse_pte": under the page table lock. "folio_free_swap": the page is locked, and
// nobody
//          who has no lock of it can tell the slot's count from its page in the cache.
// Sources: atlas direct-and-swap 6.2 (F1-F4), S3, S4, S7.

#include "model/swap/paths/swapoff.hpp"

#include "model/swap/paths/do_swap_page.hpp"
#include "model/swap/paths/swap_cache.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::swap {

using namespace build;

namespace {

Effect give_up_slot(const World& w, const FrameTable::Row& page) {
  return together(w.has_cache[page.slot] = false, page.in_cache = false, page.dirty = true)
      .then(w.invalidate_free_slots());
}

/// unuse_pte() for one page table entry.
void unuse_entry(Path& p, const World& w, const Reclaimer& task, const Place& entry, int number) {
  const auto fn = p.function("unuse_pte_range", "mm/swapfile.c");
  const int space = number / w.pages();
  const int at = number % w.pages();
  const Place pte = w.entry(space, at);
  const auto page = w.frame[task.page];
  const Fault fault{.space = space, .page = at, .task = task, .entry = entry, .is_write = false};
  const Label again = p.forward();
  const Label found = p.forward();
  p.label(again);
  const bool is_alone = w.own_slots() == w.slots();
  const Expr is_own = is_alone ? w.is_slot(pte) : w.is_slot(pte) && w.slot_of(pte) < w.own_slots();
  p.step("does the page table entry mean a slot?",
         when(is_own).note("yes").then(entry = pte),
         otherwise().note("no").ret());
  find_swap_page(p, w, fault, found, again);
  p.label(found);
  p.step("lock the page", take(page.lock));
  if (w.kernel().slot_outlives_writeback)
    p.step("wait for its writeback",
           always().wait(!page.writeback, "writeback to end", page.submitter));
  const bool asks_page = w.kernel().unuse_compares == UnuseCompares::pte_and_slot;
  const Expr is_its = page.in_cache && page.slot == w.slot_of(entry);
  const Expr same = asks_page ? pte == entry && is_its : pte == entry;
  const auto leave = together(release(page.lock), put_page(w, task.page));
  // Up to v5.0 the slot stays until all page tables have been seen.
  const bool frees = w.kernel().unuse_recheck == UnuseRecheck::stale;
  const Effect done = frees ? Effect() : leave;
  const Place expected = w.expected_of(number);
  std::vector<Alternative> ways{
      when(!same).note("the page table has changed").then(done),
      when(same && page.uptodate)
          .note("map it")
          .check(w.claims.content,
                 page.data == expected,
                 "the page that is mapped does not hold what was written to it last")
          .then(pte = task.page, page.writable = false)
          .then(w.add_rmap(task.page, number))
          .then(done)};
  if (may_unuse_unread(w)) {
    const auto failed = when(same && !page.uptodate).note("it could not be read");
    ways.push_back(
        w.kernel().unuse_looks_at_uptodate
            ? failed.then(pte = w.to_error()).then(done)
            : failed
                  .check(w.claims.content,
                         page.data == expected,
                         "the page that is mapped does not hold what was written to it last")
                  .then(pte = task.page)
                  .then(w.add_rmap(task.page, number))
                  .then(done));
  }
  p.step("unuse_pte: map the page, free the swap entry", ways);
  if (!frees) return;
  p.step("folio_free_swap, unlock the page",
         when(page.in_cache && !w.is_counted(page.slot) && may_lose_slot(w, page))
             .note("nobody means the slot any more: free it")
             .then(give_up_slot(w, page))
             .then(leave),
         otherwise().note("keep it").then(leave));
}

/// The page was found in `slot` and is in the swap cache; it may be in another slot by now, of an
/// area that stays.
Expr may_leave_cache(const World& w, const FrameTable::Row& page, int slot) {
  switch (w.kernel().unuse_recheck) {
  case UnuseRecheck::none:
    return true;
  case UnuseRecheck::slot:
    return page.slot == slot;
  case UnuseRecheck::stale:
    return !w.is_counted(page.slot);
  }
  return true;
}

/// A page of the swap cache that no entry means any more.
void free_cached_page(Path& p, const World& w, const Reclaimer& task, int slot) {
  const auto fn = p.function("try_to_unuse", "mm/swapfile.c");
  const auto page = w.frame[task.page];
  p.step(fmt::format("find the cached page of slot {}", slot),
         for_any(w.frames(),
                 [&](int f) {
                   const auto candidate = w.frame[f];
                   return when(candidate.in_cache && candidate.slot == slot)
                       .note(fmt::format("page {}", f))
                       .then(task.page = f, candidate.refs = candidate.refs + 1);
                 }),
         otherwise().note("there is none").ret());
  p.step("lock the cached page", take(page.lock));
  if (w.kernel().slot_outlives_writeback)
    p.step("wait for the cached page's writeback",
           always().wait(!page.writeback, "writeback to end", page.submitter));
  p.step("try_to_free_swap",
         when(page.in_cache && may_leave_cache(w, page, slot))
             .note("free the slot")
             .then(give_up_slot(w, page))
             .then(release(page.lock))
             .then(put_page(w, task.page)),
         otherwise().note("keep it").then(release(page.lock)).then(put_page(w, task.page)));
}

void record_off(Path& p, const World& w, const Options& /*options*/) {
  const auto fn = p.function("swapoff", "mm/swapfile.c");
  const Reclaimer task = declare_reclaimer(p, w);
  const Place entry = p.local("entry", 0, w.to_error());
  const auto swapoffs =
      std::ranges::count_if(w.setup.processes, [](const auto& one) { return one.runs("swapoff"); });
  if (swapoffs > 1)
    p.step("clear SWP_WRITEOK",
           when(!w.area.closed).then(w.area.closed = true),
           when(w.area.closed).note("-EINVAL: the area is not open").end());
  else
    p.step("clear SWP_WRITEOK", then(w.area.closed = true));
  const Label retry = p.forward();
  p.label(retry);
  for (int i = 0; i < w.pte.size(); ++i)
    unuse_entry(p, w, task, entry, i);
  for (int k = 0; k < w.own_slots(); ++k)
    free_cached_page(p, w, task, k);
  const Expr is_used = exists(w.own_slots(), [&](int k) { return !w.is_free_slot(k); });
  p.step("is a slot in use?", when(is_used).note("yes").go(retry), when(!is_used).note("no"));
  p.step("give out no more references on the area", then(w.area.dying = true));
  p.step("wait for the references on the area",
         always().wait(w.area.users == 0, "faults that use the area"));
  if (w.zswap) {
    const auto zswap = p.function("zswap_swapoff", "mm/zswap.c");
    p.step("free the tree of the area", then(w.zswap->tree_gone = true));
  }
  p.step("free swap_map and extents, close the file", then(w.area.gone = true));
}

} // namespace

SwapPath swapoff() {
  return {{.name = "swapoff",
           .process = "swapoff",
           .function = "swapoff",
           .text = "takes everything back from the swap area and frees it",
           .source = "atlas direct-and-swap 6.2",
           .is_daemon = true},
          record_off};
}

} // namespace stalemate::kernel::swap
