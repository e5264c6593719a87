#pragma once

#include "checker/ir/model.hpp"
#include "model/scenario/scenario.hpp"

namespace stalemate::kernel::own {

/// Adds to a recorded model what the scenario brings along: variables, the steps of its own paths,
/// edits, claims. In this order, each seeing the earlier ones. Throws ScenarioError.
void bring(const Scenario& scenario, ir::Model& model);

} // namespace stalemate::kernel::own
