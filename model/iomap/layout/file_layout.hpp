#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace stalemate::kernel::iomap {

/// State of one block in the data fork's extent map.
enum class Extent : std::uint8_t { hole, delalloc, unwritten, mapped };

/// What a scenario can say about a block: its state, or that another file has it as well.
enum class BlockWord : std::uint8_t { hole, delalloc, unwritten, mapped, shared };

/// Content of one segment at the start: zeroes, or data that an earlier write left there.
enum class Content : std::uint8_t { zero, old };

/// A folio that is in the page cache at the start.
struct CachedFolio {
  int folio = 0;
  bool dirty = false;
  std::vector<Content> data; ///< One per segment of the folio; empty: what the disk says.
  std::optional<std::vector<int>> dirty_blocks = {};    ///< In the folio; absent: all if dirty.
  std::optional<std::vector<int>> uptodate_blocks = {}; ///< In the folio; absent: all.

  /// Is block `k` of the folio dirty, and is it uptodate?
  [[nodiscard]] bool is_dirty(int k) const { return dirty && is_in(dirty_blocks, k); }
  [[nodiscard]] bool is_uptodate(int k) const { return is_in(uptodate_blocks, k); }

 private:
  static bool is_in(const std::optional<std::vector<int>>& blocks, int k) {
    return !blocks || std::ranges::find(*blocks, k) != blocks->end();
  }
};

/// The file at the start.
struct FileLayout {
  int blocks_per_folio = 1;
  int segments_per_block = 2;
  bool large_folios = false;  ///< A folio is as many pages as blocks, and can be split.
  std::vector<Extent> blocks; ///< One per block of the file.
  std::vector<bool> shared;   ///< By block: a reflink made another file have it as well.
  std::vector<Extent> cow;    ///< The COW fork, one per block; empty: holes.
  int cow_extent_size = 1;    ///< Reservations in the COW fork are rounded to it, in blocks.
  int preallocation = 0;      ///< A write behind i_size reserves this many blocks behind itself.
  std::vector<CachedFolio> cached; ///< At most one per folio.
  std::vector<std::vector<Content>>
      disk;                    ///< Per block, per segment, for mapped blocks; empty: old.
  std::optional<int> size;     ///< i_size in segments; absent: the end of the last block.
  int write_errors = 0;        ///< How often the device may fail a write of the page cache.
  int map_errors = 0;          ///< How often writeback may fail to allocate.
  int read_errors = 0;         ///< How often reading a block into the page cache may fail.
  bool has_every_path = false; ///< To show paths: even those that exclude each other.

  /// Can anything fail? And can what was written be given up for it?
  [[nodiscard]] bool fails() const { return loses_writes() || read_errors > 0; }
  [[nodiscard]] bool loses_writes() const { return write_errors > 0 || map_errors > 0; }
};

} // namespace stalemate::kernel::iomap
