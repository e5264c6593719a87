#pragma once

#include "checker/builder/path.hpp"
#include "model/stable_pages/objects/world.hpp"

namespace stalemate::kernel::stable_pages {

/// Asks, with the page and the page table of `mm` locked, whether the page may be made writable.
/// Falls through if so, goes to `copy` if not.
void reuse_swap_page(build::Path& p, const World& w, int mm, build::Label copy);

/// The same since v5.19, where swap entries remember what is exclusive: of a page that was looked
/// up in the swap cache, and of one that is mapped read-only.
void reuse_swapped_if_exclusive(build::Path& p, const World& w, int mm, build::Label copy);
void reuse_mapped_if_exclusive(build::Path& p, const World& w, int mm, build::Label copy);

/// The slot is freed with its last user, once the page has left the swap cache.
[[nodiscard]] build::Effect free_unused_slot(const World& w);

} // namespace stalemate::kernel::stable_pages
