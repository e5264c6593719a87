#pragma once

#include "model/dax/objects/world.hpp"
#include "model/scenario/property_entry.hpp"

#include <vector>

namespace stalemate::kernel::dax {

using DaxProperty = PropertyOf<World>;

/// Every property, in the order in which they are listed and, unless the scenario says otherwise,
/// blamed when several break at once.
[[nodiscard]] const std::vector<DaxProperty>& properties();

} // namespace stalemate::kernel::dax
