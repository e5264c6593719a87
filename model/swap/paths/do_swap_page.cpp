// do_swap_page(), mm/memory.c, v5.15 to v6.18; of v7.0 with swapin_folio(), which knows no bypass.
//
// Keeps:   what is looked at again under the page lock, the page table entry compared under its
//          lock, the bypass of the swap cache on synchronous devices with its claim (13ddaf26be32).
// Drops:   memory cgroups, migration and hwpoison entries, retries of
//          faults that would sleep, userfaultfd.
// Atomic:  "map the page ...": under the page table lock, swap_free() with it: nobody looks at the
//          slot's count without either.
// Sources: atlas direct-and-swap 5.1 (I1-I10), S1, S2, S6.

#include "model/swap/paths/do_swap_page.hpp"

#include "model/swap/objects/content.hpp"
#include "model/swap/paths/swap_cache.hpp"
#include "model/swap/paths/urgency.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::swap {

using namespace build;

namespace {

/// Do not look at a page that has gone to another slot, or out of the cache.
Expr is_still_ours(const World& w, const FrameTable::Row& page, const Expr& slot) {
  switch (w.kernel().cache_recheck) {
  case CacheRecheck::none:
    return true;
  case CacheRecheck::swap_cache:
    return page.in_cache;
  case CacheRecheck::slot:
    return page.in_cache && page.slot == slot;
  }
  return true;
}

bool has_guard(const World& w) {
  return w.has_path("swapoff") && w.kernel().area_guard != AreaGuard::none;
}

/// put_swap_device()
Effect put_area(const World& w, const Expr& slot) {
  return has_guard(w) ? w.put_area(slot) : Effect();
}

void get_area(Path& p, const World& w, const Expr& slot, Label again) {
  const Expr is_dying = w.is_dying(slot);
  p.step(w.kernel().area_guard == AreaGuard::rcu ? "rcu_read_lock"
                                                 : "get_swap_device: a reference on the area",
         when(!is_dying).then(w.get_area(slot)),
         when(is_dying).note("swapoff is under way: take the fault again").go(again));
}

/// The bypass: a page of our own, filled by a synchronous device.
void read_without_cache(Path& p, const World& w, const Fault& fault, Label again) {
  const Reclaimer& task = fault.task;
  const auto page = w.frame[task.page];
  const Expr slot = w.slot_of(fault.entry);
  const Place claim = w.has_cache[slot];
  const BypassClaim how = w.kernel().bypass_claim;
  if (has_guard(w)) get_area(p, w, slot, again);
  const Effect put = put_area(w, slot);
  if (how != BypassClaim::none) {
    const auto busy = when(w.is_counted(slot) && claim);
    p.step(
        "claim the slot for the bypass: SWAP_HAS_CACHE",
        gets_on(w, fault, when(w.is_counted(slot) && !claim)).note("it is free").then(claim = true),
        how == BypassClaim::wait_queue
            ? busy.note("wait").wait(!claim, "the slot's claim to be dropped").then(put).go(again)
            : looks_again(p,
                          w,
                          fault,
                          how == BypassClaim::sleep,
                          busy.note(how == BypassClaim::refault
                                        ? "take the fault again at once"
                                        : "sleep for a tick, take the fault again"))
                  .then(put)
                  .go(again),
        gets_on(w, fault, when(!w.is_counted(slot)))
            .note("the slot is free: take the fault again")
            .then(put)
            .go(again));
  }
  p.step("allocate a page for the bypass", take_frame(w, task, page.lock.holder = p.self()));
  p.step("read the slot into it",
         w.reads_area(while_on_cpu(w, fault, always())
                          .check(w.claims.may_sleep,
                                 w.kernel().area_guard != AreaGuard::rcu,
                                 "the read sleeps inside an RCU read section"),
                      slot,
                      "swapoff has freed the area, with its file and its extents")
             .then(page.data = select(w.is_gone(slot), Expr(content::garbage), w.disk[slot]),
                   page.uptodate = true,
                   page.refs = page.refs + 1));
  if (how == BypassClaim::dropped_before_pte)
    p.step("drop the claim before the page is mapped", while_on_cpu(w, fault, then(claim = false)));
}

} // namespace

