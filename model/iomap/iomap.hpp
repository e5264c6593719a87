#pragma once

#include "model/scenario/subsystem.hpp"

namespace stalemate::kernel::iomap {

/// Buffered I/O through iomap: one file, its extents and its page cache.
[[nodiscard]] Subsystem subsystem();

} // namespace stalemate::kernel::iomap
