#pragma once

#include "model/iomap/paths.hpp"

namespace stalemate::kernel::iomap {

/// The flusher: writes dirty folios back, one after the other.
[[nodiscard]] IomapPath writeback();

} // namespace stalemate::kernel::iomap
