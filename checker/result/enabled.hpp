#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/schedule.hpp"

#include <vector>

namespace stalemate {

/// What can happen in a state, in the order of processes and alternatives, by the definition of the
/// semantics.
[[nodiscard]] std::vector<Decision> enabled(const ir::Model& model, const ir::Valuation& state);

} // namespace stalemate
