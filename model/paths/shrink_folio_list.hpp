#pragma once

#include "model/paths/paths.hpp"

namespace stalemate::kernel {

/// Reclaim of clean folios.
[[nodiscard]] PathEntry reclaim();

} // namespace stalemate::kernel