Expr is_full(const World& w) {
  return for_all(w.slots(), [&](int k) { return !w.is_free_slot(k); });
}

namespace {

/// The frame's variables stand for its last I/O too, which must be over and done with.
Expr is_available(const World& w, int frame) {
  return !w.frame[frame].used && w.frame.rests(frame);
}

} // namespace

Effect free_unused(const World& w, const Expr& index) {
  const auto page = w.frame[index];
  const Expr is_last = page.refs == 0 && !page.in_cache && !w.is_mapped(index) && !page.isolated;
  return together(w.memory.free = w.memory.free + select(page.used && is_last, 1, 0),
                  page.used = page.used && !is_last,
                  page.uptodate = page.uptodate && page.used);
}

Effect put_page(const World& w, const Expr& index) {
  const auto page = w.frame[index];
  return together(page.refs = page.refs - 1, free_unused(w, index));
}

namespace {

Expr is_cached(const World& w, const Expr& slot) {
  return exists(w.frames(), [&](int f) {
    const auto page = w.frame[f];
    return page.used && page.in_cache && page.slot == slot;
  });
}

} // namespace

Expr may_lose_slot(const World& w, const FrameTable::Row& page) {
  return w.kernel().slot_outlives_writeback ? !page.writeback : Expr(true);
}

bool reads_can_fail(const World& w) {
  const bool has_kiocb = w.kernel().swap_io == SwapIo::dio_async;
  return w.setup.memory.io_errors > 0 || w.has_path("shutdown") ||
         (has_kiocb && w.setup.memory.failures > 0);
}

bool may_unuse_unread(const World& w) {
  const bool asks_page = w.kernel().unuse_compares == UnuseCompares::pte_and_slot;
  return reads_can_fail(w) || (w.has_path("zswap_shrinker") && !asks_page);
}

std::vector<Alternative> take_frame(const World& w,
                                    const Reclaimer& task,
                                    const Effect& more,
                                    const std::optional<Label>& no_memory) {
  const Expr enough = w.memory.free > w.memory.min;
  const Expr all_used = for_all(w.frames(), [&](int f) { return !is_available(w, f); });
  auto ways = for_any(w.frames(), [&](int f) {
    const Expr is_first = for_all(f, [&](int before) { return !is_available(w, before); });
    const auto page = w.frame[f];
    const auto way = when(is_available(w, f) && is_first).note(fmt::format("page {}", f));
    return (no_memory ? way.when(enough) : w.wait_for_memory(way, enough))
        .then(task.page = f,
              w.memory.free = w.memory.free - 1,
              page.used = true,
              page.isolated = true, // it is on no list yet
              page.dirty = false,
              page.uptodate = false)
        .then(w.forget_rmap(f))
        .then(more);
  });
  if (no_memory) {
    ways.push_back(when(all_used || !enough).note("there is no memory").go(*no_memory));
    return ways;
  }
  // There are frames for all memory that is free, see frames_needed(), but what was the last I/O of
  // one may not be over yet.
  ways.push_back(w.wait_for_memory(when(all_used).note("no page is free"), enough)
                     .wait(!all_used || !enough, "the last I/O of a page to be over"));
  return ways;
}

Effect drop_frame(const World& w, const FrameTable::Row& page) {
  return together(page.used = false,
                  page.isolated = false,
                  page.uptodate = false,
                  page.data = content::garbage,
                  w.memory.free = w.memory.free + 1);
}

