#pragma once

#include "model/iomap/paths.hpp"

namespace stalemate::kernel::iomap {

[[nodiscard]] IomapPath readahead();

} // namespace stalemate::kernel::iomap
