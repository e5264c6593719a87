// xfs_collapse_file_space() and xfs_insert_file_space(), fs/xfs/xfs_bmap_util.c.
//
// Keeps:   both locks, the punch of what goes, write-back and drop of everything from one block
//          before the range to the end of the file, cancelling the COW fork there, the shift;
//          the size as by truncate(2), which goes up before an insert and down after a collapse.
// Drops:   ranges of several blocks; blocks beyond the end of the file.
// Atomic:  the shift is one rolling transaction that holds the ILOCK throughout: one step.
// Sources: atlas buffered P6, collapse and insert.

#include "model/iomap/paths/xfs_shift_file_space.hpp"

#include "model/iomap/objects/lock_order.hpp"
#include "model/iomap/paths/filemap_write_and_wait.hpp"
#include "model/iomap/paths/inode_dio_wait.hpp"
#include "model/iomap/paths/xfs_free_eofblocks.hpp"
#include "model/iomap/paths/xfs_free_file_space.hpp"
#include "model/iomap/paths/xfs_reflink_cancel_cow.hpp"
#include "model/iomap/paths/xfs_setattr_size.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// Block `to` of the file becomes what block `from` was; the content goes along.
Effect move_block(const World& w, int from, int to) {
  const int per_block = w.geometry.segments_per_block;
  return together(w.extent[to] = w.extent[from],
                  w.extent.place[to] = w.extent.place[from],
                  w.shared[to] = w.shared[from],
                  for_each(per_block, [&](int s) {
                    return w.written[to * per_block + s] = w.written[from * per_block + s];
                  }));
}

Effect leave_hole(const World& w, int b) {
  const int per_block = w.geometry.segments_per_block;
  return together(w.extent.remove(b, true), w.shared[b] = false, for_each(per_block, [&](int s) {
                    return w.written[b * per_block + s] = content::zeroes;
                  }));
}

/// xfs_prepare_shift(): nothing of what moves is cached, nor about to be copied.
void prepare(Path& p, const World& w, const WritepageContext& context, int block) {
  const auto fn = p.function("xfs_prepare_shift", "fs/xfs/xfs_bmap_util.c");
  // Nor does what was preallocated come to lie before the end.
  if (w.setup.preallocates()) xfs_free_eofblocks(p, w);
  const int first = std::max(block - 1, 0) / w.geometry.blocks_per_folio;
  xfs_flush_unmap_range(
      p, w, context, first * w.geometry.segments_per_folio(), w.geometry.segments());
  xfs_reflink_cancel_cow(p, w, std::max(block - 1, 0));
}

void take_both(Path& p, const World& w) {
  const InOrder locks(p, w);
  p.step("take i_rwsem exclusively", locks.take(Rank::i_rwsem, w.inode.i_rwsem));
  p.step("take invalidate_lock exclusively",
         locks.take(Rank::invalidate_lock, w.inode.invalidate_lock));
  inode_dio_wait_before_freeing(p, w);
}

void drop_both(Path& p, const World& w) {
  p.step("drop invalidate_lock and i_rwsem",
         then(release(w.inode.invalidate_lock), release(w.inode.i_rwsem)).end());
}

void record_collapse(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("xfs_collapse_file_space", "fs/xfs/xfs_bmap_util.c");
  const WritepageContext context(p, w);
  const int per_block = w.geometry.segments_per_block;
  const int block = options.at("block");
  take_both(p, w);
  xfs_free_file_space(p, w, context, block * per_block, (block + 1) * per_block);
  prepare(p, w, context, block);
  Effect shift;
  for (int b = block; b + 1 < w.geometry.blocks; ++b)
    shift = shift.then(move_block(w, b + 1, b));
  p.step("shift the extents down",
         then(shift, leave_hole(w, w.geometry.blocks - 1), w.inode.bump_seq()));
  const int size = w.setup.file.size.value_or(w.geometry.segments());
  xfs_setattr_size(p, w, context, "shorter", size, size - per_block);
  drop_both(p, w);
}

/// What the COW fork has behind the end must not be written as part of a folio that reaches into
/// it.
void flush_last_folio(Path& p, const World& w, const WritepageContext& context, int size) {
  const auto fn = p.function("xfs_falloc_insert_range", "fs/xfs/xfs_file.c");
  const int last = (size - 1) / w.geometry.segments_per_folio();
  filemap_write_and_wait(p, w, context, last, last);
}

void record_insert(Path& p, const World& w, const Options& options) {
  const auto fn = p.function("xfs_insert_file_space", "fs/xfs/xfs_bmap_util.c");
  const WritepageContext context(p, w);
  const int per_block = w.geometry.segments_per_block;
  const int block = options.at("block");
  take_both(p, w);
  // Where every path is shown the file may be full.
  const int size = std::min(w.setup.file.size.value_or(w.geometry.segments()),
                            w.geometry.segments() - per_block);
  if (w.kernel().insert_flushes_eof) flush_last_folio(p, w, context, size);
  xfs_setattr_size(p, w, context, "longer", size, size + per_block);
  prepare(p, w, context, block);
  Effect shift;
  for (int b = w.geometry.blocks - 1; b > block; --b)
    shift = shift.then(move_block(w, b - 1, b));
  p.step("shift the extents up", then(shift, leave_hole(w, block), w.inode.bump_seq()));
  drop_both(p, w);
}

const std::vector<PathOption> where{{"block", "the block", 0, 7, 0}};

} // namespace

IomapPath collapse_range() {
  return {{.name = "collapse_range",
           .process = "collapser",
           .function = "xfs_collapse_file_space",
           .text = "fallocate(FALLOC_FL_COLLAPSE_RANGE) of one block",
           .source = "atlas buffered P6",
           .options = where},
          record_collapse};
}

IomapPath insert_range() {
  return {{.name = "insert_range",
           .process = "inserter",
           .function = "xfs_insert_file_space",
           .text = "fallocate(FALLOC_FL_INSERT_RANGE) of one block, into a file with room for it",
           .source = "atlas buffered P6",
           .options = where},
          record_insert};
}

} // namespace stalemate::kernel::iomap
