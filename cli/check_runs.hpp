// The searches of `check`: several at once, in an order that nobody can tell from the outcome.
#pragma once

#include "cli/finding.hpp"
#include "reports/check_row.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace stalemate::cli {

struct RunsOptions {
  Limits limits; ///< Of one search.
  Reductions reductions;
  std::uint64_t audit = 0; ///< States; 0: no audit.
  int jobs = 1;            ///< Searches at once.
  bool fail_fast = false;  ///< Nothing behind the first that is not as expected is run.
  bool is_timed = false;
  std::optional<std::chrono::milliseconds> time_max; ///< Of all searches together.
  /// What the row is to have of a finding besides.
  std::function<void(const Candidate&, const Finding&, report::CheckRow&)> add;
  bool keeps_findings = false;
};

/// What came of one candidate.
struct RunOf {
  report::CheckRow row;
  std::optional<Finding> finding; ///< If they are kept, and it was run.
  Status status = as_expected;
};

/// Runs them all, or says why one was not run: interrupted, no time left, something before it
/// failed. `seen` is told now and then, from the calling thread, how far it is. What a search
/// throws is thrown; of several the first.
[[nodiscard]] std::vector<RunOf>
run_all(const std::vector<Candidate>& candidates,
        const RunsOptions& options,
        const std::function<void(const std::vector<RunOf>&)>& seen);

} // namespace stalemate::cli
