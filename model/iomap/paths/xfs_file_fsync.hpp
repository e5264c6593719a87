#pragma once

#include "model/iomap/paths.hpp"

namespace stalemate::kernel::iomap {

[[nodiscard]] IomapPath fsync();

} // namespace stalemate::kernel::iomap
