#pragma once

#include "model/scenario/overrides.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace stalemate::cli {

/// The options with which the command line varies the scenarios that it names.
struct ScenarioOptions {
  std::vector<std::string> set = {};    ///< Knobs: iomap_valid=none.
  std::vector<std::string> patch = {};  ///< Files with edits, and what else they may bring along.
  std::vector<std::string> claims = {}; ///< The only ones that are checked; empty: as it says.
  std::string reach = {};               ///< An expression to look for instead of claims; or empty.
};

/// Options of every command that takes a scenario.
void add_scenario_options(CLI::App& command, ScenarioOptions& options);

/// The one variant that a command is about, a required argument.
void add_variant_argument(CLI::App& command, std::string& file);

/// Options of those that check claims.
void add_claim_option(CLI::App& command, ScenarioOptions& options);

/// `scenarios` is what they are for, as it was typed. Throws kernel::InputError for what no
/// scenario can mean, and UsageError if standard input would have to be several files.
[[nodiscard]] kernel::Overrides overrides_of(const ScenarioOptions& options,
                                             const std::vector<std::string>& scenarios);

} // namespace stalemate::cli
