#pragma once

#include "cli/load.hpp"
#include "cli/scenario_options.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace stalemate::cli {

/// Options of those that can look for a state.
void add_reach_option(CLI::App& command, ScenarioOptions& options);

/// What an expression means as a question about states; `end` is where everyone has ended or rests.
/// Throws kernel::InputError, which starts with `place`: "--reach".
[[nodiscard]] ir::ExpressionPtr
goal_of(const ir::Model& model, const std::string& expression, const std::string& place);

/// If the options look for a state: the same scenario with the question whether some run comes
/// there instead of its claims. Throws kernel::InputError with the place in the expression, and
/// UsageError for what cannot be asked.
[[nodiscard]] Candidate asked(Candidate candidate, const ScenarioOptions& options);

} // namespace stalemate::cli
