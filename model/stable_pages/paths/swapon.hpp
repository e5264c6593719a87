#pragma once

#include "model/stable_pages/paths.hpp"

namespace stalemate::kernel::stable_pages {

/// swapon(2), which looks at the device once.
[[nodiscard]] AnonPath enable_swap();

} // namespace stalemate::kernel::stable_pages
