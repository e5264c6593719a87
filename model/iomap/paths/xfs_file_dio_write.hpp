#pragma once

#include "model/iomap/paths.hpp"

namespace stalemate::kernel::iomap {

/// write(2) or io_submit(2) with O_DIRECT.
[[nodiscard]] IomapPath dio_write();

} // namespace stalemate::kernel::iomap
