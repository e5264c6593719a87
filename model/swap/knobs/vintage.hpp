#pragma once

#include "model/swap/knobs/kernel.hpp"

namespace stalemate::kernel::swap {

/// The kernel as it was, or was proposed, before a scenario changes single knobs; `release` is that
/// of the version that the scenario is about.
[[nodiscard]] Kernel kernel_of(Vintage vintage, const Kernel& release);

} // namespace stalemate::kernel::swap
