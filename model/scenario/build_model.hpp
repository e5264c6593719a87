#pragma once

#include "checker/ir/model.hpp"
#include "model/scenario/overrides.hpp"
#include "model/scenario/scenario.hpp"

namespace stalemate::kernel {

/// Builds the model of a scenario. Throws ScenarioError for what the model cannot express or what
/// cannot exist, and ir::InvalidModel if the paths themselves are wrong.
[[nodiscard]] ir::Model build_model(const Scenario& scenario);

/// The smallest layout, and everything that can run on it: paths that others start are there, too.
/// Throws ScenarioError for a knob of another subsystem, InputError for what only a file can take.
[[nodiscard]] Scenario small_scenario(const Subsystem& subsystem, const Overrides& overrides = {});

} // namespace stalemate::kernel
