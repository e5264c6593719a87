// invalidate_inode_pages2_range(), mm/truncate.c.
//
// Keeps:   the folio lock, the wait for writeback with it held, unmapping, dropping a clean folio;
//          one that is dirty afterwards stays, and the walk goes on behind it.
// Drops:   ->launder_folio, folios that are dirty through the entry of the page table alone, the
//          unmapping of all of the range before the first lock.
// Atomic:  unmapping and removal are one step under the folio lock: a fault needs that lock.
// Sources: atlas direct-and-swap C5, E3; atlas buffered R13.

#include "model/iomap/paths/invalidate_inode_pages2_range.hpp"

#include "model/iomap/objects/lock_order.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::iomap {

using namespace build;

void invalidate_inode_pages2_range(Path& p,
                                   const World& w,
                                   int first,
                                   int last,
                                   const std::string& when_it_is,
                                   const Label* failed) {
  const auto fn = p.function("invalidate_inode_pages2_range", "mm/truncate.c");
  const bool remembers = failed != nullptr && first < last;
  const Place left = p.local_flag(fmt::format("folio_left_{}", when_it_is));
  for (int f = first; f <= last; ++f) {
    const auto folio = w.folio[f];
    const auto next = fmt::format("after folio {}", f);
    p.step(fmt::format("lock folio {} {}", f, when_it_is),
           InOrder(p, w).take(Rank::folio_lock, folio.lock, when(folio.present)).note("cached"),
           otherwise().note("not cached").go(next));
    const auto written = [&](const Alternative& way) {
      return way.wait(
          !folio.writeback, fmt::format("writeback of folio {} to end", f), w.finisher(f));
    };
    const auto unmap = w.setup.is_mapped() ? folio.unmap() : Effect();
    auto stays =
        written(when(folio.dirty)).note("dirty: it stays").then(unmap, release(folio.lock));
    if (remembers)
      stays = stays.then(left = true);
    else if (failed)
      stays = stays.go(*failed);
    p.step(
        fmt::format("wait for writeback of folio {}, drop it if it is clean, {}", f, when_it_is),
        written(when(!folio.dirty)).note("clean").then(unmap, folio.remove(), release(folio.lock)),
        stays);
    p.label(next);
  }
  if (!remembers) return;
  p.step(fmt::format("could all of the range be dropped, {}?", when_it_is),
         when(left).note("no: -EBUSY").then(left = false).go(*failed),
         otherwise().note("yes"));
}

} // namespace stalemate::kernel::iomap
