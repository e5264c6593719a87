#include "reproduce/conform/judge.hpp"

#include "checker/language/parse.hpp"
#include "reproduce/refusal.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace stalemate::reproduce {

namespace {

constexpr std::size_t steps_shown = 6;

std::string way_text(const ir::Model& model, const observe::Way& way) {
  const ir::Process& process = model.processes[static_cast<std::size_t>(way.process)];
  const ir::Step& step = process.steps[static_cast<std::size_t>(way.step)];
  const std::string& note = step.alternatives[static_cast<std::size_t>(way.alternative)].note;
  return fmt::format(
      "{}: {}{}", process.name, ir::step_name(model, step), note.empty() ? "" : " / " + note);
}

/// The last steps of the nearest run, and what could follow it.
std::vector<std::string> details_of(const observe::Fit& fit, const ir::Model& model) {
  std::vector<std::string> lines;
  const auto& steps = fit.trace.steps;
  const std::size_t first = steps.size() > steps_shown ? steps.size() - steps_shown : 0;
  lines.push_back(
      fmt::format("a nearest run, its last {} of {} steps:", steps.size() - first, steps.size()));
  for (std::size_t i = first; i < steps.size(); ++i) {
    const observe::Way way{steps[i].process, steps[i].step, steps[i].alternative};
    lines.push_back("  " + way_text(fit.model, way));
  }
  lines.push_back("the model could go on there with:");
  for (const observe::Way& way : observe::possible_instead(fit, model))
    lines.push_back("  " + way_text(model, way));
  return lines;
}

ir::ExpressionPtr ending_of(const Log& log, const Subject& subject) {
  const std::string text = ending_text(log, subject.model, subject.programs, subject.geometry);
  return language::parse_condition({subject.model, ir::none, true}, text);
}

} // namespace

Judgement
judge(const Log& log, const Observed& seen, const Subject& subject, const Limits& limits) {
  Judgement judgement;
  judgement.events = seen.observation.events.size();
  if (!seen.missing.empty()) {
    judgement.answer = Judgement::Answer::incomplete_log;
    judgement.reason = seen.missing;
    return judgement;
  }
  const observe::Fit fit =
      observe::fit(subject.model, seen.observation, ending_of(log, subject), limits);
  judgement.possible = fit.possible;
  judgement.states = fit.states;
  judgement.reason = fit.reason;
  switch (fit.answer) {
  case observe::Fit::Answer::incomplete:
    return judgement;
  case observe::Fit::Answer::run:
    judgement.answer = Judgement::Answer::run;
    return judgement;
  case observe::Fit::Answer::no_run:
    break;
  }
  judgement.answer = Judgement::Answer::no_run;
  judgement.details = details_of(fit, subject.model);
  if (fit.possible == judgement.events) {
    judgement.key = "the file ends as no run with these calls leaves it";
    judgement.reason =
        fmt::format("{}: {}",
                    judgement.key,
                    ending_text(log, subject.model, subject.programs, subject.geometry));
    return judgement;
  }
  const Arrival& arrival = log.arrivals[static_cast<std::size_t>(seen.arrivals[fit.possible])];
  std::vector<std::string> steps;
  for (const int call : observe::owed(fit, seen.observation))
    steps.push_back(seen.observation.calls[static_cast<std::size_t>(call)].name);
  judgement.key = fmt::format(
      "{} {}: {}", arrival.is_exit ? "exit" : "enter", arrival.function, fmt::join(steps, "; "));
  judgement.reason = fmt::format("line {}: {}: not possible before it: {}",
                                 arrival.line,
                                 arrival.text(),
                                 fmt::join(steps, "; "));
  return judgement;
}

} // namespace stalemate::reproduce
