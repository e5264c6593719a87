#pragma once

#include "checker/audit/effort.hpp"
#include "checker/ir/model.hpp"

#include <string>
#include <vector>

namespace stalemate {

/// Fires every two enabled alternatives of different processes that are independent by their
/// resolved footprints in both orders, and reports those that get in each other's way or do not
/// lead to the same state. Empty if all is well. Reductions rest on this.
[[nodiscard]] std::vector<std::string> audit_commutation(const ir::Model& model, Effort& effort);

} // namespace stalemate
