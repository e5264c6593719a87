// shrink_folio_list() and __remove_mapping(), mm/vmscan.c; iomap_release_folio().
//
// Keeps:   what makes a folio safe to drop: unlocked, clean, not under writeback, no extra
//          reference; dropping its page table entry and everything known about its blocks.
// Drops:   the LRU, waiting for writeback, shadow entries. XFS gives reclaim no way to write.
// Atomic:  one step: the folio lock is only tried, the reference count is frozen before dirty is
//          looked at again, and every failure leaves the folio as it was.
// Sources: path atlas P3 (V1-V6).

#include "model/iomap/paths/shrink_folio_list.hpp"

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

void record(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("shrink_folio_list", "mm/vmscan.c");
  const int times = options.at("times");
  const Place left = p.local("folios_left", 0, times, times);

  p.label("next");
  p.step(idle("drop a clean folio"), for_any(w.geometry.folios(), [&](int f) {
           const auto folio = w.folio[f];
           const Expr droppable = folio.present && folio.lock.is_free() && !folio.dirty &&
                                  !folio.writeback && folio.refs == 0;
           const auto way =
               when(times > 0 ? droppable && left > 0 : droppable)
                   .then(w.setup.is_mapped() ? folio.unmap() : Effect(), folio.remove())
                   .go("next");
           return times > 0 ? way.then(left = left - 1) : way;
         }));
}

} // namespace

IomapPath reclaim() {
  return {{.name = "reclaim",
           .process = "kswapd",
           .function = "shrink_folio_list",
           .text = "reclaim: drops clean folios from the page cache",
           .source = "path atlas P3",
           .options = {{"times", "how many folios it drops; 0: as many as there are", 0, 4, 0}},
           .is_daemon = true},
          record};
}

} // namespace stalemate::kernel::iomap
