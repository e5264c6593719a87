#pragma once

#include "model/scenario/knob.hpp"
#include "model/stable_pages/knobs/kernel.hpp"

#include <vector>

namespace stalemate::kernel::stable_pages {

/// Every knob, in the order in which they are listed. To add one: a member in Kernel, a line here.
[[nodiscard]] const std::vector<KnobOf<Kernel>>& knobs();

} // namespace stalemate::kernel::stable_pages