void do_swap_page(Path& p, const World& w, const Fault& fault) {
  const auto fn = p.function("do_swap_page", "mm/memory.c");
  const Reclaimer& task = fault.task;
  const auto page = w.frame[task.page];
  const Place pte = w.entry(fault.space, fault.page);
  const Expr slot = w.slot_of(fault.entry);
  const bool bypasses = bypasses_cache(w.kernel());
  // The area is kept throughout, which matters where somebody reads what only it keeps.
  const bool is_asked = w.kernel().synchronous_device || w.asks_for_area();
  const bool keeps_area = is_asked && !bypasses && has_guard(w);
  const Label again = p.forward();
  const Label give_up = p.forward();
  const Label found = p.forward();
  const Label locked = p.forward();
  const Label own = p.forward();

  if (bypasses) {
    p.step("is it the only user of the slot?",
           when(w.is_counted_once(slot) && !is_cached(w, slot))
               .note("read it without the cache")
               .go(own),
           otherwise().note("no"));
  }
  if (keeps_area) get_area(p, w, slot, again);
  find_swap_page(p, w, fault, found, keeps_area ? give_up : again);

  p.label(found);
  p.step("lock the page", take(page.lock));
  const Effect put = keeps_area ? put_area(w, slot) : Effect();
  const Expr ours = is_still_ours(w, page, slot);
  if (w.kernel().cache_recheck != CacheRecheck::none)
    p.step("is it still the page of this slot?",
           when(ours).note("yes").go(locked),
           otherwise()
               .note("no")
               .then(release(page.lock))
               .then(put_page(w, task.page))
               .then(put)
               .go(again));

  p.label(locked);
  const auto leave = together(release(page.lock), put_page(w, task.page), put);
  const int mine = fault.space * w.pages() + fault.page;
  const Place expected = w.expected_of(mine);
  const Expr is_ours = pte == fault.entry;
  // try_to_free_swap(): nobody else needs the slot, and it is needed itself or about to be stale.
  const Expr drops = page.in_cache && may_lose_slot(w, page) &&
                     !w.is_counted_but(mine, page.slot) && (fault.is_write || is_full(w));
  const Expr is_alone = !w.is_counted_but(mine, page.slot) && !w.is_mapped_but(mine, task.page);
  const auto map = [&](const Alternative& way) {
    return way
        .check(w.claims.content,
               page.data == expected,
               "the page that is mapped does not hold what was written to it last")
        .then(page.writable = fault.is_write && is_alone, pte = task.page)
        .then(w.add_rmap(task.page, mine));
  };
  std::vector<Alternative> ways{
      when(!is_ours).note("the page table has changed").then(leave),
      map(when(is_ours && page.uptodate && drops))
          .note("and the slot")
          .then(w.has_cache[page.slot] = false, page.dirty = true, page.in_cache = false)
          .then(w.invalidate_free_slots())
          .then(leave),
      map(when(is_ours && page.uptodate && !drops)).note("keep the slot").then(leave)};
  const bool may_be_unread =
      w.has_path("zswap_shrinker") && w.kernel().cache_recheck == CacheRecheck::none;
  if (reads_can_fail(w) || may_be_unread)
    ways.push_back(
        when(is_ours && !page.uptodate)
            .check(w.claims.no_sigbus, false, "the process dies of a page that could not be read")
            .note("SIGBUS")
            .then(leave)
            .end());
  p.step("map the page, free the swap entry", ways);
  p.step("return", always().go(again));
  if (keeps_area) {
    p.label(give_up);
    p.step("put_swap_device: drop the area", then(put).go(again));
  }

  if (bypasses) {
    p.label(own);
    read_without_cache(p, w, fault, again);
    const bool claims = w.kernel().bypass_claim != BypassClaim::none &&
                        w.kernel().bypass_claim != BypassClaim::dropped_before_pte;
    const Effect unclaim = (claims ? w.has_cache[slot] = false : Effect()).then(put_area(w, slot));
    const auto done = together(page.refs = page.refs - 1, release(page.lock));
    p.step("map the page that was read without the cache",
           while_on_cpu(w, fault, when(!is_ours))
               .note("the page table has changed")
               .then(page.refs = page.refs - 1, release(page.lock))
               .then(drop_frame(w, page))
               .then(unclaim)
               .go(again),
           while_on_cpu(w, fault, when(is_ours))
               .check(w.claims.content,
                      page.data == expected,
                      "the page that is mapped does not hold what was written to it last")
               .then(pte = task.page, page.writable = true, page.isolated = false, done)
               .then(w.add_rmap(task.page, mine)));
    if (claims || has_guard(w))
      p.step("drop the claim and the area", while_on_cpu(w, fault, then(unclaim)));
  }
  p.label(again);
}

} // namespace stalemate::kernel::swap
