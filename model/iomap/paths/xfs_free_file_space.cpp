// xfs_free_file_space() and xfs_flush_unmap_range(), fs/xfs/xfs_bmap_util.c.
//
// Keeps:   both locks, the wait for direct I/O, write-back and drop of the cache before any block
//          goes, one transaction for each block, zeroing of the edges that do not fill a block.
// Drops:   the COW fork: what is there of the range was written back and remapped before; real-time
//          extents; the final write-back of the last folio.
// Atomic:  a transaction is one step under the ILOCK.
// Sources: atlas buffered P6.F, P6.P.

#include "model/iomap/paths/xfs_free_file_space.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/paths/filemap_write_and_wait.hpp"
#include "model/iomap/paths/inode_dio_wait.hpp"
#include "model/iomap/paths/iomap_zero_range.hpp"
#include "model/iomap/paths/truncate_pagecache.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::iomap {

using namespace build;

Effect unmap_block(const World& w, int b) {
  const Expr place = w.extent.place_of(b);
  return together(w.disk.free(w.extent.has_place(b) && !w.shared[b], place),
                  w.shared[b] = false,
                  w.extent.remove(b, true),
                  w.inode.bump_seq());
}

void xfs_flush_unmap_range(
    Path& p, const World& w, const WritepageContext& context, int first, int end) {
  const auto fn = p.function("xfs_flush_unmap_range", "fs/xfs/xfs_bmap_util.c");
  const int per_folio = w.geometry.segments_per_folio();
  const int per_page = w.geometry.segments_per_page();
  filemap_write_and_wait(p, w, context, first / per_folio, (end - 1) / per_folio);
  truncate_pagecache_range(p, w, first / per_page * per_page, rounded_up(end, per_page));
}

void xfs_free_file_space(
    Path& p, const World& w, const WritepageContext& context, int first, int end) {
  const auto fn = p.function("xfs_free_file_space", "fs/xfs/xfs_bmap_util.c");
  const int per_block = w.geometry.segments_per_block;
  const int first_block = (first + per_block - 1) / per_block;
  const int end_block = end / per_block;
  xfs_flush_unmap_range(p, w, context, first, end);

  for (int b = first_block; b < end_block; ++b)
    p.step(fmt::format("unmap block {}", b),
           when(!w.extent.is_hole(b))
               .note("it has blocks")
               .then(unmap_block(w, b),
                     for_each(per_block, [&](int s) { return w.freed(b * per_block + s); })),
           otherwise().note("a hole already"));
  // The edges; a range inside one block has one.
  if (first_block > end_block || first % per_block != 0)
    iomap_zero_range(p, w, context, "head", first, std::min(end, first_block * per_block));
  if (first_block <= end_block && end % per_block != 0)
    iomap_zero_range(p, w, context, "tail", std::max(first, end_block * per_block), end);
}

namespace {

void record_punch_hole(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("xfs_file_fallocate", "fs/xfs/xfs_file.c");
  const WritepageContext context(p, w);
  const InOrder locks(p, w);
  const int first = options.at("at");
  p.step("take i_rwsem exclusively", locks.take(Rank::i_rwsem, w.inode.i_rwsem));
  p.step("take invalidate_lock exclusively",
         locks.take(Rank::invalidate_lock, w.inode.invalidate_lock));
  inode_dio_wait_before_freeing(p, w);
  xfs_free_file_space(p, w, context, first, first + options.at("segments"));
  p.step("drop invalidate_lock and i_rwsem",
         then(release(w.inode.invalidate_lock), release(w.inode.i_rwsem)).end());
}

} // namespace

IomapPath punch_hole() {
  return {{.name = "punch_hole",
           .process = "puncher",
           .function = "xfs_file_fallocate",
           .text = "fallocate(FALLOC_FL_PUNCH_HOLE)",
           .source = "atlas buffered P6.P",
           .options = {{"at", "first segment of the hole", 0, 31, 0},
                       {"segments", "how many segments the hole has", 1, 32, 2}}},
          record_punch_hole};
}

} // namespace stalemate::kernel::iomap
