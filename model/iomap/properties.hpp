#pragma once

#include "model/iomap/objects/world.hpp"
#include "model/scenario/property_entry.hpp"

#include <vector>

namespace stalemate::kernel::iomap {

using IomapProperty = PropertyOf<World>;

/// Every property, in the order in which they are listed and, unless the scenario says otherwise,
/// blamed when several break at once.
[[nodiscard]] const std::vector<IomapProperty>& properties();

} // namespace stalemate::kernel::iomap
