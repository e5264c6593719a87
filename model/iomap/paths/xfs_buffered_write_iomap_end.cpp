// xfs_buffered_write_iomap_end() and iomap_write_delalloc_release(), v6.2 and later.
//
// Keeps:   the scan of dirty folios under invalidate_lock, i_size as its limit, the punch of the
//          gaps, the tail.
// Drops:   the COW fork, callers that hold invalidate_lock already.
// Atomic:  under the folio lock, punching the gap before a dirty folio and its clean blocks is one
//          step; each is one ILOCK section, and only the scan itself looks at the cursor.
// Sources: path atlas table W10; 198dd8aedee6, f43dc4dc3eff.

#include "model/iomap/paths/xfs_buffered_write_iomap_end.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// The blocks that the write reserved and did not use: cursor..end-1, as the cleanup goes on.
struct Unused {
  Place cursor;
  Expr end;
};

/// Keeps the reservation under blocks that are dirty by now; everything else is given back.
void scan_and_punch(Path& p, const World& w, const Unused& unused) {
  const int per_block = w.geometry.segments_per_block;
  const int per_folio = w.geometry.blocks_per_folio;
  const auto& [cursor, end] = unused;

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
}

/// truncate_pagecache_range(), as up to v6.1: whatever is cached there goes, dirty or not.
void drop_cache(Path& p, const World& w, const Unused& unused) {
  const auto fn = p.function("truncate_pagecache_range", "mm/truncate.c");
  const int per_folio = w.geometry.blocks_per_folio;
  for (int f = 0; f < w.geometry.folios(); ++f) {
    const auto folio = w.folio[f];
    const auto next = fmt::format("after folio {}", f);
    p.step(fmt::format("lock folio {}", f),
           when(folio.present && unused.cursor <= f * per_folio && f * per_folio < unused.end)
               .take(folio.lock),
           otherwise().go(next));
    p.step(fmt::format("wait for writeback of folio {}, drop it", f),
           always()
               .wait(!folio.writeback, fmt::format("writeback of folio {} to end", f))
               .then(w.has_path("mmap_write") ? folio.unmap() : Effect(),
                     folio.remove(),
                     folio.dirty = false,
                     release(folio.lock)));
    p.label(next);
  }
}

} // namespace

void xfs_buffered_write_iomap_end(Path& p, const World& w, const Iter& it, Label done) {
  const auto fn = p.function("xfs_buffered_write_iomap_end", "fs/xfs/xfs_iomap.c");
  const auto how = w.kernel().unused_reservation;
  const bool scans = how == UnusedReservation::scan_under_invalidate_lock ||
                     how == UnusedReservation::scan_unlocked;
  const bool locks = how == UnusedReservation::scan_under_invalidate_lock ||
                     how == UnusedReservation::drop_cache_under_invalidate_lock;
  const int per_block = w.geometry.segments_per_block;
  const Expr first_unused =
      select(it.pos == it.map_pos, it.pos / per_block, (it.pos + per_block - 1) / per_block);
  const Unused unused{.cursor = it.punch_from,
                      .end = min(it.map_end, (it.end + per_block - 1) / per_block)};

  p.step("did this write reserve what it did not use?",
         when(it.is_new && it.type == Extent::delalloc && first_unused < unused.end)
             .then(unused.cursor = first_unused),
         otherwise().go(done));
  if (locks) p.step("take invalidate_lock exclusively", take(w.inode.invalidate_lock));
  if (scans)
    scan_and_punch(p, w, unused);
  else
    drop_cache(p, w, unused);

  const auto punch = then(w.extent.punch_delalloc(unused.cursor, unused.end), w.inode.bump_seq());
  if (!locks) {
    p.step("punch the tail", punch.when(unused.cursor < unused.end).go(done), otherwise().go(done));
    return;
  }
  p.step("punch the tail", punch.when(unused.cursor < unused.end), otherwise());
  p.step("drop invalidate_lock", then(release(w.inode.invalidate_lock)).go(done));
}

} // namespace stalemate::kernel::iomap
