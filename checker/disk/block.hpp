#pragma once

#include "checker/program/layout.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

struct ZSTD_CCtx_s;
struct ZSTD_DCtx_s;

namespace stalemate {

/// Rows, column by column: the numbers of all rows, then the first words of all states, and so on.
struct RowBlock {
  RowBlock(std::size_t width, std::size_t room)
      : columns(width), rows_max(room), cells(width * room) {}

  [[nodiscard]] Word* column(std::size_t c) { return cells.data() + c * rows_max; }
  [[nodiscard]] const Word* column(std::size_t c) const { return cells.data() + c * rows_max; }
  void append(const Word* row) {
    for (std::size_t c = 0; c < columns; ++c)
      column(c)[count] = row[c];
    ++count;
  }
  void read(std::size_t i, Word* row) const {
    for (std::size_t c = 0; c < columns; ++c)
      row[c] = column(c)[i];
  }

  std::size_t columns;
  std::size_t rows_max;
  std::size_t count = 0;
  std::vector<Word> cells;
};

/// Makes blocks small, and back again.
///
/// Rows that follow each other are alike, so of each cell there is what differs from the one above,
/// from the first byte to the last that is not zero. First comes, for all cells of a column, which
/// bytes these are, then the bytes; a column of zeros is left out. zstd does the rest, and sums it
/// up, so that nothing that was damaged is taken.
class BlockCodec {
 public:
  BlockCodec();
  ~BlockCodec();
  BlockCodec(const BlockCodec&) = delete;
  BlockCodec& operator=(const BlockCodec&) = delete;

  /// Valid until the next call.
  [[nodiscard]] std::span<const std::byte> encode(const RowBlock& block);
  /// Throws Stopped if it is damaged.
  void decode(std::span<const std::byte> bytes, RowBlock& block);

 private:
  ZSTD_CCtx_s* writer_;
  ZSTD_DCtx_s* reader_;
  std::vector<std::uint8_t> plain_;
  std::vector<std::byte> packed_;
};

} // namespace stalemate
