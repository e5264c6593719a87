// __alloc_pages_slowpath(), mm/page_alloc.c, as the slab and page allocators' callers see it.
//
// Keeps:   the watermark, who may go below it, who may fail, who reclaims by itself, and from which
//          flags reclaim may write to swap.
// Drops:   zones, orders, per-CPU lists, the OOM killer (it never acts for GFP_NOFS, and what it
//          would free is freed by nobody here), slab caches: every object takes a page.
// Atomic:  an allocation from the free list.
// Sources: atlas direct-and-swap 0.2, 9.

#include "model/swap/paths/reclaimer.hpp"
#include "model/swap/paths/shrink_page_list.hpp"

namespace stalemate::kernel::swap {

using namespace build;

Reclaimer declare_reclaimer(Path& p, const World& w) {
  return {.page = p.local("page", 0, w.frames() - 1),
          .result = p.local_named("result", {"done", "failed", "queued"}),
          .nested = p.local_flag("nested"),
          .loaded = w.zswap && w.kernel().zswap_shrinker_holds != ZswapShrinkerHolds::page
                        ? std::optional(p.local("loaded", 0, w.zswap->entries - 1))
                        : std::nullopt};
}

Effect free_memory(const World& w) {
  return w.memory.free = w.memory.free + 1;
}

void kmalloc_in_reclaim(Path& p,
                        const World& w,
                        const std::string& phrase,
                        const Alternative& failed) {
  const Place free = w.memory.free;
  const Place failures = w.memory.failures;
  std::vector<Alternative> ways{when(free > 0).then(free = free - 1),
                                failed.when(free == 0).note("no memory")};
  if (w.setup.memory.failures > 0)
    ways.push_back(failed.when(free > 0 && failures > 0)
                       .note("somebody else has the reserve")
                       .then(failures = failures - 1));
  p.step(phrase, ways);
}

Alternative allocate_nofail(const World& w, Gfp gfp) {
  const int low = gfp == Gfp::reclaim ? 0 : w.memory.min;
  return w.wait_for_memory(always(), w.memory.free > low).then(w.memory.free = w.memory.free - 1);
}

void allocate(
    Path& p, const World& w, const std::string& phrase, Gfp gfp, const Reclaimer* reclaimer) {
  const auto fn = p.function("__alloc_pages_slowpath", "mm/page_alloc.c");
  if (reclaimer == nullptr) {
    p.step(phrase, allocate_nofail(w, gfp).ret());
    return;
  }
  const Label retry = p.forward();
  p.label(retry);
  p.step(phrase,
         allocate_nofail(w, gfp).ret(),
         when(w.memory.is_low() && can_reclaim(w, gfp)).note("reclaim by itself"));
  shrink_page_list(p, w, *reclaimer, gfp, retry);
}

} // namespace stalemate::kernel::swap
