#pragma once

#include "checker/ir/model.hpp"
#include "model/scenario/overrides.hpp"
#include "model/scenario/scenario.hpp"

#include <cstdint>
#include <optional>

namespace stalemate::kernel {

/// Builds the model of a scenario. Throws ScenarioError for what the model cannot express or what
/// cannot exist, and ir::InvalidModel if the paths themselves are wrong.
[[nodiscard]] ir::Model build_model(const Scenario& scenario);

/// ir::identity of its model; nothing where no model can be made of it.
[[nodiscard]] std::optional<std::uint64_t> identity_of(const Scenario& scenario);

/// The same scenario without the edits of its paths and of the model's, and without its own claims,
/// which may be about steps that only edits make. Own state and paths stay.
[[nodiscard]] Scenario without_edits(Scenario scenario);

/// The same without its own claims only.
[[nodiscard]] Scenario without_own_claims(Scenario scenario);

/// The smallest layout, and everything that can run on it: paths that others start are there, too.
/// Throws ScenarioError for a knob of another subsystem, InputError for what only a file can take.
[[nodiscard]] Scenario small_scenario(const Subsystem& subsystem, const Overrides& overrides = {});

} // namespace stalemate::kernel
