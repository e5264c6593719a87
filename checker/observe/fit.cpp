#include "checker/observe/fit.hpp"

#include "checker/observe/observed.hpp"
#include "checker/program/definition.hpp"
#include "checker/search/endless.hpp"
#include "checker/search/reach.hpp"

#include <algorithm>

namespace stalemate::observe {

namespace {

/// The question whether the goal can be reached; a run that does breaks it.
ir::Model question_of(const ir::Model& model, const ir::ExpressionPtr& goal) {
  ir::Property property;
  property.name = "it is a run";
  property.claim = "some run is as it was seen";
  property.kind = ir::PropertyKind::reachable;
  property.goal = goal;
  return reaching(model, property);
}

Result answer_to(const ir::Model& question, const Limits& limits) {
  Observer nobody;
  return explore_endless(question, {}, limits, nobody);
}

/// The observer's steps are its events, in order.
std::size_t events_in(const Result& result) {
  const auto& events = result.coverage.fired.back();
  return static_cast<std::size_t>(std::ranges::count_if(
      events, [](const std::vector<std::uint64_t>& ways) { return ways.front() > 0; }));
}

ir::Valuation end_of(const ir::Model& model, const Trace& trace) {
  ir::Valuation state = trace.initial;
  for (const TraceStep& taken : trace.steps) {
    for (const Change& change : taken.changes)
      state[static_cast<std::size_t>(change.cell.variable)]
           [static_cast<std::size_t>(change.cell.index)] = change.after;
    const ir::Process& process = model.processes[static_cast<std::size_t>(taken.process)];
    const auto& ways = process.steps[static_cast<std::size_t>(taken.step)].alternatives;
    state[static_cast<std::size_t>(process.location)][0] =
        ways[static_cast<std::size_t>(taken.alternative)].next;
  }
  return state;
}

void show(Fit& fit, const ir::Model& question, const Result& result) {
  fit.trace = replay(question, result);
  fit.end = end_of(question, fit.trace);
  fit.model = question;
}

} // namespace

Fit fit(const ir::Model& model,
        const Observation& observation,
        const ir::ExpressionPtr& ending,
        const Limits& limits) {
  const ir::Model seen = observed(model, observation);
  const std::size_t all = observation.events.size();
  ir::ExpressionPtr goal = have_happened(seen, all);
  if (ending) goal = ir::combine(ir::Op::both, {goal, ending});
  const ir::Model question = question_of(seen, goal);
  Result result = answer_to(question, limits);
  Fit fit;
  fit.states = result.counts.states;
  if (result.verdict == Verdict::violated) {
    fit.answer = Fit::Answer::run;
    fit.possible = all;
    show(fit, question, result);
    return fit;
  }
  if (result.verdict != Verdict::holds) {
    fit.reason = result.reason.empty() ? word(result.verdict) : result.reason;
    return fit;
  }
  fit.answer = Fit::Answer::no_run;
  fit.possible = events_in(result);
  const ir::Model nearest = question_of(seen, have_happened(seen, fit.possible));
  show(fit, nearest, answer_to(nearest, limits));
  return fit;
}

std::vector<int> owed(const Fit& fit, const Observation& observation) {
  std::vector<int> calls;
  if (fit.possible >= observation.events.size()) return calls;
  for (const int ended : observation.events[fit.possible].ends)
    if (!has_been_taken(fit.model, observation, ended, fit.end)) calls.push_back(ended);
  return calls;
}

std::vector<Way> possible_instead(const Fit& fit, const ir::Model& model) {
  std::vector<Way> possible;
  for (std::size_t p = 0; p < model.processes.size(); ++p) {
    const ir::Process& process = model.processes[p];
    const int at = location(process, fit.end);
    if (at == process.finished()) continue;
    const auto& ways = process.steps[static_cast<std::size_t>(at)].alternatives;
    for (std::size_t a = 0; a < ways.size(); ++a)
      if (is_enabled(ways[a], fit.end))
        possible.push_back({static_cast<int>(p), at, static_cast<int>(a)});
  }
  return possible;
}

} // namespace stalemate::observe
