#pragma once

#include "model/stable_pages/paths.hpp"

namespace stalemate::kernel::stable_pages {

/// A zram device that is given its size.
[[nodiscard]] AnonPath zram_disksize();

} // namespace stalemate::kernel::stable_pages
