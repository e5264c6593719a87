#include "cli/check_row.hpp"

#include "cli/caption.hpp"

#include <fmt/format.h>

namespace stalemate::cli {

namespace {

report::Outcome expected(const kernel::Expectation& expect) {
  using Outcome = kernel::Expectation::Outcome;
  switch (expect.outcome) {
  case Outcome::holds:
    return {Verdict::holds, ""};
  case Outcome::violated:
    return {Verdict::violated, expect.property};
  case Outcome::latent:
    return {Verdict::latent, expect.property};
  case Outcome::deadlock:
    return {Verdict::deadlock, ""};
  case Outcome::livelock:
    return {Verdict::livelock, expect.property};
  case Outcome::starvation:
    return {Verdict::starvation, expect.property};
  case Outcome::unreachable:
    return {Verdict::unreachable, expect.property};
  case Outcome::stuck:
    break;
  }
  return {Verdict::stuck, expect.property};
}

report::Outcome found(const ir::Model& model, const Result& result) {
  const std::string property =
      names_property(result.verdict)
          ? model.properties[static_cast<std::size_t>(result.property)].name
          : "";
  return {result.verdict, property, result.omission};
}

} // namespace

report::CheckRow check_row(const Candidate& candidate, const Finding& finding, bool is_timed) {
  report::CheckRow row;
  row.scenario = candidate.scenario.id;
  row.variant = candidate.scenario.variant;
  row.title = candidate.scenario.title;
  row.notes = candidate.scenario.notes;
  row.file = candidate.file->name();
  row.line = candidate.file->line_of(candidate.scenario);
  row.is_question = finding.is_question;
  row.expected = expected(candidate.scenario.expect);
  row.found = found(candidate.model, finding.result);
  row.ok = finding.status() == as_expected;
  row.edits = candidate.model.edits;
  row.reasons = finding.surprises;
  if (!finding.result.reason.empty()) row.reasons = {finding.result.reason};
  if (!finding.mistake.empty()) row.reasons = {finding.mistake};
  row.reasons.insert(row.reasons.end(), finding.hints.begin(), finding.hints.end());
  if (finding.is_question) {
    row.remarks = remarks(candidate, finding);
    for (const int one : finding.result.unreached)
      if (one != finding.result.property)
        row.remarks.push_back(
            fmt::format("{} is never reached either",
                        candidate.model.properties[static_cast<std::size_t>(one)].name));
  }
  row.counts = finding.result.counts;
  if (!finding.within.empty()) {
    row.executions = finding.executions;
    if (row.found.verdict == Verdict::holds) row.found.within = finding.within;
  }
  if (finding.trace && !finding.warning) row.trace_length = finding.trace->steps.size();
  if (is_timed) row.time_ms = static_cast<std::uint64_t>(finding.time.count());
  return row;
}

} // namespace stalemate::cli
