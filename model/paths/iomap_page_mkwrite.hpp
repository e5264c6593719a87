#pragma once

#include "model/paths/paths.hpp"

namespace stalemate::kernel {

/// A store through a shared mapping of an XFS file, with the faults that it takes.
[[nodiscard]] PathEntry mmap_write();

} // namespace stalemate::kernel
