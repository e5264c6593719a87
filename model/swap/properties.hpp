#pragma once

#include "model/scenario/property_entry.hpp"
#include "model/swap/objects/world.hpp"

#include <vector>

namespace stalemate::kernel::swap {

/// Every property, in the order in which they are listed and, unless the scenario says otherwise,
/// blamed when several break at once.
[[nodiscard]] const std::vector<PropertyOf<World>>& properties();

} // namespace stalemate::kernel::swap
