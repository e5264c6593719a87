// filemap_write_and_wait_range(), mm/filemap.c: an integrity pass.
//
// Keeps:   the folio lock, the wait for an earlier writeback before a folio is written again, the
//          wait for all of it in the end.
// Drops:   tagging; errors, which only fsync meets.
// Atomic:  a folio is seen dirty in the step that locks it; the kernel looks again under the lock.
// Sources: atlas buffered P2 (B2), P6.F.

#include "model/iomap/paths/filemap_write_and_wait.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/paths/iomap_writepages.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

void write_folio(
    Path& p, const World& w, const WritepageContext& context, int f, const Effect& begins) {
  const auto fn = p.function("filemap_fdatawrite_range", "mm/filemap.c");
  const auto folio = w.folio[f];
  const Label written = p.forward();
  p.step(fmt::format("lock folio {} if it is dirty", f),
         InOrder(p, w)
             .take(Rank::folio_lock, folio.lock, when(folio.dirty))
             .note("dirty")
             .then(begins),
         otherwise().note("clean").then(begins).go(written));
  p.step(fmt::format("wait for earlier writeback of folio {}", f),
         always().wait(
             !folio.writeback, fmt::format("writeback of folio {} to end", f), w.finisher(f)));
  iomap_writepage_map(p, w, context, f, written);
  p.label(written);
}

} // namespace

void filemap_write_and_wait(
    Path& p, const World& w, const WritepageContext& context, int first, int last) {
  const auto fn = p.function("filemap_write_and_wait_range", "mm/filemap.c");
  write_and_wait(p, w, context, first, last, {});
}

void write_and_wait(Path& p,
                    const World& w,
                    const WritepageContext& context,
                    int first,
                    int last,
                    const Effect& begins) {
  for (int f = first; f <= last; ++f)
    write_folio(p, w, context, f, f == first ? begins : Effect());
  for (int f = first; f <= last; ++f)
    p.step(fmt::format("wait for writeback of folio {}", f),
           always().wait(!w.folio[f].writeback,
                         fmt::format("writeback of folio {} to end", f),
                         w.finisher(f)));
}

} // namespace stalemate::kernel::iomap
