// The shrinker of zswap, which writes entries to their slots: shrink_memcg_cb() and
// zswap_writeback_entry(), mm/zswap.c, v6.12 to v7.1; of v6.6 zswap_reclaim_entry(); of v6.1
// zbud_reclaim_page(), mm/zbud.c, which finds compressed data, not entries.
//
// Keeps:   what the shrinker has in hands from the moment when it drops the lock of the LRU: v6.1
//          compressed data that is kept but may be nobody's any more, v6.6 a pointer to an entry
//          that may be freed, and one to the tree, later versions no more than an address to
//          compare and the slot; each look at the tree, under its lock or not; that a page of the
//          slot in the swap cache keeps faults, writes and swapoff away until it is unlocked; that
//          it gives up without memory.
// Drops:   the order of the LRU (any entry can be chosen), second chances, cgroups, what wakes the
//          shrinker; that data of one length is decompressed with another's in v6.1, a BUG.
// Atomic:  each section under the lock of the tree; "decompress ...", which nobody sees, with the
//          flags of a page that is locked and was found by nobody.
// Sources: 04fc7816089c, e3b63e966cac, 5878303c5353.

#include "model/swap/paths/zswap_shrinker.hpp"

#include "model/swap/layout/memory_section.hpp"
#include "model/swap/paths/do_swap_page.hpp"
#include "model/swap/paths/swap_cache.hpp"
#include "model/swap/paths/swap_writepage.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::swap {

using namespace build;

