#pragma once

#include "model/scenario/property_entry.hpp"
#include "model/swap/objects/world.hpp"

#include <vector>

namespace stalemate::kernel::swap {

/// A property, and whether the steps that check it are in the model at all.
struct SwapProperty : PropertyOf<World> {
  std::function<bool(const World&)> is_checked;
};

/// Every property, in the order in which they are listed and, unless the scenario says otherwise,
/// blamed when several break at once.
[[nodiscard]] const std::vector<SwapProperty>& properties();

} // namespace stalemate::kernel::swap
