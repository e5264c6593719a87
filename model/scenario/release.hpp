#pragma once

#include "checker/ir/model.hpp"
#include "model/scenario/scenario.hpp"

#include <optional>

namespace stalemate::kernel {

/// What the scenario asks of every release: the same without the knobs that a version decides, and
/// without an expectation. Nothing if it is about no release: it edits paths, brings some along, or
/// sets a knob to what no release has. A knob that changes nothing in its model is as good as not
/// set. `model` is the scenario's.
[[nodiscard]] std::optional<Scenario> about_releases(const Scenario& scenario,
                                                     const ir::Model& model);

/// That question, asked of one.
[[nodiscard]] Scenario in_release(Scenario scenario, Version version);

/// The scenario in this release: without edits, own claims and what no release has.
[[nodiscard]] Scenario as_released(const Scenario& scenario, Version version);

} // namespace stalemate::kernel
