#pragma once

namespace stalemate::kernel::stable_pages {

/// The page at the start: dirty, not in the swap cache, mapped by one address space writable or by
/// several read-only, as after fork.
struct AnonLayout {
  int mappers = 1;
  int free_pages = 2; ///< Memory left for copies and for reading back.
};

} // namespace stalemate::kernel::stable_pages
