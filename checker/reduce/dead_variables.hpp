#pragma once

#include "checker/ir/evaluate.hpp"
#include "checker/ir/model.hpp"

#include <set>

namespace stalemate {

/// The model with every cell that only one process uses set back to its initial value when that
/// process comes to where nothing reads it any more before it is written again. Such values tell
/// states apart that behave alike. Processes, steps and alternatives are those of the original, so
/// a schedule of one is a schedule of the other, and one is as short as the other. The variables
/// `kept` stay as they are.
[[nodiscard]] ir::Model without_dead_values(ir::Model model,
                                            const std::set<ir::VariableId>& kept = {});

/// The cells whose initial values nobody reads.
[[nodiscard]] std::set<ir::Cell> dead_at_start(const ir::Model& model);

} // namespace stalemate
