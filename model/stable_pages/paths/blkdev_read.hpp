#pragma once

#include "model/stable_pages/paths.hpp"

namespace stalemate::kernel::stable_pages {

/// Somebody who reads the swap device itself.
[[nodiscard]] AnonPath raw_read();

} // namespace stalemate::kernel::stable_pages
