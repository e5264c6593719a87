#pragma once

#include "model/scenario/knob.hpp"
#include "model/swap/knobs/kernel.hpp"

namespace stalemate::kernel::swap {

/// The kernel as it was, or was proposed, before a scenario changes single knobs; `release` is that
/// of the version that the scenario is about.
[[nodiscard]] Kernel kernel_of(Vintage vintage, const Kernel& release);

/// The knob that sets the others; it comes first.
[[nodiscard]] KnobOf<Kernel> vintage_knob();

} // namespace stalemate::kernel::swap
