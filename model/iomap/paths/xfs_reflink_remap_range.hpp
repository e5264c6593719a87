#pragma once

#include "model/iomap/paths.hpp"

namespace stalemate::kernel::iomap {

/// ioctl(FICLONE) with the file as its source.
[[nodiscard]] IomapPath clone();

} // namespace stalemate::kernel::iomap
