#pragma once

#include "checker/audit/effort.hpp"
#include "checker/ir/model.hpp"

#include <string>
#include <vector>

namespace stalemate {

/// Tries the symmetries of the model in reachable states: where a process can do something, the one
/// in its place can do it under the other names, with the same outcome under these. Reports what
/// has no such image. Empty if all is well.
[[nodiscard]] std::vector<std::string> audit_symmetry(const ir::Model& model, Effort& effort);

} // namespace stalemate
