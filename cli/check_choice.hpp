// Which of the scenarios that `check` is given it runs.
#pragma once

#include "cli/load.hpp"
#include "reports/check_json.hpp"

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

/// The chosen ones of all parts, in their order; in `bad` only what is wrong with those is left.
/// Throws UsageError where filters leave nothing where there was something.
[[nodiscard]] std::vector<Candidate>
chosen(std::vector<Candidate> candidates, const ChoiceOptions& options, std::vector<BadFile>& bad);

/// Reads what --report json=FILE wrote. Throws kernel::InputError.
[[nodiscard]] report::CheckReport read_check_report(const std::string& path);

} // namespace stalemate::cli
