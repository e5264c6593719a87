#pragma once

#include "model/iomap/paths.hpp"

namespace stalemate::kernel::iomap {

/// A store through a shared mapping of an XFS file, with the faults that it takes.
[[nodiscard]] IomapPath mmap_write();

} // namespace stalemate::kernel::iomap
