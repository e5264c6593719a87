#pragma once

#include "model/iomap/paths.hpp"

namespace stalemate::kernel::iomap {

/// read(2) or io_submit(2) with O_DIRECT.
[[nodiscard]] IomapPath dio_read();

} // namespace stalemate::kernel::iomap
