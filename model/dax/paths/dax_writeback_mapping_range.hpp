#pragma once

#include "model/dax/paths.hpp"

namespace stalemate::kernel::dax {

/// fsync(2): flushes what the CPU caches of the file.
[[nodiscard]] DaxPath fsync();

} // namespace stalemate::kernel::dax
