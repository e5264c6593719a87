#pragma once

#include "model/scenario/property_entry.hpp"
#include "model/stable_pages/objects/world.hpp"

#include <vector>

namespace stalemate::kernel::stable_pages {

using AnonProperty = PropertyOf<World>;

/// Every property, in the order in which they are listed and, unless the scenario says otherwise,
/// blamed when several break at once.
[[nodiscard]] const std::vector<AnonProperty>& properties();

} // namespace stalemate::kernel::stable_pages
