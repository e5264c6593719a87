#pragma once

#include "cli/finding.hpp"

#include <CLI/CLI.hpp>

namespace stalemate::cli {

/// --fewest-switches
void add_switches_option(CLI::App& command, bool& is_wanted);

/// Replaces a shortest counterexample by one of those that change least between processes, and says
/// on stderr why it did not, if that is too much to find out.
void take_fewest_switches(const Candidate& candidate, Finding& finding);

} // namespace stalemate::cli
