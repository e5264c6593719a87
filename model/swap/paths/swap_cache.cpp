// The swap cache: lookup_swap_cache() and read_swap_cache_async(), mm/swap_state.c, v5.15 to v6.18;
// of v7.0 swap_cache_alloc_folio() and __swap_cache_prepare_and_add(), which know no claim.
//
// Keeps:   the lookup before the page lock; SWAP_HAS_CACHE as the claim on a slot; of v7.0 that the
//          page goes into the cache in one step with the claim, or finds another.
// Drops:   memory cgroups, the shadow of a page that was there before.
// Atomic:  v7.0's insertion is one section under the lock of the slot's cluster.
// Sources: atlas direct-and-swap 5.1 (I1-I10), S1, S6.

#include "model/swap/paths/swap_cache.hpp"

#include "model/swap/paths/swap_readahead.hpp"
#include "model/swap/paths/swap_readpage.hpp"
#include "model/swap/paths/urgency.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::swap {

using namespace build;

namespace {

/// The page, locked, is in the cache from here on.
Effect add_to_cache(const FrameTable::Row& page, const Expr& slot) {
  return together(page.in_cache = true,
                  page.isolated = false,
                  page.slot = slot,
                  page.dirty = false,
                  page.refs = page.refs + 1);
}

/// v7.0: the slot is asked and filled at once, so that whoever comes second finds the first's page.
void insert_at_once(Path& p, const World& w, const Fault& fault, Label look, Label is_free) {
  const auto fn = p.function("__swap_cache_prepare_and_add", "mm/swap_state.c");
  const auto page = w.frame[fault.task.page];
  const Expr slot = w.slot_of(fault.entry);
  // Of what follows swapoff frees the map that says whether the slot is free.
  const auto ask = [&](const Alternative& way) {
    return w.reads_area(way, slot, "swapoff has freed the area, with its map and its extents");
  };
  p.step("add the locked page, if the slot is in use and has none",
         ask(when(w.is_counted(slot) && !w.has_cache[slot]).take(page.lock))
             .note("it has none")
             .then(w.has_cache[slot] = true)
             .then(add_to_cache(page, slot)),
         ask(when(w.has_cache[slot]))
             .note("another page is there: use that")
             .then(drop_frame(w, page))
             .go(look),
         ask(when(!w.is_counted(slot) && !w.has_cache[slot]))
             .note("the slot is free: take the fault again")
             .then(drop_frame(w, page))
             .go(is_free));
}

/// Whoever reads ahead does not allocate a page for a slot that is free.
void skip_unused(Path& p, const World& w, const Expr& slot, Label skip) {
  const char* reads = "reads the map of an area that swapoff has freed";
  p.step("is the slot in use?",
         w.reads_area(when(w.is_counted(slot)), slot, reads).note("yes"),
         w.reads_area(otherwise(), slot, reads).note("no: skip it").go(skip));
}

/// A miss. Falls off with task.page in the cache, locked; `look` is where the cache was looked up.
void add_new_page(
    Path& p, const World& w, const Fault& fault, Label look, const NoCachedPage& none) {
  if (w.kernel().on_eexist == OnEexist::atomic_insert && !bypasses_cache(w.kernel())) {
    const auto fn = p.function("swap_cache_alloc_folio", "mm/swap_state.c");
    if (fault.is_ahead) skip_unused(p, w, w.slot_of(fault.entry), none.is_free);
    p.step("allocate a page", take_frame(w, fault.task, Effect(), none.no_memory));
    insert_at_once(p, w, fault, look, none.is_free);
    return;
  }
  const auto fn = p.function("__read_swap_cache_async", "mm/swap_state.c");
  const Reclaimer& task = fault.task;
  const auto page = w.frame[task.page];
  const Expr slot = w.slot_of(fault.entry);
  const auto ask = [&](const Alternative& way) {
    if (!fault.is_ahead) return way;
    return w.reads_area(way, slot, "claims a slot of an area that swapoff has freed");
  };
  if (fault.is_ahead) skip_unused(p, w, slot, none.is_free);
  p.step("allocate a page", take_frame(w, task, Effect(), none.no_memory));
  const bool sleeps = w.kernel().on_eexist == OnEexist::sleeps;
  const auto taken = when(w.is_counted(slot) && w.has_cache[slot]).then(drop_frame(w, page));
  const auto leaves = taken.note("somebody else is about to cache it: leave it to him");
  const auto retries = taken.note(sleeps ? "somebody else is about to cache it: sleep for a tick"
                                         : "somebody else is about to cache it: look again");
  const Label is_claimed = fault.is_ahead ? look : none.is_claimed;
  p.step("claim the slot: SWAP_HAS_CACHE",
         gets_on(w, fault, ask(when(w.is_counted(slot) && !w.has_cache[slot])))
             .note("it is free")
             .then(w.has_cache[slot] = true),
         none.leaves_claimed ? leaves.go(is_claimed)
                             : looks_again(p, w, fault, sleeps, ask(retries)).go(is_claimed),
         gets_on(w, fault, ask(when(!w.is_counted(slot))))
             .note("the slot is free")
             .then(drop_frame(w, page))
             .go(none.is_free));
  p.step("lock the page, add it to the swap cache",
         while_on_cpu(w, fault, take(page.lock)).then(add_to_cache(page, slot)));
}

} // namespace

void get_cached_page(
    Path& p, const World& w, const Fault& fault, Label found, const NoCachedPage& none) {
  const auto fn = p.function("lookup_swap_cache", "mm/swap_state.c");
  const Expr slot = w.slot_of(fault.entry);
  const Label look = p.forward();
  const auto ask = [&](const Alternative& way) {
    if (!fault.is_ahead) return way;
    return w.reads_area(way, slot, "looks into the swap cache of an area that swapoff has freed");
  };
  const auto look_up = [&](const char* phrase) {
    p.step(phrase,
           for_any(w.frames(),
                   [&](int f) {
                     const auto page = w.frame[f];
                     return ask(when(page.used && page.in_cache && page.slot == slot))
                         .note(fmt::format("page {}", f))
                         .then(fault.task.page = f, page.refs = page.refs + 1)
                         .go(found);
                   }),
           ask(otherwise()).note("a miss"));
  };
  if (fault.ahead) {
    look_up("look the slot up before reading ahead");
    swapin_readahead(p, w, fault);
  }
  p.label(look);
  look_up("look the slot up in the swap cache");
  add_new_page(p, w, fault, look, none);
}

void find_swap_page(Path& p, const World& w, const Fault& fault, Label found, Label again) {
  get_cached_page(p, w, fault, found, {.is_claimed = again, .is_free = again});
  swap_readpage(p, w, fault.task);
  const auto fn = p.function("lookup_swap_cache", "mm/swap_state.c");
  p.step("go on with the page that is being read", always().go(found));
}

} // namespace stalemate::kernel::swap
