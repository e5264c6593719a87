#pragma once

#include "model/scenario/subsystem.hpp"

namespace stalemate::kernel::stable_pages {

/// Anonymous pages that are stored to while they are written to swap.
[[nodiscard]] Subsystem subsystem();

} // namespace stalemate::kernel::stable_pages
