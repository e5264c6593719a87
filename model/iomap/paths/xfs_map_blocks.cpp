// xfs_map_blocks(), fs/xfs/xfs_aops.c, v4.20 and later, with xfs_bmapi_convert_delalloc().
//
// Keeps:   one lookup under one hold of the ILOCK, allocation of the whole delayed extent, as
//          unwritten (or as mapped, as it was before unwritten extents were used for it), the
//          block that is skipped because it is a hole.
// Drops:   the mapping cached from block to block: it is revalidated for every block under the
//          folio lock, which is the same as a lookup. The COW fork, errors.
// Atomic:  each ILOCK section is one step; so are the transaction that allocates and its commit.
// Sources: path atlas table B6.

#include "model/iomap/paths/xfs_map_blocks.hpp"

#include <fmt/format.h>

namespace stalemate::kernel::iomap {

using namespace build;

void xfs_map_blocks(Path& p, const World& w, const Expr& index, int block_in_folio) {
  const auto fn = p.function("xfs_map_blocks", "fs/xfs/xfs_aops.c");
  const auto folio = w.folio[index];
  const Expr block = index * w.geometry.blocks_per_folio + block_in_folio;
  const Place state = w.extent[block];
  const Place stage = w.ioend.stage[block];
  const Place unwritten = w.ioend.unwritten[block];
  const Place dirty = folio.block_dirty[block_in_folio];
  const bool allocates_unwritten = w.kernel().delalloc_becomes == DelallocBecomes::unwritten;
  const auto allocated = allocates_unwritten ? Extent::unwritten : Extent::mapped;

  const auto add_to_ioend = [&](const Expr& convert) {
    return together(stage = IoStage::built, unwritten = convert, folio.pending = folio.pending + 1);
  };
  std::vector<Alternative> ways;
  if (w.geometry.blocks_per_folio > 1) ways.push_back(when(!dirty).note("the block is clean"));
  ways.push_back(when(dirty && (state == Extent::unwritten || state == Extent::mapped))
                     .then(add_to_ioend(state == Extent::unwritten)));
  const bool may_reserve =
      w.starts_with(Extent::hole) && w.kernel().hole_write == HoleWrite::reserves;
  if (w.starts_with(Extent::delalloc) || may_reserve)
    ways.push_back(when(dirty && state == Extent::delalloc)
                       .note("allocate the delayed extent")
                       .then(w.extent.convert_extent(block, allocated),
                             w.inode.bump_seq(),
                             add_to_ioend(allocates_unwritten)));
  const bool allocates_holes = w.kernel().hole_write == HoleWrite::leaves_it;
  if (w.starts_with(Extent::hole) && allocates_holes)
    ways.push_back(
        when(dirty && state == Extent::hole)
            .note("allocate the hole")
            .then(state = allocated, w.inode.bump_seq(), add_to_ioend(allocates_unwritten)));
  else if (w.starts_with(Extent::hole))
    ways.push_back(when(dirty && state == Extent::hole).note("a hole: the block is skipped"));

  p.step(w.geometry.blocks_per_folio == 1
             ? std::string("map the block, add it to an ioend")
             : fmt::format("map block {}, add it to an ioend", block_in_folio),
         ways);
}

} // namespace stalemate::kernel::iomap
