#pragma once

#include "model/scenario/subsystem.hpp"

namespace stalemate::kernel::swap {

/// Anonymous memory, reclaim and the swap area, with what the filesystem below it needs.
[[nodiscard]] Subsystem subsystem();

} // namespace stalemate::kernel::swap
