// invalidate_inode_pages2_range(), mm/truncate.c.
//
// Keeps:   the folio lock, the wait for writeback with it held, unmapping and dropping a clean
//          folio; one that is dirty afterwards stays.
// Drops:   ->launder_folio, folios that are dirty through the entry of the page table alone.
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
    const auto stays = written(when(folio.dirty)).note("dirty: it stays").then(release(folio.lock));
    p.step(fmt::format("wait for writeback of folio {}, drop it if it is clean, {}", f, when_it_is),
           written(when(!folio.dirty))
               .note("clean")
               .then(w.setup.is_mapped() ? folio.unmap() : Effect(),
                     folio.remove(),
                     release(folio.lock)),
           failed ? stays.go(*failed) : stays);
    p.label(next);
  }
}

} // namespace stalemate::kernel::iomap
