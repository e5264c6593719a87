#pragma once

#include "model/scenario/knob.hpp"
#include "model/swap/knobs/kernel.hpp"

#include <vector>

namespace stalemate::kernel::swap {

/// Every knob, in the order in which they are listed; `vintage` first, since it sets others.
[[nodiscard]] const std::vector<KnobOf<Kernel>>& knobs();

} // namespace stalemate::kernel::swap
