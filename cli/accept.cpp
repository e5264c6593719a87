#include "cli/accept.hpp"

#include "cli/caption.hpp"
#include "cli/judge.hpp"
#include "cli/output.hpp"
#include "model/scenario/accept.hpp"
#include "model/scenario/json_text.hpp"
#include "reports/verdict_text.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <iostream>
#include <map>
#include <string>

namespace stalemate::cli {

namespace {

using kernel::Expectation;

Expectation::Outcome outcome_of(Verdict verdict) {
  using Outcome = Expectation::Outcome;
  switch (verdict) {
  case Verdict::violated:
    return Outcome::violated;
  case Verdict::latent:
    return Outcome::latent;
  case Verdict::deadlock:
    return Outcome::deadlock;
  case Verdict::livelock:
    return Outcome::livelock;
  case Verdict::starvation:
    return Outcome::starvation;
  case Verdict::stuck:
    return Outcome::stuck;
  case Verdict::unreachable:
    return Outcome::unreachable;
  default:
    return Outcome::holds;
  }
}

void set_counts(const Finding& finding, Expectation& expect) {
  if (finding.executions > 0) {
    expect.executions = finding.executions;
    return;
  }
  const Result& result = finding.shown();
  expect.states = result.counts.states;
  expect.transitions = result.counts.transitions;
  if (expect.outcome == Expectation::Outcome::holds) expect.depth = result.counts.depth;
}

// True if nothing can be expected of it.
bool is_refused(const Found& found) {
  const Result& result = found.finding.result;
  const bool is_verdict =
      result.verdict != Verdict::incomplete && result.verdict != Verdict::model_error;
  const bool is_one = result.unreached.size() <= 1;
  if (is_verdict && is_one) return false;
  std::cerr << fmt::format("stalemate: {}: not accepted: {}{}\n",
                           found.candidate->name(),
                           report::outcome_text(found.candidate->model, result),
                           is_one ? "" : "; a variant can expect that of one");
  return true;
}

// Files in the order in which they were run, by name.
using Accepted = std::map<std::string, std::map<std::string, Expectation>>;

} // namespace

Expectation expectation_of(const Candidate& candidate, const Finding& finding) {
  const Result& result = finding.shown();
  const ir::Model& model = candidate.model;
  Expectation expect;
  expect.stated = true;
  expect.outcome = outcome_of(result.verdict);
  if (names_property(result.verdict))
    expect.property = model.properties[static_cast<std::size_t>(result.property)].name;
  if (expect.outcome == Expectation::Outcome::deadlock)
    expect.cycle = deadlocked(model, *finding.trace);
  if (result.process >= 0) expect.process = report::process_of(model, result.process).name;
  if (has_counterexample(result.verdict) && finding.executions == 0)
    expect.length = result.schedule.size();
  if (!result.loop.empty()) expect.loop = result.loop.size();
  set_counts(finding, expect);
  expect.never_taken = report::ways_never_taken(model, result);

  kernel::Scenario scenario = candidate.scenario;
  scenario.expect = expect;
  scenario.expect.through = candidate.scenario.expect.through;
  const bool is_passed =
      finding.trace &&
      surprises(scenario, model, result, finding.trace, finding.executions).empty();
  if (is_passed) expect.through = candidate.scenario.expect.through;
  return expect;
}

Status accept(const std::vector<Found>& all) {
  Accepted accepted;
  Status status = as_expected;
  std::size_t known = 0;
  for (const Found& found : all) {
    if (is_refused(found)) {
      status = gravest(status, found.finding.status());
      continue;
    }
    if (!found.finding.is_question && found.finding.surprises.empty()) {
      ++known;
      continue;
    }
    const Candidate& candidate = *found.candidate;
    accepted[candidate.file->name()][candidate.scenario.variant] =
        expectation_of(candidate, found.finding);
  }
  std::size_t written = 0;
  for (const auto& [file, expectations] : accepted) {
    const std::string text = kernel::read_text(file, kernel::json_bytes_max);
    write_output(file, kernel::with_expectations(text, expectations));
    written += expectations.size();
  }
  for (const Found& found : all) {
    const auto file = accepted.find(found.candidate->file->name());
    if (file != accepted.end() && file->second.contains(found.candidate->scenario.variant))
      std::cout << fmt::format("{}: accepted: {}\n",
                               argument_of(*found.candidate),
                               report::outcome_text(found.candidate->model, found.finding.shown()));
  }
  std::cout << fmt::format("{} accepted, {} as expected before, {} refused\n",
                           written,
                           known,
                           all.size() - written - known);
  return status;
}

} // namespace stalemate::cli
