#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

namespace stalemate {

/// Where a search may put what memory does not hold.
struct DiskOptions {
  std::string folder;
  std::uint64_t bytes_max = std::numeric_limits<std::uint64_t>::max(); ///< Of each search.
  // What follows is for tests.
  /// Bytes of memory for what is on its way to the disk; never more than the limits allow.
  std::uint64_t buffers_max = std::numeric_limits<std::uint64_t>::max();
  bool begins_in_memory = true;  ///< What fits there is never put on the disk.
  std::size_t block_rows = 2048; ///< Of a piece that is read and written whole.
};

} // namespace stalemate
