// xfs_buffered_write_iomap_begin(), fs/xfs/xfs_iomap.c, v6.2 and later.
//
// Keeps:   lookup in both forks, delayed reservation over a hole or, in the COW fork, over shared
//          blocks with its rounding, the mapping's end at a border of sharing, the cookie; that a
//          request to zero or to unshare reserves nothing over a hole. Other filesystems leave a
//          hole to writeback or allocate blocks at once (hole_write).
//          Zeroing in v7.0 and later: the batch of folios that are dirty or under writeback.
//          Speculative preallocation of a size that the scenario gives, in the data fork; that
//          zeroing allocates what of it is delayed behind the end of the file.
// Drops:   extent size hints of the data fork, quota, out of space.
// Atomic:  the whole ILOCK section is one step, since every other reader or writer of the extent
//          maps takes the ILOCK.
// Sources: atlas buffered 1.2, 1.3, table W1; 304a68b9c63b.

#include "model/iomap/paths/xfs_buffered_write_iomap_begin.hpp"

#include "model/iomap/paths/truncate_pagecache.hpp"
#include "model/iomap/paths/xfs_zoned_buffered_write_iomap_begin.hpp"

#include <algorithm>

namespace stalemate::kernel::iomap {

using namespace build;

namespace {

/// The first block of the file after the request.
int end_block(const World& w, const Iter& it) {
  const int per_block = w.geometry.segments_per_block;
  return (it.end + per_block - 1) / per_block;
}

/// The first block from `block` on that is not shared as `block` is.
Expr sharing_end(const World& w, const Expr& block) {
  Expr end = w.geometry.blocks;
  for (int b = w.geometry.blocks - 2; b >= 0; --b)
    end = select(block <= b && w.shared[b] != w.shared[b + 1], b + 1, end);
  return end;
}

/// Does the request to zero allocate what is delayed behind the end of the file?
bool allocates_spare(const World& w, const Iter& it) {
  return w.setup.preallocates() && it.request == Request::zero &&
         w.kernel().spare_zeroing == SpareZeroing::allocates;
}

/// Where the mapping ends that is looked up at `block`.
Expr mapping_end(const World& w, const Expr& block, Mapped fork) {
  const Expr data = w.extent.extent_end(block);
  // Since v7.1 a hole ends where the COW fork begins or ends to cover it.
  const bool looks_at_copies = w.kernel().zeroing == Zeroing::batch || w.setup.is_zoned();
  if (fork == Mapped::data_fork && w.setup.has_cow() && looks_at_copies)
    return min(min(data, sharing_end(w, block)),
               select(w.extent.is_hole(block), w.cow.extent_end(block), w.geometry.blocks));
  if (fork == Mapped::cow_fork) return min(data, w.cow.extent_end(block));
  return w.setup.has_cow() ? min(data, sharing_end(w, block)) : data;
}

/// Does the block begin before i_size?
Expr is_below_size(const World& w, const Expr& block) {
  return !w.is_beyond_size(block * w.geometry.segments_per_block);
}

/// The end of what is mapped and asked for, in segments.
Expr segment_end(const World& w, const Iter& it, Mapped fork) {
  return min(it.end, mapping_end(w, it.block(), fork) * w.geometry.segments_per_block);
}

} // namespace

Effect remember(const World& w, const Iter& it, bool made_here, Mapped fork) {
  const bool may_be_new = w.setup.has_holes() || w.setup.has_cow();
  const Expr block = it.block();
  Effect all = it.type = w.extent[block];
  Expr end = mapping_end(w, block, fork);
  if (allocates_spare(w, it)) {
    const int per_block = w.geometry.segments_per_block;
    const Expr is_cut = w.extent[block] == Extent::delalloc && is_below_size(w, block);
    end = select(is_cut, min(end, (w.inode.size + (per_block - 1)) / per_block), end);
  }
  if (fork != Mapped::allocated) all = together(all, it.map_end = end);
  if (may_be_new) all = together(all, it.is_new = made_here, it.map_pos = it.pos);
  if (w.disk.is_indirect())
    all = together(all, it.map_first = block, it.place = w.extent.place_of(block));
  if (w.setup.has_cow()) all = together(all, it.shared = fork == Mapped::cow_fork);
  if (it.looks_for_busy_folios())
    all = together(all, it.busy = it.is_busy(w.kernel().zeroing == Zeroing::zeroes_busy_folios));
  if (it.collects_folios()) {
    // A hole comes with a mapping in the COW fork only if that is in use.
    const Expr is_unwritten = w.extent[block] == Extent::unwritten;
    const Expr is_zero =
        fork == Mapped::cow_fork ? is_unwritten || w.extent.is_hole(block) : is_unwritten;
    const Expr is_collected = is_zero && is_below_size(w, block);
    all = together(all, it.batch.collect(is_collected, it.pos, segment_end(w, it, fork)));
  }
  if (it.is_checked()) all = together(all, it.cookie = w.inode.seq);
  if (it.is_checked() && w.setup.has_cow()) all = together(all, it.cow_cookie = w.inode.cow_seq);
  return all;
}

namespace {

/// xfs_iomap_prealloc_size(): how far a reservation goes. Behind the last extent, a write that
/// makes the file longer reserves for what may follow.
Expr reservation_end(const World& w, const Iter& it) {
  const int end = end_block(w, it);
  const int spare = w.setup.file.preallocation;
  if (spare == 0 || it.request != Request::write) return end;
  const Expr is_last =
      for_all(w.geometry.blocks, [&](int b) { return it.block() > b || w.extent.is_hole(b); });
  const int spare_end = std::min(end + spare, w.geometry.blocks);
  return select(is_last && w.inode.size < it.end, spare_end, end);
}

/// Fills the hole at the write's position: a reservation, or blocks whose content is garbage.
Effect fill_hole(const World& w, const Iter& it) {
  const auto made =
      w.kernel().hole_write == HoleWrite::allocates ? Extent::mapped : Extent::delalloc;
  return together(w.extent.fill_holes(it.block(), reservation_end(w, it), made),
                  w.inode.bump_seq());
}

/// The write gets the hole. A filesystem that allocates at once maps what it has allocated and no
/// more, since IOMAP_F_NEW is said of all of it.
Effect take_hole(const World& w, const Iter& it) {
  if (w.kernel().hole_write != HoleWrite::allocates)
    return together(fill_hole(w, it), remember(w, it, true));
  const Place end = it.map_end;
  const Expr behind = w.extent.extent_end(it.block());
  // The effects come one after the other: the hole must be measured before it is filled.
  return (end = min(behind, end_block(w, it)))
      .then(fill_hole(w, it))
      .then(remember(w, it, true, Mapped::allocated));
}

/// Reserves the copy of the shared blocks at the write's position, rounded to the hint's size on
/// both sides, over whatever is there.
Effect reserve_copy(const World& w, const Iter& it) {
  const int hint = w.setup.file.cow_extent_size;
  const Expr block = it.block();
  const Expr wanted = min(min(sharing_end(w, block), w.extent.extent_end(block)), end_block(w, it));
  const Expr first = block / hint * hint;
  const Expr end = (wanted + hint - 1) / hint * hint;
  return for_each(w.geometry.blocks,
                  [&](int b) {
                    const Place state = w.cow[b];
                    const Expr taken = first <= b && b < end && state == Extent::hole;
                    return state = select(taken, Extent::delalloc, state);
                  })
      .then(w.inode.bump_cow_seq());
}

/// The ways of a lookup that may have to reserve something, under one hold of the ILOCK.
std::vector<Alternative> ways_of_lookup(const World& w, const Iter& it, bool changes_holes) {
  const Expr block = it.block();
  const Expr is_hole = w.extent.is_hole(block);
  Expr in_data_fork = true;
  std::vector<Alternative> ways;
  if (w.setup.has_cow()) {
    const Expr has_copy = !w.cow.is_hole(block);
    // Zeroing what reads as zeroes already needs no copy.
    const Expr is_written = w.extent[block] == Extent::mapped;
    const Expr needs_copy =
        it.request == Request::zero ? w.shared[block] && is_written : Expr(w.shared[block]);
    const bool zeroes_copies = it.request == Request::zero && w.kernel().zeroing == Zeroing::batch;
    const Expr is_in_use = zeroes_copies
                               ? is_hole && has_copy && is_below_size(w, block) &&
                                     it.batch.has_any(it.pos, segment_end(w, it, Mapped::cow_fork))
                               : Expr(false);
    if (zeroes_copies)
      ways.push_back(when(is_in_use)
                         .note("a hole that the COW fork covers, with dirty data")
                         .then(remember(w, it, false, Mapped::cow_fork)));
    const Expr skips_hole = it.request == Request::write ? Expr(false) : is_hole && !is_in_use;
    ways.push_back(when(has_copy && !skips_hole && !is_in_use)
                       .note("the COW fork has it")
                       .then(remember(w, it, false, Mapped::cow_fork)));
    ways.push_back(when(!has_copy && needs_copy)
                       .note("it is shared: reserve a copy")
                       .then(reserve_copy(w, it), remember(w, it, true, Mapped::cow_fork)));
    in_data_fork = !is_in_use && ((!has_copy && !needs_copy) || skips_hole);
  }
  if (!changes_holes) {
    const auto way = when(in_data_fork).then(remember(w, it, false));
    ways.push_back(w.setup.has_cow() ? way.note("the data fork has it, for itself") : way);
    return ways;
  }
  ways.push_back(
      when(in_data_fork && !is_hole).note("the data fork has it").then(remember(w, it, false)));
  ways.push_back(when(in_data_fork && is_hole)
                     .note(w.kernel().hole_write == HoleWrite::reserves
                               ? "the write reserves the hole"
                               : "the write allocates blocks")
                     .then(take_hole(w, it)));
  return ways;
}

/// convert_delay: without the ILOCK, since truncation takes folio locks and waits for writeback.
void allocate_spare(Path& p, const World& w, const Iter& it) {
  truncate_pagecache_from(p, w, it.first, it.pos);
  const auto fn = p.function("xfs_bmapi_convert_delalloc", "fs/xfs/libxfs/xfs_bmap.c");
  const Expr block = it.block();
  p.step("allocate what is delayed there",
         when(w.extent[block] == Extent::delalloc)
             .then(w.extent.convert_extent(block, Extent::unwritten),
                   w.inode.bump_seq(),
                   remember(w, it, false)),
         otherwise().note("writeback has done so").then(remember(w, it, false)));
}

} // namespace

void xfs_buffered_write_iomap_begin(Path& p, const World& w, const Iter& it) {
  const auto fn = p.function("xfs_buffered_write_iomap_begin", "fs/xfs/xfs_iomap.c");
  if (w.setup.is_zoned()) {
    xfs_zoned_buffered_write_iomap_begin(p, w, it);
    return;
  }
  const bool changes_holes = w.setup.has_holes() && it.request == Request::write &&
                             w.kernel().hole_write != HoleWrite::leaves_it;
  const std::string look_up =
      it.is_checked() ? "look up the extent, sample the cookie" : "look up the extent";
  const std::vector<Alternative> ways = ways_of_lookup(w, it, changes_holes);
  if (!allocates_spare(w, it)) {
    p.step(look_up, ways);
    return;
  }
  const Label mapped = p.forward();
  const Expr is_spare = w.extent[it.block()] == Extent::delalloc && !is_below_size(w, it.block());
  std::vector<Alternative> all{when(is_spare).note("delayed, behind the end: drop the ILOCK")};
  for (const Alternative& way : ways)
    all.push_back(way.when(!is_spare).go(mapped));
  p.step(look_up, all);
  allocate_spare(p, w, it);
  p.label(mapped);
}

} // namespace stalemate::kernel::iomap
