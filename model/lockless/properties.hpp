#pragma once

#include "model/scenario/property_entry.hpp"

#include <vector>

namespace stalemate::kernel::lockless {

/// Every claim that a protocol makes; those that other subsystems make, too, in the same words.
[[nodiscard]] const std::vector<PropertyEntry>& properties();

} // namespace stalemate::kernel::lockless
