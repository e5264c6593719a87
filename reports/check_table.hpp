// The result of `check`: one row per scenario and variant, as a table for people and as JSON.
#pragma once

#include "checker/result/verdict.hpp"

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace stalemate::report {

/// A verdict with what it is about.
struct Outcome {
  Verdict verdict = Verdict::holds;
  std::string property; ///< What broke; of holds, how far: "within 3 preemptive switches".

  double omission = 0; ///< See Result::omission.

  /// "holds", "violated no_lost_write", "holds (probabilistic)"
  [[nodiscard]] std::string text() const;
};

/// One variant of a scenario, run and judged.
struct CheckRow {
  std::string scenario; ///< R1
  std::string variant;  ///< Empty if the file has none.
  Outcome expected;
  Outcome found;
  bool ok = false;
  /// If not ok: "expected violated no_lost_write, found holds", "expected 13 states, found 12".
  std::vector<std::string> reasons;
  Counts counts;
  std::optional<std::uint64_t> executions;   ///< Of an engine that does not count states.
  std::optional<std::uint64_t> trace_length; ///< If there is a trace.
  std::optional<std::uint64_t> time_ms;      ///< Only where times were asked for.
};

/// Aligned columns, below a row what is wrong with it, then one line that sums up.
void write_check_text(const std::vector<CheckRow>& rows, bool colour, std::ostream& out);

/// {"results": [{"scenario", "variant", "expected", "verdict", "ok", "states", "transitions",
/// "depth", "trace_length"}], "summary": {"run", "ok", "failed", "incomplete"}}. What does not
/// exist is null. A row that is not ok also has "reasons", a timed one "time_ms", and one that says
/// "holds (probabilistic)" an "omission_probability".
void write_check_json(const std::vector<CheckRow>& rows, std::ostream& out);

} // namespace stalemate::report