namespace {

struct Shrinker {
  Reclaimer task;
  Place entry; ///< The entry whose data is written.
  Place found; ///< The entry of which the tree is asked: in v6.1 what it had, otherwise the same.
  Place swpentry; ///< The slot, as a page table entry.
};

Shrinker declare_shrinker(Path& p, const World& w) {
  const int last = w.zswap->entries - 1;
  const Reclaimer task = declare_reclaimer(p, w);
  const Place entry = p.local("entry", 0, last);
  const bool finds = w.kernel().zswap_shrinker_holds == ZswapShrinkerHolds::handle;
  return {.task = task,
          .entry = entry,
          .found = finds ? p.local("found", 0, last) : entry,
          .swpentry = p.local("swpentry", 0, w.to_error())};
}

Path::Function begin(Path& p, const World& w) {
  switch (w.kernel().zswap_shrinker_holds) {
  case ZswapShrinkerHolds::handle:
    return p.function("zbud_reclaim_page", "mm/zbud.c");
  case ZswapShrinkerHolds::tree_pointer:
    return p.function("zswap_reclaim_entry", "mm/zswap.c");
  case ZswapShrinkerHolds::page:
    break;
  }
  return p.function("shrink_memcg_cb", "mm/zswap.c");
}

/// It is not known whether the entry lives before the tree was looked at.
bool has_reference(const World& w) {
  return w.kernel().zswap_shrinker_holds != ZswapShrinkerHolds::page;
}

/// A way of a step that looks at the tree of the slot's area.
Alternative in_tree(const World& w, const Expr& slot, const Alternative& way) {
  const bool is_alone = w.own_slots() == w.slots();
  const Expr stays = is_alone ? Expr(false) : slot >= w.own_slots();
  return way.check(w.claims.lifetime,
                   !w.zswap->tree_gone || stays,
                   "swapoff has freed the tree of zswap that the shrinker looks at");
}

void take_from_lru(Path& p, const World& w, const Shrinker& s, const Place& left) {
  const Zswap& zswap = *w.zswap;
  const ZswapShrinkerHolds holds = w.kernel().zswap_shrinker_holds;
  const auto choose = [&](int e) {
    const auto way = when(left > 0 && zswap.on_lru[e])
                         .note(fmt::format("entry {}", e))
                         .then(s.entry = e, s.swpentry = w.to_slot(zswap.slot[e]), left = left - 1);
    switch (holds) {
    case ZswapShrinkerHolds::handle:
      return way.then(zswap.on_lru[e] = false, zswap.refs[e] = zswap.refs[e] + 1);
    case ZswapShrinkerHolds::tree_pointer:
      return way.then(zswap.on_lru[e] = false);
    case ZswapShrinkerHolds::page:
      return way;
    }
    return way;
  };
  p.step(idle(has_reference(w) ? "take an entry off the LRU" : "choose an entry of the LRU"),
         for_any(zswap.entries, choose));
}

/// v6.1 and v6.6 look at the tree with nothing that keeps it.
void take_reference(Path& p, const World& w, const Shrinker& s, Label put_back, Label next) {
  const Zswap& zswap = *w.zswap;
  const Expr slot = w.slot_of(s.swpentry);
  const auto get = zswap.refs[s.found] = zswap.refs[s.found] + 1;
  if (w.kernel().zswap_shrinker_holds == ZswapShrinkerHolds::tree_pointer) {
    const Expr is_there = zswap.is_for(slot, s.entry);
    p.step("lock the tree: is the entry there?",
           in_tree(w, slot, when(is_there)).note("yes: get it").then(get),
           in_tree(w, slot, when(!is_there)).note("no").go(next));
    return;
  }
  p.step("lock the tree: has the slot an entry?",
         in_tree(w, slot, when(zswap.has(slot)))
             .note("yes: get it")
             .then(s.found = zswap.entry_of(slot), get),
         in_tree(w, slot, when(!zswap.has(slot))).note("no").go(put_back));
}

/// Between it and the page's unlock the slot is the shrinker's.
void recheck(Path& p, const World& w, const Shrinker& s, Label stale) {
  const Expr slot = w.slot_of(s.swpentry);
  const Expr is_there = w.zswap->is_for(slot, s.found);
  if (w.kernel().zswap_recheck == ZswapRecheck::none) return;
  p.step("is the entry still the slot's?",
         in_tree(w, slot, when(is_there)).note("yes"),
         in_tree(w, slot, when(!is_there)).note("no").go(stale));
}

void write_entry(Path& p, const World& w, const Shrinker& s) {
  const Zswap& zswap = *w.zswap;
  const auto page = w.frame[s.task.page];
  const Expr slot = w.slot_of(s.swpentry);
  p.step("decompress the entry into the page",
         always()
             .check(w.claims.lifetime, zswap.refs[s.entry] != 0, "the entry has been freed")
             .then(page.data = zswap.data[s.entry], page.uptodate = true, page.reclaim = true));
  if (!has_reference(w))
    p.step("take the entry out of the tree, free it",
           then(zswap.erase_if(zswap.is_for(slot, s.found), slot)));
  write_to_device(p, w, s.task);
}

/// A page for an entry that is not the slot's any more.
void drop_page(Path& p, const World& w, const Shrinker& s, Label failed) {
  const auto page = w.frame[s.task.page];
  const auto leave =
      then(w.has_cache[page.slot] = false, page.in_cache = false, w.invalidate_free_slots());
  if (w.kernel().zswap_recheck == ZswapRecheck::keeps_lock) {
    p.step("take the page out of the swap cache, no more", leave.go(failed));
    return;
  }
  p.step("take the page out of the swap cache", leave);
  p.step("unlock the page, put it",
         then(release(page.lock)).then(put_page(w, s.task.page)).go(failed));
}

/// zswap_writeback_entry(): where it goes with the entry written, or not.
void zswap_writeback_entry(Path& p, const World& w, const Shrinker& s, Label done, Label failed) {
  const auto fn = p.function("zswap_writeback_entry", "mm/zswap.c");
  const Fault slot{.space = 0, .page = 0, .task = s.task, .entry = s.swpentry, .is_write = false};
  const Label again = p.forward();
  const Label found = p.forward();
  const Label stale = p.forward();
  p.label(again);
  // Later versions skip a slot that somebody else is about to cache a page of.
  const bool leaves = !has_reference(w);
  get_cached_page(p,
                  w,
                  slot,
                  found,
                  {.is_claimed = leaves ? failed : again,
                   .is_free = failed,
                   .no_memory = failed,
                   .leaves_claimed = leaves});
  recheck(p, w, s, stale);
  write_entry(p, w, s);
  p.step("put the page", then(put_page(w, s.task.page)).go(done));
  if (w.kernel().zswap_recheck != ZswapRecheck::none) {
    p.label(stale);
    drop_page(p, w, s, failed);
  }
  p.label(found);
  p.step("put the page, which is in use again", then(put_page(w, s.task.page)).go(failed));
}

void record_shrinker(Path& p, const World& w, const Options& options) {
  const auto fn = begin(p, w);
  const int passes = options.at("passes");
  const Shrinker s = declare_shrinker(p, w);
  const Place left = p.local("passes_left", 0, passes, passes);
  const Zswap& zswap = *w.zswap;
  const Expr slot = w.slot_of(s.swpentry);
  const bool by_handle = w.kernel().zswap_shrinker_holds == ZswapShrinkerHolds::handle;
  const Label next = p.forward();
  p.label(next);
  take_from_lru(p, w, s, left);
  if (!has_reference(w)) {
    zswap_writeback_entry(p, w, s, next, next);
    return;
  }
  const Label done = p.forward();
  const Label failed = p.forward();
  const Label put_back = p.forward();
  take_reference(p, w, s, put_back, next);
  zswap_writeback_entry(p, w, s, done, failed);
  p.label(done);
  const Effect handle = by_handle ? zswap.put(s.entry) : Effect();
  p.step("lock the tree, drop the entry",
         in_tree(w, slot, then(zswap.put(s.found)))
             .then(zswap.erase_if(zswap.is_for(slot, s.found), slot))
             .then(handle)
             .go(next));
  p.label(failed);
  const Effect back = zswap.on_lru[s.entry] = true;
  p.step("lock the tree, put the entry",
         by_handle ? in_tree(w, slot, then(zswap.put(s.found)))
                   : in_tree(w, slot, then(back, zswap.put(s.found))).go(next));
  if (!by_handle) return;
  p.label(put_back);
  p.step("put the data back on the LRU, if it is somebody's", then(back, handle).go(next));
}

} // namespace

SwapPath zswap_shrinker() {
  SwapPath path;
  path.name = "zswap_shrinker";
  path.process = "shrinker";
  path.function = "zswap_writeback_entry";
  path.text = "zswap's shrinker: writes entries to their slots, so that zswap has room";
  path.source = "04fc7816089c, 5878303c5353";
  path.options = {{"passes", "how many entries it takes", 1, 4, 1}};
  path.record = record_shrinker;
  path.is_daemon = true;
  return path;
}

} // namespace stalemate::kernel::swap
