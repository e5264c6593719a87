#pragma once

#include "checker/ir/model.hpp"
#include "model/scenario/scenario.hpp"

namespace stalemate::kernel {

/// Refuses names that a scenario gives to its processes and that are names of something else in the
/// model: an expression, or whoever reads one, could not tell which is meant. Throws ScenarioError.
void check_process_names(const Scenario& scenario, const ir::Model& model);

} // namespace stalemate::kernel
