#pragma once

#include "model/stable_pages/paths.hpp"

namespace stalemate::kernel::stable_pages {

/// Reclaim of an anonymous page, with its write to swap.
[[nodiscard]] AnonPath swap_out();

} // namespace stalemate::kernel::stable_pages
