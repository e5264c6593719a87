#pragma once

#include "model/iomap/paths.hpp"

namespace stalemate::kernel::iomap {

/// Reclaim of clean folios.
[[nodiscard]] IomapPath reclaim();

} // namespace stalemate::kernel::iomap
