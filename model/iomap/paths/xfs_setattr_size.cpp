// xfs_setattr_size(), fs/xfs/xfs_iops.c; truncate_setsize(), mm/truncate.c.
//
// Keeps:   both locks, the wait for direct I/O; going down: write-back of the folio at the
//          new end, also where a block ends there (869ae85dae64), zeroing of the block's tail,
//          i_size, the page cache, then the blocks; going up: zeroing from the old size, i_size,
//          the tail of the old last folio in the cache.
// Drops:   the on-disk size and the write-back that it asks for; a file that is a whole number of
//          blocks long both before and after has no tail.
// Atomic:  a transaction is one step under the ILOCK.
// Sources: atlas buffered P6.TD, P6.TU, R10b, R12c.

#include "model/iomap/paths/xfs_setattr_size.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/paths/filemap_write_and_wait.hpp"
#include "model/iomap/paths/inode_dio_wait.hpp"
#include "model/iomap/paths/iomap_zero_range.hpp"
#include "model/iomap/paths/pagecache_isize_extended.hpp"
#include "model/iomap/paths/truncate_pagecache.hpp"
#include "model/iomap/paths/xfs_free_file_space.hpp"
#include "model/iomap/paths/xfs_reflink_cancel_cow.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// What lies beyond i_size reads as zeroes if the file grows again.
Effect set_size(const World& w, int size) {
  return (w.inode.size = size).then(for_each(w.geometry.segments() - size, [&](int i) {
    return w.freed(size + i);
  }));
}

void shrink(
    Path& p, const World& w, const WritepageContext& context, const std::string& name, int size) {
  const int per_folio = w.geometry.segments_per_folio();
  const int per_block = w.geometry.segments_per_block;
  const int folio_end = rounded_up(size, per_folio);
  const int block_end = rounded_up(size, per_block);
  if (w.kernel().truncate_flushes_eof)
    filemap_write_and_wait(p, w, context, size / per_folio, size / per_folio);
  if (size < block_end) iomap_zero_range(p, w, context, name, size, block_end);
  {
    const auto fn = p.function("truncate_setsize", "mm/truncate.c");
    p.step(fmt::format("set i_size to {}", size), then(set_size(w, size)));
  }
  if (size < folio_end) truncate_pagecache_range(p, w, size, folio_end);
  if (folio_end < w.geometry.segments())
    truncate_pagecache_range(p, w, folio_end, w.geometry.segments());
  const auto fn = p.function("xfs_itruncate_extents", "fs/xfs/xfs_inode.c");
  for (int b = block_end / per_block; b < w.geometry.blocks; ++b)
    p.step(fmt::format("free block {}", b),
           when(!w.extent.is_hole(b)).note("not a hole yet").then(unmap_block(w, b)),
           otherwise().note("a hole already"));
  xfs_reflink_cancel_cow(p, w, block_end / per_block);
}

void grow(Path& p,
          const World& w,
          const WritepageContext& context,
          const std::string& name,
          int from,
          int size) {
  iomap_zero_range(p, w, context, name, from, size);
  const auto fn = p.function("truncate_setsize", "mm/truncate.c");
  p.step(fmt::format("set i_size to {}", size),
         then(w.inode.size = size, begin_cut(w, from, size)));
  pagecache_isize_extended(p, w, from, size);
}

} // namespace

void xfs_setattr_size(Path& p,
                      const World& w,
                      const WritepageContext& context,
                      const std::string& name,
                      int from,
                      int to) {
  const auto fn = p.function("xfs_setattr_size", "fs/xfs/xfs_iops.c");
  if (to < from) shrink(p, w, context, name, to);
  if (from < to) grow(p, w, context, name, from, to);
}

namespace {

void record_truncate(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("xfs_setattr_size", "fs/xfs/xfs_iops.c");
  const WritepageContext context(p, w);
  int size = w.setup.file.size.value_or(w.geometry.segments());
  for (const char* option : {"to", "then"}) {
    const int to = std::min(options.at(option), w.geometry.segments());
    if (to < 0) continue;
    const InOrder locks(p, w);
    p.step(fmt::format("take i_rwsem exclusively, to go from {} to {}", size, to),
           locks.take(Rank::i_rwsem, w.inode.i_rwsem));
    p.step(fmt::format("take invalidate_lock exclusively, to go from {} to {}", size, to),
           locks.take(Rank::invalidate_lock, w.inode.invalidate_lock));
    inode_dio_wait_before_freeing(p, w);
    xfs_setattr_size(p, w, context, option, size, to);
    p.step(fmt::format("drop invalidate_lock and i_rwsem, the size is {}", to),
           then(release(w.inode.invalidate_lock), release(w.inode.i_rwsem)));
    size = to;
  }
  p.step("return", always().end());
}

} // namespace

IomapPath truncate() {
  return {{.name = "truncate",
           .process = "truncator",
           .function = "xfs_setattr_size",
           .text = "truncate(2); nobody else may make the file longer than at the start",
           .source = "atlas buffered P6.TD, P6.TU",
           .options = {{"to", "the new size in segments", 0, 32, 0},
                       {"then", "a second truncate, to this size; -1: none", -1, 32, -1}}},
          record_truncate};
}

} // namespace stalemate::kernel::iomap
