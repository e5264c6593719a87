#pragma once

#include "checker/builder/declare.hpp"
#include "model/iomap/objects/geometry.hpp"

namespace stalemate::kernel::iomap {

/// The data fork's extent map, block by block. Neighbours in the same state are one extent, since
/// their disk addresses are adjacent here.
struct ExtentMap {
  build::Array state;

  build::Place operator[](const build::Expr& block) const { return state[block]; }
  [[nodiscard]] int blocks() const { return state.size(); }

  /// The end, exclusive, of the extent that covers `block` (xfs_iext_lookup_extent).
  [[nodiscard]] build::Expr extent_end(const build::Expr& block) const;

  /// Turns every block of the extent around `block` into `to`.
  [[nodiscard]] build::Effect convert_extent(const build::Expr& block, Extent to) const;

  /// Turns the holes in first..end-1 that follow `first` without a gap into `to`: delayed
  /// allocations (xfs_bmapi_reserve_delalloc), or blocks at once.
  [[nodiscard]] build::Effect
  fill_holes(const build::Expr& first, const build::Expr& end, Extent to) const;

  /// Gives back the delayed allocations in first..end-1 (xfs_bmap_punch_delalloc_range).
  [[nodiscard]] build::Effect punch_delalloc(const build::Expr& first,
                                             const build::Expr& end) const;
};

[[nodiscard]] ExtentMap declare_extent_map(build::Model& model, const std::vector<Extent>& blocks);

/// hole, delalloc, unwritten, mapped: as Extent numbers them.
[[nodiscard]] const std::vector<std::string>& extent_names();

} // namespace stalemate::kernel::iomap
