// xfs_buffered_write_iomap_end() and iomap_write_delalloc_release(), v6.2 and later.
//
// Keeps:   the scan of dirty folios under invalidate_lock, i_size as its limit, the punch of the
//          gaps, the tail.
// Drops:   the COW fork, callers that hold invalidate_lock already.
// Atomic:  under the folio lock, punching the gap before a dirty folio and its clean blocks is one
//          step; each is one ILOCK section, and only the scan itself looks at the cursor.
// Sources: path atlas table W10; 198dd8aedee6, f43dc4dc3eff.

#include "model/paths/xfs_buffered_write_iomap_end.hpp"

#include <fmt/format.h>

namespace stalemate::kernel {

using namespace build;

void xfs_buffered_write_iomap_end(Path& p, const World& w, const Iter& it, Label done) {
  const auto fn = p.function("xfs_buffered_write_iomap_end", "fs/xfs/xfs_iomap.c");

  const int per_block = w.geometry.segments_per_block;
  const int per_folio = w.geometry.blocks_per_folio;
  const Place cursor = p.local("punch_from", 0, w.geometry.blocks);
  const Expr unused = (it.pos + per_block - 1) / per_block;
  const Expr end = min(it.map_end, (it.end + per_block - 1) / per_block);

  p.step("did this write reserve what it did not use?",
         when(it.is_new && it.type == Extent::delalloc && unused < end).then(cursor = unused),
         otherwise().go(done));
  p.step("take invalidate_lock exclusively", take(w.inode.invalidate_lock));

  for (int f = 0; f < w.geometry.folios(); ++f) {
    const auto folio = w.folio[f];
    const int first = f * per_folio;
    const int last = first + per_folio;
    const Expr in_scan = cursor < last && first < end && !w.is_beyond_size(first * per_block);
    const Expr cached =
        folio.present && exists(per_folio, [&](int k) { return folio.uptodate[k]; });
    const auto next = fmt::format("after folio {}", f);
    p.step(fmt::format("is folio {} in the cache?", f),
           when(in_scan && cached).take(folio.lock),
           otherwise().go(next));
    p.step(fmt::format("keep the dirty blocks of folio {}, punch before and between", f),
           when(folio.dirty)
               .then(w.extent.punch_delalloc(cursor, first),
                     for_each(per_folio,
                              [&](int k) {
                                const Place state = w.extent[first + k];
                                const Expr punched = cursor <= first + k && first + k < end &&
                                                     state == Extent::delalloc &&
                                                     !folio.block_dirty[k];
                                return state = select(punched, Extent::hole, state);
                              }),
                     w.inode.bump_seq(),
                     cursor = last,
                     release(folio.lock)),
           otherwise().then(release(folio.lock)));
    p.label(next);
  }
  p.step("punch the tail",
         when(cursor < end).then(w.extent.punch_delalloc(cursor, end), w.inode.bump_seq()),
         otherwise());
  p.step("drop invalidate_lock", then(release(w.inode.invalidate_lock)).go(done));
}

} // namespace stalemate::kernel
