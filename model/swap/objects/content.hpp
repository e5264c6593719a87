#pragma once

namespace stalemate::kernel::swap::content {

/// What a page or a block holds, as a tag: who wrote it.
inline constexpr int garbage = 0;
inline constexpr int zeroes = 1;

/// What anonymous page number `page` holds at the start.
inline constexpr int old(int page) {
  return 2 + page;
}

} // namespace stalemate::kernel::swap::content
