#pragma once

#include "model/iomap/layout/setup.hpp"

namespace stalemate::kernel::iomap {

/// How the file is cut up: segments are the smallest piece that a write can cover, several to a
/// block, so that a write can leave a gap inside a block. Positions in the file are in segments.
struct Geometry {
  int blocks;
  int blocks_per_folio;
  int segments_per_block;
  bool large_folios;

  explicit Geometry(const FileLayout& file)
      : blocks(static_cast<int>(file.blocks.size())), blocks_per_folio(file.blocks_per_folio),
        segments_per_block(file.segments_per_block), large_folios(file.large_folios) {}

  /// Rounded up: the last folio may reach beyond the last block; build_model refuses that.
  [[nodiscard]] int folios() const { return (blocks + blocks_per_folio - 1) / blocks_per_folio; }
  [[nodiscard]] int segments() const { return blocks * segments_per_block; }
  [[nodiscard]] int segments_per_folio() const { return blocks_per_folio * segments_per_block; }
  /// A folio is one page, or as many as it has blocks.
  [[nodiscard]] int segments_per_page() const {
    return large_folios ? segments_per_block : segments_per_folio();
  }
};

/// The end of the unit that a position lies in, or the position where that begins one.
[[nodiscard]] constexpr int rounded_up(int position, int unit) {
  return (position + unit - 1) / unit * unit;
}

} // namespace stalemate::kernel::iomap
