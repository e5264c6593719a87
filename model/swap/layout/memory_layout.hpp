#pragma once

#include <cstdint>
#include <vector>

namespace stalemate::kernel::swap {

/// What a page of the swap file lies on.
enum class Backing : std::uint8_t {
  written,
  unwritten,
  hole,
  delalloc,
  inline_data,
  shared,
  other_device,
  misaligned,
  sequential_zone,
};

/// Where an anonymous page is at the start.
enum class Where : std::uint8_t { memory, swap, cached, zswap };

/// Does the page need no page frame at the start?
[[nodiscard]] constexpr bool is_swapped_out(Where where) {
  return where == Where::swap || where == Where::zswap;
}

/// What log space at the start is taken by: the unit's item is in the AIL, or there and, because it
/// was logged again, pinned in the CIL as well.
enum class LogUnit : std::uint8_t { free, in_ail, relogged };

/// What zswap can take.
struct ZswapLayout {
  int entries = 0;  ///< How many pages; 0: there is no zswap.
  int failures = 0; ///< How often it may refuse a page although there is room.
};

/// Memory, the swap area and the log at the start. Each page is mapped by every address space.
struct MemoryLayout {
  int free = 1;             ///< Pages on the free list.
  int min = 0;              ///< The watermark: below it only a task in reclaim gets pages.
  int failures = 0;         ///< Allocations from below the watermark that may fail in spite of it.
  int io_errors = 0;        ///< How often the device may fail.
  int address_spaces = 1;   ///< Processes that were forked from one another.
  int frames = 0;           ///< Page frames for anonymous pages; 0: as many as can be in use.
  std::vector<Where> pages; ///< Anonymous pages; page i in swap is in slot i.
  std::vector<Backing> slots; ///< The swap file, page by page.
  int second_area = 0;        ///< How many slots at the end are another area's.
  ZswapLayout zswap;
  std::vector<LogUnit> log;    ///< The log; empty: there is always space.
  bool has_every_path = false; ///< To show paths: even those that exclude each other.
};

} // namespace stalemate::kernel::swap
