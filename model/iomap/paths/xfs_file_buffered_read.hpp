#pragma once

#include "model/iomap/paths.hpp"

namespace stalemate::kernel::iomap {

/// read(2) through the page cache.
[[nodiscard]] IomapPath buffered_read();

} // namespace stalemate::kernel::iomap
