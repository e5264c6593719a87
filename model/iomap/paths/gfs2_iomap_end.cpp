// gfs2_iomap_end(), fs/gfs2/bmap.c.
//
// Keeps:   the blocks behind what was written, rounded up: a block that the write entered in its
//          middle stays, with what happens to be on the disk. The cache goes first, then the
//          blocks.
// Drops:   the transaction, ordered data, quota. Folios of several blocks are refused here.
// Atomic:  freeing the blocks is one step: the glock keeps faults and reads out meanwhile.
// Sources: fs/gfs2/bmap.c of Linux 6.1.

#include "model/iomap/paths/gfs2_iomap_end.hpp"

#include "model/iomap/paths/truncate_pagecache.hpp"

namespace stalemate::kernel::iomap {

using namespace build;

bool deallocates(const World& w) {
  return w.kernel().filesystem == Filesystem::gfs2 &&
         w.kernel().hole_write == HoleWrite::allocates && w.setup.has_holes();
}

void gfs2_iomap_end(Path& p, const World& w, const Iter& it, Label done) {
  const auto fn = p.function("gfs2_iomap_end", "fs/gfs2/bmap.c");
  const int per_block = w.geometry.segments_per_block;
  const Place cursor = it.punch_from;
  const Expr first = (it.pos + per_block - 1) / per_block;
  const Expr end = it.map_end;
  p.step("did this write allocate blocks that it did not write?",
         when(it.is_new && first < end).note("yes").then(cursor = first),
         otherwise().note("no").go(done));
  {
    const auto drop = p.function("truncate_pagecache_range", "mm/truncate.c");
    for (int f = 0; f < w.geometry.folios(); ++f)
      drop_folio(p, w, f, cursor <= f && f < end);
  }
  const auto is_freed = [&](int b) { return cursor <= b && b < end; };
  Effect freed;
  for (int b = 0; b < w.geometry.blocks; ++b) {
    if (w.disk.is_indirect()) freed = freed.then(w.disk.free(is_freed(b), w.extent.place_of(b)));
    freed = freed.then(w.extent.remove(b, is_freed(b)));
  }
  p.step("free the blocks", then(freed, w.inode.bump_seq()).go(done));
}

} // namespace stalemate::kernel::iomap
