#pragma once

#include "model/iomap/paths.hpp"

namespace stalemate::kernel::iomap {

/// write(2) with O_DIRECT of whole blocks.
[[nodiscard]] IomapPath direct_write();

} // namespace stalemate::kernel::iomap
