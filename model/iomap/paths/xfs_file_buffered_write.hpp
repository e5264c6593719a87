#pragma once

#include "model/iomap/paths.hpp"

namespace stalemate::kernel::iomap {

/// write(2) into the page cache of an XFS file.
[[nodiscard]] IomapPath buffered_write();

} // namespace stalemate::kernel::iomap
