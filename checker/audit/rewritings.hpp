#pragma once

#include "checker/audit/effort.hpp"
#include "checker/ir/model.hpp"

#include <string>
#include <vector>

namespace stalemate {

/// Walks through a model and a rewriting of it side by side, breadth first, and reports every state
/// in which one can do, claims or breaks what the other does not. Empty if all is well. That an
/// endless counter leaves its range is no difference.
[[nodiscard]] std::vector<std::string>
audit_rewriting(const ir::Model& original, const ir::Model& rewritten, Effort& effort);

/// The same for every rewriting that a reduction makes.
[[nodiscard]] std::vector<std::string> audit_rewritings(const ir::Model& model, Effort& effort);

} // namespace stalemate
