#pragma once

#include "checker/audit/effort.hpp"
#include "checker/ir/model.hpp"

#include <string>
#include <vector>

namespace stalemate {

/// Finds the states in which a process is said to be enough alone, and reports every enabled
/// alternative of another one that depends on what it can do there, or that changes what it can.
/// Empty if all is well.
[[nodiscard]] std::vector<std::string> audit_ample_sets(const ir::Model& model, Effort& effort);

} // namespace stalemate
