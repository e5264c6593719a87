#pragma once

#include "checker/ir/model.hpp"
#include "model/scenario/scenario.hpp"

namespace stalemate::kernel {

/// Builds the model of a scenario. Throws ScenarioError for what the model cannot express or what
/// cannot exist, and ir::InvalidModel if the paths themselves are wrong.
[[nodiscard]] ir::Model build_model(const Scenario& scenario);

/// The smallest layout, and everything that can run on it: paths that others start are there, too.
[[nodiscard]] Scenario small_scenario(const Subsystem& subsystem);

} // namespace stalemate::kernel
