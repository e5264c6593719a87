#pragma once

#include "model/scenario/json_text.hpp"
#include "model/scenario/scenario.hpp"

#include <map>
#include <string>

namespace stalemate::kernel {

/// The scenario that a checked and merged document describes. Throws ScenarioError for names given
/// twice and expectations that cannot come true.
[[nodiscard]] Scenario to_scenario(const Json& document, const std::string& variant);

/// The section "kernel" of a checked document. Throws ScenarioError for a knob of another
/// subsystem.
[[nodiscard]] std::map<std::string, int> knob_values(const Json& values,
                                                     const Subsystem& subsystem);

} // namespace stalemate::kernel
