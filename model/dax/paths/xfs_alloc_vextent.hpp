#pragma once

#include "model/dax/paths.hpp"

namespace stalemate::kernel::dax {

/// Another file that takes whatever is free.
[[nodiscard]] DaxPath other_file();

} // namespace stalemate::kernel::dax
