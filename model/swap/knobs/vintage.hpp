#pragma once

#include "model/swap/knobs/kernel.hpp"

namespace stalemate::kernel::swap {

/// The kernel as it was, or was proposed, before a scenario changes single knobs.
[[nodiscard]] Kernel kernel_of(Vintage vintage);

} // namespace stalemate::kernel::swap
