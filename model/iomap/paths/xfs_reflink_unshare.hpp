#pragma once

#include "model/iomap/paths.hpp"

namespace stalemate::kernel::iomap {

/// fallocate(FALLOC_FL_UNSHARE_RANGE).
[[nodiscard]] IomapPath unshare();

/// The worker that gives back reservations in the COW fork.
[[nodiscard]] IomapPath cow_gc();

} // namespace stalemate::kernel::iomap
