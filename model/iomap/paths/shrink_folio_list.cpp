// shrink_folio_list() and __remove_mapping(), mm/vmscan.c; iomap_release_folio().
//
// Keeps:   what makes a folio safe to drop: unlocked, clean, not under writeback, no extra
//          reference; dropping its page table entry and everything known about its blocks.
// Drops:   the LRU, waiting for writeback, shadow entries. XFS gives reclaim no way to write.
// Atomic:  one step: the folio lock is only tried, the reference count is frozen before dirty is
//          looked at again, and every failure leaves the folio as it was.
// Sources: atlas buffered P3 (V1-V6).

#include "model/iomap/paths/shrink_folio_list.hpp"

#include "checker/builder/path.hpp"
#include "model/iomap/objects/world.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// gfs2_release_folio(): buffers that are dirty or in a transaction keep their folio. A reference
/// that a writer holds does not: it keeps the folio in the cache, but buffers are freed first.
Expr may_release(const World& w, int f) {
  if (!w.setup.runs("jdata_write")) return true;
  return for_all(w.geometry.blocks_per_folio, [&](int k) {
    const int b = f * w.geometry.blocks_per_folio + k;
    return !w.journal.dirty[b] && !w.journal.pinned[b];
  });
}

Effect free_buffers(const World& w, int f) {
  if (!w.setup.runs("jdata_write")) return {};
  return for_each(w.geometry.blocks_per_folio, [&](int k) {
    return w.journal.attached[f * w.geometry.blocks_per_folio + k] = false;
  });
}

/// Buffers are freed before the reference count is looked at, which then keeps the folio.
std::vector<Alternative> only_buffers(const World& w) {
  if (!w.setup.runs("jdata_write")) return {};
  return for_any(w.geometry.folios(), [&](int f) {
    const auto folio = w.folio[f];
    const Expr has_some = exists(w.geometry.blocks_per_folio, [&](int k) {
      return w.journal.attached[f * w.geometry.blocks_per_folio + k];
    });
    return when(folio.present && folio.lock.is_free() && !folio.dirty && !folio.writeback &&
                folio.refs > 0 && has_some && may_release(w, f))
        .note("somebody holds it: its buffers go, the folio stays")
        .then(free_buffers(w, f))
        .go("next");
  });
}

void record_reclaim(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("shrink_folio_list", "mm/vmscan.c");
  const int times = options.at("times");
  const Place left = p.local("folios_left", 0, times, times);

  p.label("next");
  p.step(idle("drop a clean folio"),
         for_any(w.geometry.folios(),
                 [&](int f) {
                   const auto folio = w.folio[f];
                   const Expr droppable = folio.present && folio.lock.is_free() && !folio.dirty &&
                                          !folio.writeback && folio.refs == 0 && may_release(w, f);
                   const auto way = when(times > 0 ? droppable && left > 0 : droppable)
                                        .then(w.setup.is_mapped() ? folio.unmap() : Effect(),
                                              folio.remove(),
                                              free_buffers(w, f))
                                        .go("next");
                   return times > 0 ? way.then(left = left - 1) : way;
                 }),
         only_buffers(w));
}

} // namespace

IomapPath reclaim() {
  return {{.name = "reclaim",
           .process = "kswapd",
           .function = "shrink_folio_list",
           .text = "reclaim: drops clean folios from the page cache",
           .source = "atlas buffered P3",
           .options = {{"times", "how many folios it drops; 0: as many as there are", 0, 4, 0}},
           .is_daemon = true},
          record_reclaim};
}

} // namespace stalemate::kernel::iomap
