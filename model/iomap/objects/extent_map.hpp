#pragma once

#include "checker/builder/declare.hpp"
#include "model/iomap/objects/disk.hpp"
#include "model/iomap/objects/geometry.hpp"

namespace stalemate::kernel::iomap {

/// The extent map of a fork, block by block. Neighbours in the same state and at neighbouring
/// places are one extent.
struct ExtentMap {
  build::Array state;
  build::Array place; ///< Where the block is on disk; 0 unless unwritten or mapped.
  Disk disk;

  build::Place operator[](const build::Expr& block) const { return state[block]; }
  [[nodiscard]] int blocks() const { return state.size(); }

  /// Where the block is on disk. It has a place only if it is unwritten or mapped.
  [[nodiscard]] build::Expr place_of(const build::Expr& block) const {
    return disk.is_indirect() ? build::Expr(place[block]) : block;
  }
  [[nodiscard]] build::Expr has_place(const build::Expr& block) const {
    return state[block] == Extent::unwritten || state[block] == Extent::mapped;
  }
  [[nodiscard]] build::Expr is_hole(const build::Expr& block) const {
    return state[block] == Extent::hole;
  }

  /// Does an extent end between `block` and the next?
  [[nodiscard]] build::Expr is_border(int block) const;
  /// The end, exclusive, of the extent that covers `block` (xfs_iext_lookup_extent).
  [[nodiscard]] build::Expr extent_end(const build::Expr& block) const;

  /// Turns every block of the extent around `block` into `to`; a delayed allocation gets places.
  [[nodiscard]] build::Effect convert_extent(const build::Expr& block, Extent to) const;

  /// Where the condition is true, turns block `b` into `to`, and gives it a place if that needs
  /// one.
  [[nodiscard]] build::Effect fill(int b, const build::Expr& condition, Extent to) const;

  /// Turns the holes in first..end-1 that follow `first` without a gap into `to`: delayed
  /// allocations (xfs_bmapi_reserve_delalloc), or blocks at once.
  [[nodiscard]] build::Effect
  fill_holes(const build::Expr& first, const build::Expr& end, Extent to) const;

  /// Gives back the delayed allocations in first..end-1 (xfs_bmap_punch_delalloc_range).
  [[nodiscard]] build::Effect punch_delalloc(const build::Expr& first,
                                             const build::Expr& end) const;

  /// Where the condition is true, block `b` becomes a hole. Whether its place is freed is the
  /// caller's business.
  [[nodiscard]] build::Effect remove(int b, const build::Expr& condition) const;
};

/// `name` is the variables' first word: extent, cow. `rank` is the one of each block's places that
/// it has in this map at the start.
[[nodiscard]] ExtentMap declare_extent_map(build::Model& model,
                                           const std::string& name,
                                           const std::vector<Extent>& blocks,
                                           const Disk& disk,
                                           int rank);

/// hole, delalloc, unwritten, mapped: as Extent numbers them.
[[nodiscard]] const std::vector<std::string>& extent_names();

} // namespace stalemate::kernel::iomap
