#pragma once

#include "model/iomap/paths.hpp"

namespace stalemate::kernel::iomap {

/// truncate(2), down or up, once or twice in a row.
[[nodiscard]] IomapPath truncate();

} // namespace stalemate::kernel::iomap
