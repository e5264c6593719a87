#pragma once

#include "model/dax/paths.hpp"

namespace stalemate::kernel::dax {

/// fallocate(2) that punches a hole.
[[nodiscard]] DaxPath punch();

/// truncate(2) to a smaller size.
[[nodiscard]] DaxPath truncate();

} // namespace stalemate::kernel::dax
