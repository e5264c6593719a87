#pragma once

#include "cli/finding.hpp"
#include "cli/scenario_options.hpp"

#include <string>

namespace stalemate::cli {

/// The finding's trace as JSON, for `replay` and `reproduce`.
[[nodiscard]] std::string
trace_json(const Candidate& candidate, const ScenarioOptions& options, const Finding& finding);

} // namespace stalemate::cli
