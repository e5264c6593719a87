// zswap_load(), mm/zswap.c, v6.6 to v7.1; zswap_frontswap_load() of v6.1.
//
// Keeps:   that zswap is asked under the lock of a page in the swap cache; whether the entry stays,
//          the page being clean then, or goes, the page being dirty; the reference on the entry of
//          v6.1 and v6.6, where the shrinker drops entries late.
// Drops:   loads into a page outside the swap cache; pages that do not decompress; large folios.
// Atomic:  each section under the lock of the tree. "take the entry out of the tree, free it":
// v6.12
//          takes it out before it decompresses, v6.18 after that, and whoever else touches the
//          slot's entry has a page of the slot in the swap cache, which this task has.
// Sources: b9c91c43412f, c2e2ba770200.

#include "model/swap/paths/zswap_load.hpp"

namespace stalemate::kernel::swap {

using namespace build;

void zswap_load(Path& p, const World& w, const Reclaimer& task, Label miss) {
  const auto fn = p.function("zswap_load", "mm/zswap.c");
  const Zswap& zswap = *w.zswap;
  const auto page = w.frame[task.page];
  const Expr slot = page.slot;
  const Expr entry = task.loaded ? Expr(*task.loaded) : zswap.entry_of(slot);
  const bool drops = w.kernel().zswap_load == ZswapLoad::drops_entry;
  const Effect get = task.loaded ? together(*task.loaded = zswap.entry_of(slot),
                                            zswap.refs[entry] = zswap.refs[entry] + 1)
                                 : Effect();
  p.step("has the slot an entry?",
         when(zswap.has(slot)).note("yes").then(get),
         when(!zswap.has(slot)).note("no").go(miss));
  p.step("decompress it into the page", then(page.data = zswap.data[entry]));
  const Effect drop =
      drops ? zswap.erase_if(zswap.is_for(slot, entry), slot).then(page.dirty = true) : Effect();
  if (!task.loaded) {
    if (drops) p.step("take the entry out of the tree, free it, make the page dirty", then(drop));
    return;
  }
  const bool moves = w.kernel().zswap_shrinker_holds == ZswapShrinkerHolds::tree_pointer;
  const Effect move = moves && !drops ? zswap.on_lru[entry] = true : Effect();
  const char* text = drops   ? "lock the tree, take the entry out, put it, make the page dirty"
                     : moves ? "lock the tree, put the entry at the head of the LRU, put it"
                             : "lock the tree, put the entry";
  p.step(text, then(drop, move, zswap.put(entry)));
}

} // namespace stalemate::kernel::swap
