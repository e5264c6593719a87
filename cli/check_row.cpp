#include "cli/check_row.hpp"

#include "cli/caption.hpp"
#include "reports/causality.hpp"
#include "reports/page.hpp"
#include "reports/race.hpp"
#include "reports/slice.hpp"
#include "reports/story.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <vector>

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

report::CheckRow row_not_run(const Candidate& candidate, const std::string& why) {
  report::CheckRow row;
  row.scenario = candidate.scenario.id;
  row.variant = candidate.scenario.variant;
  row.title = candidate.scenario.title;
  row.notes = candidate.scenario.notes;
  row.file = candidate.file->name();
  row.line = candidate.file->line_of(candidate.scenario);
  row.is_question = !candidate.scenario.expect.stated;
  row.expected = expected(candidate.scenario.expect);
  row.not_run = why;
  return row;
}

report::CheckRow row_of(const BadFile& bad) {
  report::CheckRow row;
  row.scenario = bad.id;
  row.variant = bad.variant;
  row.file = bad.file;
  row.line = bad.line;
  row.mistake = bad.what;
  return row;
}

void add_story(const Candidate& candidate, const Finding& finding, report::CheckRow& row) {
  if (row.ok || row.judgement() == report::Judgement::incomplete) return;
  row.command = command_of(candidate);
  if (!finding.trace) return;
  const ir::Model& model = candidate.model;
  const Trace& trace = *finding.trace;
  const report::Causality why = report::causality(model, trace);
  const report::Story story = report::tell(model, trace, why);
  for (const report::RaceLine& line : report::race(model, trace, why, story))
    row.story.push_back(line.step < 0 ? line.text
                                      : fmt::format("step {}, {}", line.step + 1, line.text));
  const std::vector<bool> matters = report::steps_that_matter(trace, why, story);
  for (std::size_t i = 0; i < story.scenes.size(); ++i) {
    const report::Scene& scene = story.scenes[i];
    row.steps.push_back(
        {report::process_of(model, scene.process).name, scene.function, scene.phrase, matters[i]});
  }
}

void add_trace_page(const Candidate& candidate, const Finding& finding, report::CheckRow& row) {
  if (finding.trace)
    row.trace =
        report::page_trace(candidate.model, *finding.trace, title(candidate, finding.shown()));
}

report::CheckRow check_row(const Candidate& candidate, const Finding& finding, bool is_timed) {
  report::CheckRow row = row_not_run(candidate, "");
  row.is_question = finding.is_question;
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
