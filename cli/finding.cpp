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

Program compiled(const Candidate& candidate, const ir::Model& model) {
  try {
    return compile(model);
  } catch (const ir::InvalidModel& error) {
    throw kernel::InputError(
        fmt::format("{}: {}: {}", candidate.file->name(), candidate.name(), error.what()));
  }
}

// The search and the definition of the semantics must agree on every counterexample.
Trace explained(const Candidate& candidate, const Result& result) {
  try {
    return replay(model_of(candidate, result.verdict), result);
  } catch (const ReplayError& error) {
    throw InternalError(
        fmt::format("{}: the counterexample does not replay: {}", candidate.name(), error.what()));
  }
}

/// A warning counts only if nothing else breaks: it is looked for when all else is known to hold.
Result search(const Candidate& candidate, const Limits& limits, Observer& observer) {
  Result result =
      explore(compiled(candidate, model_of(candidate, Verdict::holds)), limits, observer);
  if (result.verdict != Verdict::holds || !ir::has_warnings(candidate.model)) return result;
  Result warned = explore(compiled(candidate, candidate.model), limits, observer);
  if (warned.verdict == Verdict::holds) return result;
  if (warned.verdict != Verdict::violated) return warned;
  result.verdict = Verdict::latent;
  result.property = warned.property;
  result.schedule = std::move(warned.schedule);
  return result;
}

bool has_counterexample(const Result& result) {
  return result.verdict != Verdict::holds && result.verdict != Verdict::incomplete;
}

} // namespace

ir::Model model_of(const Candidate& candidate, Verdict verdict) {
  return verdict == Verdict::latent ? candidate.model : ir::without_warnings(candidate.model);
}

Finding find(const Candidate& candidate, const Limits& limits) {
  const auto start = std::chrono::steady_clock::now();
  Finding finding;
  {
    ProgressLine line(candidate.name());
    finding.result = search(candidate, limits, line);
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
