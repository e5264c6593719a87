#pragma once

#include "model/iomap/paths.hpp"

namespace stalemate::kernel::iomap {

/// fallocate(FALLOC_FL_COLLAPSE_RANGE) and fallocate(FALLOC_FL_INSERT_RANGE) of one block.
[[nodiscard]] IomapPath collapse_range();
[[nodiscard]] IomapPath insert_range();

} // namespace stalemate::kernel::iomap
