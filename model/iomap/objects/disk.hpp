#pragma once

#include "checker/builder/declare.hpp"
#include "model/iomap/objects/content.hpp"
#include "model/iomap/objects/geometry.hpp"

namespace stalemate::kernel::iomap {

/// The blocks of the device that the file has, had or will have. Block b of the file is first
/// allocated at place b, then at b + blocks, and so on: neighbours that are allocated equally often
/// are neighbours on the disk. A place that was freed belongs to others and never comes back, but
/// on a zoned device, where every write takes one.
struct Disk {
  build::Array content; ///< Table: place, segment.
  build::Array used;    ///< By block: how many of its places have been allocated so far.
  int blocks;
  int ranks;  ///< Places per block.
  int others; ///< The tag that a freed place holds at once: somebody else wrote there.

  /// Blocks may be elsewhere than at the place of their own number.
  [[nodiscard]] bool is_indirect() const { return ranks > 1; }
  [[nodiscard]] int places() const { return blocks * ranks; }

  /// The segments at a place.
  [[nodiscard]] build::Array at(const build::Expr& place) const { return content.row(place); }
  /// Where block `b` would be allocated now.
  [[nodiscard]] build::Expr next_place(int b) const { return used[b] * blocks + b; }
  /// Where the condition is true, the place belongs to others from now on.
  [[nodiscard]] build::Effect free(const build::Expr& condition, const build::Expr& place) const;
};

[[nodiscard]] Disk declare_disk(build::Model& model,
                                const Geometry& geometry,
                                const Tags& tags,
                                int ranks,
                                const std::vector<std::vector<int>>& initial,
                                const std::vector<int>& used);

} // namespace stalemate::kernel::iomap
