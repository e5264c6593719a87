#pragma once

#include "model/scenario/overrides.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace stalemate::cli {

/// The options with which the command line varies the scenarios that it names.
struct ScenarioOptions {
  std::vector<std::string> set; ///< Knobs: iomap_valid=none.
};

/// Options of every command that takes a scenario.
void add_scenario_options(CLI::App& command, ScenarioOptions& options);

/// Throws kernel::InputError for what no scenario can mean.
[[nodiscard]] kernel::Overrides overrides_of(const ScenarioOptions& options);

} // namespace stalemate::cli
