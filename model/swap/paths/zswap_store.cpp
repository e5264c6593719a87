// zswap_store(), mm/zswap.c, v6.6 to v7.1; zswap_frontswap_store() and __frontswap_store() of v6.1.
//
// Keeps:   that a page which was written out before may have an entry already, and what becomes of
//          it; that zswap does not take a page when it is full, and at other times: it is switched
//          off, has no memory, or the page does not compress; that an entry may lie where one was
//          freed.
// Drops:   compression and the pool of compressed pages: an entry is there or not; cgroups; pages
//          of one value, which have no data and are on no LRU; that a slot which is freed can keep
//          its entry until it is given out again (before v6.8, by per-CPU caches of slots).
// Atomic:  "store the page": the entry is in the tree before it is on the LRU, and nobody can find
//          it there but by the LRU or by a page of the slot in the swap cache, which this one is.
// Sources: mm/zswap: invalidate old entry when store fail or !zswap_enabled (2024-02-07).

#include "model/swap/paths/zswap_store.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::swap {

using namespace build;

void zswap_store(Path& p, const World& w, const FrameTable::Row& page, Label refused) {
  const auto fn = p.function("zswap_store", "mm/zswap.c");
  const Zswap& zswap = *w.zswap;
  const ZswapOldEntry old = w.kernel().zswap_old_entry;
  if (old == ZswapOldEntry::dropped_first)
    p.step("drop the entry that the slot may have", then(zswap.erase(page.slot)));
  const Label check_old = p.forward();
  const Label is_refused = old == ZswapOldEntry::dropped ? check_old : refused;
  auto ways = for_any(zswap.entries, [&](int e) {
    return when(zswap.refs[e] == 0)
        .note(fmt::format("entry {}", e))
        .then(zswap.erase(page.slot), zswap.insert(e, page.slot, page.data))
        .ret();
  });
  ways.push_back(when(zswap.is_full()).note("zswap is full").go(is_refused));
  if (w.setup.memory.zswap.failures > 0)
    ways.push_back(when(!zswap.is_full() && zswap.failures > 0)
                       .note("zswap is switched off, or has no memory")
                       .then(zswap.failures = zswap.failures - 1)
                       .go(is_refused));
  p.step("store the page", ways);
  if (old != ZswapOldEntry::dropped) return;
  p.label(check_old);
  p.step("drop the entry that the slot may have", then(zswap.erase(page.slot)).go(refused));
}

} // namespace stalemate::kernel::swap
