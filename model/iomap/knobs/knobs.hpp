#pragma once

#include "model/iomap/knobs/kernel.hpp"
#include "model/scenario/knob.hpp"

#include <vector>

namespace stalemate::kernel::iomap {

/// Every knob, in the order in which they are listed. To add one: a member in Kernel, a line here.
[[nodiscard]] const std::vector<KnobOf<Kernel>>& knobs();

} // namespace stalemate::kernel::iomap
