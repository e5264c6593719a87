// truncate_pagecache_range() and truncate_inode_pages_range(), mm/truncate.c.
//
// Keeps:   the folio lock, the wait for writeback with it held, unmapping, dropping a folio with
//          what it holds; zeroing of a folio that is covered in part, which does not make it dirty.
// Drops:   the second walk for folios that came back: the callers here keep others from making any.
// Atomic:  unmapping and removal are one step under the folio lock: a fault needs that lock.
// Sources: path atlas P6.F, P6.TD step 3.

#include "model/iomap/paths/truncate_pagecache.hpp"

#include "model/iomap/objects/lock_order.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

Effect removal(const World& w, const FolioTable::Row& folio) {
  return together(w.setup.is_mapped() ? folio.unmap() : Effect(),
                  folio.remove(),
                  folio.dirty = false,
                  release(folio.lock));
}

void zero_part(Path& p, const World& w, int f, int first, int end) {
  const auto folio = w.folio[f];
  const int start = f * w.geometry.segments_per_folio();
  const auto next = fmt::format("after folio {}", f);
  p.step(fmt::format("lock folio {}, of which a part goes", f),
         InOrder(p, w).take(Rank::folio_lock, folio.lock, when(folio.present)).note("cached"),
         otherwise().note("not cached").go(next));
  p.step(fmt::format("wait for writeback of folio {}, zero the part in the cache", f),
         always()
             .wait(!folio.writeback, fmt::format("writeback of folio {} to end", f), w.finisher(f))
             .then(for_each(end - first,
                            [&](int i) { return folio.data[first - start + i] = content::zeroes; }),
                   release(folio.lock)));
  p.label(next);
}

} // namespace

void drop_folio(Path& p, const World& w, int f, const Expr& condition) {
  const auto folio = w.folio[f];
  const auto next = fmt::format("after folio {}", f);
  p.step(fmt::format("lock folio {}", f),
         InOrder(p, w)
             .take(Rank::folio_lock, folio.lock, when(folio.present && condition))
             .note("cached"),
         otherwise().note("not cached").go(next));
  p.step(fmt::format("wait for writeback of folio {}, drop it", f),
         always()
             .wait(!folio.writeback, fmt::format("writeback of folio {} to end", f), w.finisher(f))
             .then(removal(w, folio)));
  p.label(next);
}

void truncate_pagecache_range(Path& p, const World& w, int first, int end) {
  const auto fn = p.function("truncate_pagecache_range", "mm/truncate.c");
  const int per_folio = w.geometry.segments_per_folio();
  for (int f = first / per_folio; f * per_folio < end; ++f) {
    const int from = std::max(first, f * per_folio);
    const int to = std::min(end, (f + 1) * per_folio);
    if (to - from == per_folio)
      drop_folio(p, w, f, true);
    else
      zero_part(p, w, f, from, to);
  }
}

} // namespace stalemate::kernel::iomap
