#include "cli/switches.hpp"

#include "checker/inquiry/switches.hpp"

#include <fmt/format.h>

#include <iostream>
#include <optional>

namespace stalemate::cli {

namespace {

constexpr std::size_t states_max = 200'000;

} // namespace

void add_switches_option(CLI::App& command, bool& is_wanted) {
  command.add_flag(
      "--fewest-switches",
      is_wanted,
      "Of the shortest counterexamples one in which whoever runs goes on as long as it "
      "can");
}

void take_fewest_switches(const Candidate& candidate, Finding& finding) {
  if (!finding.trace || finding.executions > 0) return;
  Result& result = finding.warning ? *finding.warning : finding.result;
  const ir::Model model = model_of(candidate, result.verdict);
  std::optional<Schedule> found = fewest_switches(model, result, states_max);
  if (!found) {
    std::cerr << fmt::format("stalemate: {}: the trace is as the search found it: no shortest one "
                             "with fewer switches within {} states\n",
                             candidate.name(),
                             states_max);
    return;
  }
  result.schedule = std::move(*found);
  finding.trace = replay(model, result);
}

} // namespace stalemate::cli
