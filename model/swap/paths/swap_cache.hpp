#pragma once

#include "model/swap/paths/do_swap_page.hpp"

#include <optional>

namespace stalemate::kernel::swap {

/// Where a task goes that has got no page of the swap cache.
struct NoCachedPage {
  build::Label is_claimed;                    ///< Somebody else is about to cache one.
  build::Label is_free;                       ///< The slot is in no use any more.
  std::optional<build::Label> no_memory = {}; ///< If it does not wait for memory.
  bool leaves_claimed = false;                ///< It does not try again for a claimed slot.
};

/// __read_swap_cache_async(), swap_cache_alloc_folio(): goes to `found` with a reference on the
/// page of fault.entry's slot in the swap cache, or falls off with a new one there, locked.
void get_cached_page(build::Path& path,
                     const World& world,
                     const Fault& fault,
                     build::Label found,
                     const NoCachedPage& none);

/// Finds the page of fault.entry's slot in the swap cache, or reads it: goes to `found` with a
/// reference on task.page, or to `again`.
void find_swap_page(build::Path& path,
                    const World& world,
                    const Fault& fault,
                    build::Label found,
                    build::Label again);

} // namespace stalemate::kernel::swap
