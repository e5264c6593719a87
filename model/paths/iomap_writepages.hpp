#pragma once

#include "model/paths/paths.hpp"

namespace stalemate::kernel {

/// The flusher: writes dirty folios back, one after the other.
[[nodiscard]] PathEntry writeback();

} // namespace stalemate::kernel
