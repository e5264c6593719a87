#include "cli/finding.hpp"

#include "checker/program/ensure.hpp"
#include "checker/program/program.hpp"
#include "checker/search/explore.hpp"
#include "cli/judge.hpp"
#include "cli/progress.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace stalemate::cli {

namespace {

Program compiled(const Candidate& candidate) {
  try {
    return compile(candidate.model);
  } catch (const ir::InvalidModel& error) {
    throw kernel::InputError(
        fmt::format("{}: {}: {}", candidate.file->name(), candidate.name(), error.what()));
  }
}

// The search and the definition of the semantics must agree on every counterexample.
Trace explained(const Candidate& candidate, const Result& result) {
  try {
    return replay(candidate.model, result);
  } catch (const ReplayError& error) {
    throw InternalError(
        fmt::format("{}: the counterexample does not replay: {}", candidate.name(), error.what()));
  }
}

bool has_counterexample(const Result& result) {
  return result.verdict != Verdict::holds && result.verdict != Verdict::incomplete;
}

} // namespace

Finding find(const Candidate& candidate, const Limits& limits) {
  const Program program = compiled(candidate);
  const auto start = std::chrono::steady_clock::now();
  Finding finding;
  {
    ProgressLine line(candidate.name());
    finding.result = explore(program, limits, line);
  }
  finding.time = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start);
  if (has_counterexample(finding.result)) finding.trace = explained(candidate, finding.result);
  finding.surprises = surprises(candidate.scenario, candidate.model, finding.result, finding.trace);
  finding.hints = hints(candidate.scenario, candidate.model, finding.result);
  return finding;
}

Status Finding::status() const {
  if (result.verdict == Verdict::model_error) return broken;
  if (result.verdict == Verdict::incomplete) return not_complete;
  return surprises.empty() ? as_expected : not_as_expected;
}

Status gravest(Status a, Status b) {
  constexpr std::array order{as_expected, not_complete, not_as_expected, bad_input, broken};
  return std::ranges::find(order, a) < std::ranges::find(order, b) ? b : a;
}

} // namespace stalemate::cli
