#pragma once

#include "model/dax/knobs/kernel.hpp"
#include "model/scenario/knob.hpp"

#include <vector>

namespace stalemate::kernel::dax {

/// Every knob, in the order in which they are listed. To add one: a member in Kernel, a line here.
[[nodiscard]] const std::vector<KnobOf<Kernel>>& knobs();

} // namespace stalemate::kernel::dax
