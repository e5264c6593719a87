#pragma once

#include "model/paths/paths.hpp"

namespace stalemate::kernel {

/// write(2) into the page cache of an XFS file.
[[nodiscard]] PathEntry buffered_write();

} // namespace stalemate::kernel
