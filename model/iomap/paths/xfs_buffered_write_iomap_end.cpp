// xfs_buffered_write_iomap_end() and iomap_write_delalloc_release(), v6.2 and later.
//
// Keeps:   the scan of dirty folios under invalidate_lock, i_size as its limit, the punch of the
//          gaps, the tail.
//          The fork that the mapping is in; callers that hold invalidate_lock already.
// Drops:   reservations that were widened beyond what was asked for stay.
// Atomic:  under the folio lock, punching the gap before a dirty folio and its clean blocks is one
//          step; each is one ILOCK section, and only the scan itself looks at the cursor.
// Sources: atlas buffered W10; 198dd8aedee6, f43dc4dc3eff.

#include "model/iomap/paths/xfs_buffered_write_iomap_end.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/paths/truncate_pagecache.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// The blocks that the write reserved and did not use: cursor..end-1, as the cleanup goes on.
struct Unused {
  Place cursor;
  Expr end;
  Expr in_cow_fork;
};

/// Gives back the delayed allocations among the blocks for which the condition is true.
template <typename Condition>
Effect punch(const World& w, const Unused& unused, const Condition& is_unused) {
  if (!w.setup.has_cow())
    return for_each(w.geometry.blocks,
                    [&](int b) {
                      const Place state = w.extent[b];
                      const Expr punched = is_unused(b) && state == Extent::delalloc;
                      return state = select(punched, Extent::hole, state);
                    })
        .then(w.inode.bump_seq());
  return for_each(w.geometry.blocks,
                  [&](int b) {
                    const Place data = w.extent[b];
                    const Place copy = w.cow[b];
                    const Expr in_data = is_unused(b) && !unused.in_cow_fork;
                    const Expr in_copy = is_unused(b) && unused.in_cow_fork;
                    return together(
                        data = select(in_data && data == Extent::delalloc, Extent::hole, data),
                        copy = select(in_copy && copy == Extent::delalloc, Extent::hole, copy));
                  })
      .then(w.inode.bump(w.inode.seq, !unused.in_cow_fork))
      .then(w.inode.bump(w.inode.cow_seq, unused.in_cow_fork));
}

/// Keeps the reservation under blocks that are dirty by now; everything else is given back.
void scan_and_punch(Path& p, const World& w, const Unused& unused) {
  const int per_block = w.geometry.segments_per_block;
  const int per_folio = w.geometry.blocks_per_folio;
  const Place cursor = unused.cursor;
  const Expr end = unused.end;

  for (int f = 0; f < w.geometry.folios(); ++f) {
    const auto folio = w.folio[f];
    const int first = f * per_folio;
    const int last = first + per_folio;
    const Expr in_scan = cursor < last && first < end && !w.is_beyond_size(first * per_block);
    const Expr cached =
        folio.present && exists(per_folio, [&](int k) { return folio.uptodate[k]; });
    // What lies in the folio behind i_size is behind the scan and falls to the tail.
    Expr scanned_to = last;
    for (int k = per_folio - 1; k > 0; --k)
      scanned_to = select(w.is_beyond_size((first + k) * per_block), first + k, scanned_to);
    const auto is_unused = [&](int b) {
      Expr before = cursor <= b && b < min(first, end);
      const bool inside = first <= b && b < last;
      if (!inside) return before;
      return before || (cursor <= b && b < min(end, scanned_to) && !folio.block_dirty[b - first]);
    };
    const auto next = fmt::format("after folio {}", f);
    p.step(fmt::format("is folio {} in the cache?", f),
           InOrder(p, w).take(Rank::folio_lock, folio.lock, when(in_scan && cached)).note("yes"),
           otherwise().note("no").go(next));
    p.step(fmt::format("keep the dirty blocks of folio {}, punch before and between", f),
           when(folio.dirty)
               .note("it is dirty")
               .then(punch(w, unused, is_unused), cursor = scanned_to, release(folio.lock)),
           otherwise().note("it is clean").then(release(folio.lock)));
    p.label(next);
  }
}

/// truncate_pagecache_range(), as up to v6.1: whatever is cached there goes, dirty or not.
void drop_cache(Path& p, const World& w, const Unused& unused) {
  const auto fn = p.function("truncate_pagecache_range", "mm/truncate.c");
  const int per_folio = w.geometry.blocks_per_folio;
  for (int f = 0; f < w.geometry.folios(); ++f)
    drop_folio(p, w, f, unused.cursor <= f * per_folio && f * per_folio < unused.end);
}

} // namespace

bool may_reserve(const World& w) {
  const bool reserves_holes = w.setup.has_holes() && w.kernel().hole_write == HoleWrite::reserves;
  return reserves_holes || w.setup.has_cow();
}

void xfs_buffered_write_iomap_end(
    Path& p, const World& w, const Iter& it, Caller caller, Label done) {
  const auto fn = p.function("xfs_buffered_write_iomap_end", "fs/xfs/xfs_iomap.c");
  const auto how = w.kernel().unused_reservation;
  const bool scans = how == UnusedReservation::scan_under_invalidate_lock ||
                     how == UnusedReservation::scan_unlocked;
  const bool is_locked = how == UnusedReservation::scan_under_invalidate_lock ||
                         how == UnusedReservation::drop_cache_under_invalidate_lock;
  const bool locks = is_locked && caller == Caller::holds_nothing;
  const int per_block = w.geometry.segments_per_block;
  const Expr first_unused =
      select(it.pos == it.map_pos, it.pos / per_block, (it.pos + per_block - 1) / per_block);
  const Unused unused{.cursor = it.punch_from,
                      .end = min(it.map_end, (it.end + per_block - 1) / per_block),
                      .in_cow_fork = w.setup.has_cow() ? Expr(it.shared) : Expr(false)};
  const Expr in_data = it.type == Extent::delalloc;
  Expr is_reservation = in_data;
  if (w.setup.has_cow())
    is_reservation = w.kernel().unused_copy == UnusedCopy::given_back ? it.shared || in_data
                                                                      : in_data && !it.shared;

  p.step("did this write reserve what it did not use?",
         when(it.is_new && is_reservation && first_unused < unused.end)
             .note("yes")
             .then(unused.cursor = first_unused),
         otherwise().note("no").retry().go(done));
  if (locks)
    p.step("take invalidate_lock exclusively",
           InOrder(p, w).take(Rank::invalidate_lock, w.inode.invalidate_lock));
  if (scans)
    scan_and_punch(p, w, unused);
  else
    drop_cache(p, w, unused);

  const auto tail =
      then(punch(w, unused, [&](int b) { return unused.cursor <= b && b < unused.end; }));
  if (!locks) {
    p.step("punch the tail",
           tail.when(unused.cursor < unused.end).note("there is one").retry().go(done),
           otherwise().note("there is none").retry().go(done));
    return;
  }
  p.step("punch the tail",
         tail.when(unused.cursor < unused.end).note("there is one"),
         otherwise().note("there is none"));
  p.step("drop invalidate_lock", then(release(w.inode.invalidate_lock)).retry().go(done));
}

} // namespace stalemate::kernel::iomap
