// Which of the scenarios that `check` is given it runs.
#pragma once

#include "cli/load.hpp"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace stalemate::cli {

struct ChoiceOptions {
  std::vector<std::string> filters; ///< Patterns for names, R1#none*; empty: all.
  std::string shard;                ///< "2/5"; empty: all.
  std::string failed;               ///< A report: only what is not ok in it; empty: all.
};

void add_choice_options(CLI::App& command, ChoiceOptions& options);

/// Throws UsageError where an option means nothing, before any file is looked for.
void check_choice(const ChoiceOptions& options);

/// The chosen ones, in their order. Throws UsageError where options leave nothing
/// where there was something; an empty share of a few is none.
[[nodiscard]] std::vector<Candidate> chosen(std::vector<Candidate> candidates,
                                            const ChoiceOptions& options);

} // namespace stalemate::cli
