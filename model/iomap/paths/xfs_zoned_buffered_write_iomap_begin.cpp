// xfs_zoned_buffered_write_iomap_begin(), fs/xfs/xfs_iomap.c, v6.18 to v7.1.
//
// Keeps:   the reservation in the COW fork for everything that is written, whatever the data fork
//          has; old data from the data fork; that zeroing takes a hole of the data fork, or of both
//          forks, for zeroes.
// Drops:   the reservation of space before the write begins, and that it may run out (generic/095).
//          A write of whole blocks is not cut at the borders of extents in the kernel.
// Atomic:  the whole ILOCK section is one step, with the look at the page cache under it.
// Sources: v6.18, v7.0, v7.1; linux-xfs 2026-03-09, v3 1/8 and 2/8 (K15).

#include "model/iomap/paths/xfs_zoned_buffered_write_iomap_begin.hpp"

#include "model/iomap/paths/xfs_buffered_write_iomap_begin.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// Reserves what of the request lies in the extent of the data fork, and is not reserved yet.
Effect reserve(const World& w, const Iter& it) {
  const int per_block = w.geometry.segments_per_block;
  const Expr end = min(w.extent.extent_end(it.block()), (it.end + per_block - 1) / per_block);
  return together(w.cow.fill_holes(it.block(), end, Extent::delalloc), w.inode.bump_cow_seq());
}

/// Is anything that is still to be zeroed dirty or under writeback?
Expr needs_writeback(const World& w, const Iter& it) {
  const int per_folio = w.geometry.segments_per_folio();
  return exists(w.geometry.folios(), [&](int f) {
    return it.pos < (f + 1) * per_folio && f * per_folio < it.end &&
           (w.folio[f].dirty || w.folio[f].writeback);
  });
}

} // namespace

void xfs_zoned_buffered_write_iomap_begin(Path& p, const World& w, const Iter& it) {
  const auto fn = p.function("xfs_zoned_buffered_write_iomap_begin", "fs/xfs/xfs_iomap.c");
  const Expr has_copy = !w.cow.is_hole(it.block());
  const ZonedHole how = w.kernel().zoned_hole;
  Expr is_hole = false;
  if (it.request == Request::zero) {
    is_hole = w.extent.is_hole(it.block());
    if (how != ZonedHole::data_fork) is_hole = is_hole && !has_copy;
  }
  std::vector<Alternative> ways{when(has_copy && !is_hole)
                                    .note("the COW fork has it")
                                    .then(remember(w, it, false, Mapped::cow_fork)),
                                when(!has_copy && !is_hole)
                                    .note("reserve it in the COW fork")
                                    .then(reserve(w, it), remember(w, it, true, Mapped::cow_fork))};
  if (it.request == Request::zero) {
    const auto hole = when(is_hole).then(remember(w, it, false));
    if (how != ZonedHole::both_forks_flushed)
      ways.push_back(hole.note("a hole"));
    else
      ways.push_back(hole.note("a hole, or it is to be written back first")
                         .then(it.busy = needs_writeback(w, it)));
  }
  p.step(it.is_checked() ? "look up the extent, sample the cookie" : "look up the extent", ways);
}

} // namespace stalemate::kernel::iomap
