#include "cli/finding.hpp"

#include "checker/audit/ample_sets.hpp"
#include "checker/audit/commutation.hpp"
#include "checker/audit/effort.hpp"
#include "checker/audit/footprints.hpp"
#include "checker/audit/rewritings.hpp"
#include "checker/audit/symmetry.hpp"
#include "checker/ir/unheld_release.hpp"
#include "checker/program/ensure.hpp"
#include "checker/search/reach.hpp"
#include "cli/judge.hpp"
#include "cli/progress.hpp"
#include "model/lockless/lockless.hpp"
#include "model/own/mistake.hpp"
#include "reports/verdict_text.hpp"
#include "reports/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iostream>

namespace stalemate::cli {

namespace {

Result explored(const Candidate& candidate,
                const ir::Model& model,
                const Limits& limits,
                const Reductions& reductions,
                Observer& observer) {
  try {
    return explore_and_reach(model, reductions, limits, observer);
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

/// A warning counts only if nothing else breaks. Mostly nothing breaks at all, so they are looked
/// for at once; otherwise all else is looked at without them.
Result search(const Candidate& candidate,
              const Limits& limits,
              const Reductions& reductions,
              Observer& observer) {
  Result warned = explored(candidate, candidate.model, limits, reductions, observer);
  const bool is_broken = warned.verdict != Verdict::holds && warned.verdict != Verdict::incomplete;
  if (!is_broken || !ir::has_warnings(candidate.model)) return warned;
  Result result =
      explored(candidate, model_of(candidate, Verdict::holds), limits, reductions, observer);
  if (result.verdict != Verdict::holds) return result;
  if (warned.verdict != Verdict::violated) return warned;
  result.is_shortest = warned.is_shortest;
  result.verdict = Verdict::latent;
  result.property = warned.property;
  result.schedule = std::move(warned.schedule);
  return result;
}

/// A state that is looked for, and perhaps not there.
Result reached(const Candidate& candidate,
               const Limits& limits,
               const Reductions& reductions,
               Observer& observer) {
  Result result =
      explored(candidate, model_of(candidate, Verdict::violated), limits, reductions, observer);
  if (result.verdict != Verdict::holds) return result;
  result.verdict = Verdict::unreachable;
  result.property = 0;
  return result;
}

std::chrono::milliseconds since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               start);
}

// The search without warnings came to its end, so its numbers stand for what holds.
void set_warning_apart(Finding& finding) {
  finding.warning = finding.result;
  Result& result = finding.result;
  result.verdict = Verdict::holds;
  result.property = -1;
  result.schedule.clear();
}

// Who moves the step that takes a lock, or what is between it and the step that gives it back,
// forgets the latter.
std::string hint(const ir::Model& model, const Finding& finding) {
  if (!finding.result.reason.ends_with(ir::unheld_release) || !finding.trace ||
      finding.trace->steps.empty())
    return "";
  const TraceStep& last = finding.trace->steps.back();
  return fmt::format(
      R"(; if there is nothing to give back any more, say so, too: {{ "drop": "{}" }})",
      ir::step_name(model, report::step_of(model, last.process, last.step)));
}

// Where the scenario changed the model, what is wrong with it is most likely that.
void blame_own_model(const Candidate& candidate, Finding& finding) {
  const kernel::own::Own& own = candidate.scenario.own;
  finding.is_own_model = !own.patch.empty() || !own.paths.empty() || !own.state.empty();
  Result& result = finding.result;
  if (result.verdict != Verdict::model_error || !finding.is_own_model) return;
  if (finding.trace && !finding.trace->steps.empty()) {
    const TraceStep& last = finding.trace->steps.back();
    const kernel::own::Taken taken{last.process, last.step, last.alternative};
    if (const auto mistake =
            mistake_in(candidate.scenario, candidate.model, taken, result.reason)) {
      finding.mistake = candidate.file->located(candidate.scenario, *mistake).what();
      return;
    }
  }
  const auto& edits = candidate.model.edits;
  result.reason += hint(candidate.model, finding);
  result.reason += edits.empty() ? "; with paths or state of the scenario's own"
                                 : fmt::format("; after the edits: {}", fmt::join(edits, "; "));
}

// A protocol's model is the execution that breaks: its steps are the history, in that order.
Schedule schedule_of(const relacy::Outcome& outcome) {
  Schedule schedule;
  for (const relacy::Event& event : outcome.history)
    schedule.push_back({event.thread, 0});
  return schedule;
}

Coverage everything_taken(const ir::Model& model) {
  Coverage coverage = no_coverage(model);
  for (auto& steps : coverage.fired)
    for (auto& alternatives : steps)
      std::ranges::fill(alternatives, 1);
  return coverage;
}

Result result_of(const Candidate& candidate, const relacy::Outcome& outcome) {
  using Kind = relacy::Outcome::Kind;
  const auto& properties = candidate.model.properties;
  const auto index_of = [&](const auto& property) {
    return property == properties.end() ? -1 : static_cast<int>(property - properties.begin());
  };
  Result result;
  result.is_shortest = false;
  result.coverage = everything_taken(candidate.model);
  result.reason = outcome.text;
  switch (outcome.kind) {
  case Kind::holds:
    result.verdict = Verdict::holds;
    break;
  case Kind::violated:
    result.verdict = Verdict::violated;
    result.property = index_of(std::ranges::find(properties, outcome.claim, &ir::Property::name));
    result.schedule = schedule_of(outcome);
    result.reason.clear();
    break;
  case Kind::deadlock:
    result.verdict = Verdict::deadlock;
    result.property =
        index_of(std::ranges::find(properties, ir::PropertyKind::no_deadlock, &ir::Property::kind));
    result.schedule = schedule_of(outcome);
    break;
  case Kind::incomplete:
    result.verdict = Verdict::incomplete;
    break;
  case Kind::error:
    throw InternalError(fmt::format("{}: {}", candidate.name(), outcome.text));
  }
  return result;
}

// Relacy is only told that it should end; the clock and the signals know why.
std::function<bool()> is_over(const Watch& watch) {
  return [&watch] { return watch.reason_to_stop().has_value(); };
}

void explain_end(const Limits& limits, Result& result) {
  if (result.verdict != Verdict::incomplete || result.reason != "stopped") return;
  const bool is_interrupted = limits.interrupted != nullptr && *limits.interrupted;
  if (is_interrupted || limits.time_max)
    result.reason = is_interrupted ? "interrupted" : reason_of_time(limits);
}

Finding run_protocol(const Candidate& candidate, const Limits& limits) {
  const auto start = std::chrono::steady_clock::now();
  Finding finding;
  const relacy::Outcome outcome = kernel::lockless::run(candidate.scenario);
  finding.result = result_of(candidate, outcome);
  explain_end(limits, finding.result);
  finding.within = kernel::lockless::bound_text(candidate.scenario);
  finding.executions = outcome.executions;
  finding.is_question = !candidate.scenario.expect.stated;
  finding.time = since(start);
  if (has_counterexample(finding.result.verdict))
    finding.trace = explained(candidate, finding.result);
  finding.surprises = surprises(
      candidate.scenario, candidate.model, finding.result, finding.trace, finding.executions);
  return finding;
}

// The verdict that the scenario expects, whatever else it pins.
Verdict expected_verdict(const kernel::Expectation& expect) {
  using Expected = kernel::Expectation::Outcome;
  switch (expect.outcome) {
  case Expected::holds:
  case Expected::latent: // warnings are not looked at here
    return Verdict::holds;
  case Expected::violated:
    return Verdict::violated;
  case Expected::deadlock:
    return Verdict::deadlock;
  case Expected::livelock:
    return Verdict::livelock;
  case Expected::starvation:
    return Verdict::starvation;
  case Expected::unreachable: // claims about what can be reached are not looked at here
    return Verdict::holds;
  case Expected::stuck:
    break;
  }
  return Verdict::stuck;
}

} // namespace

ir::Model model_of(const Candidate& candidate, Verdict verdict) {
  if (!candidate.reach.empty())
    return reaching(candidate.model, candidate.model.properties.front());
  return verdict == Verdict::latent ? candidate.model : ir::without_warnings(candidate.model);
}

void audit(const Candidate& candidate,
           std::uint64_t states_max,
           const Limits& limits,
           Finding& finding) {
  if (states_max == 0 || kernel::lockless::is_for_relacy(candidate.scenario)) return;
  Effort effort(states_max, limits);
  for (const auto& audit_one :
       {audit_footprints, audit_commutation, audit_ample_sets, audit_symmetry, audit_rewritings}) {
    const auto complaints = audit_one(candidate.model, effort);
    if (!complaints.empty())
      throw InternalError(fmt::format("{}: {}", candidate.name(), complaints.front()));
  }
  const std::string tried = fmt::format(
      "{} comparisons in up to {} states of each audit", effort.comparisons(), effort.states_max());
  const bool is_whole = effort.reason().empty();
  std::cerr << fmt::format("stalemate: {}: audit {}: {}{}{}\n",
                           candidate.name(),
                           is_whole ? "passed" : "incomplete",
                           tried,
                           is_whole ? "" : "; ",
                           effort.reason());
  if (is_whole) return;
  Result& result = finding.result;
  if (result.verdict != Verdict::holds && result.verdict != Verdict::unreachable) return;
  result.verdict = Verdict::incomplete;
  result.property = -1;
  result.reason = fmt::format("of the audit: {}", effort.reason());
}

Finding second_opinion(const Candidate& candidate, const RelacyBound& bound, const Limits& limits) {
  if (kernel::lockless::is_for_relacy(candidate.scenario)) return run_protocol(candidate, limits);
  const auto start = std::chrono::steady_clock::now();
  const Watch watch(limits);
  RelacyBound until = bound;
  until.wants_end = is_over(watch);
  RelacyResult opinion = run_under_relacy(model_of(candidate, Verdict::holds), until);
  explain_end(limits, opinion.result);
  Finding finding;
  finding.result = std::move(opinion.result);
  finding.result.is_shortest = false;
  finding.executions = opinion.executions;
  finding.within = fmt::format("{} preemptive switches, {} steps", bound.switches, bound.steps_max);
  finding.time = since(start);
  if (has_counterexample(finding.result.verdict))
    finding.trace = explained(candidate, finding.result);
  finding.is_question = !candidate.scenario.expect.stated;
  const Verdict expected = expected_verdict(candidate.scenario.expect);
  if (!finding.is_question && finding.result.verdict != Verdict::incomplete &&
      finding.result.verdict != expected)
    finding.surprises.push_back(
        fmt::format("expected {}, found {}", word(expected), word(finding.result.verdict)));
  return finding;
}

std::string answer_text(const Candidate& candidate, const Finding& finding) {
  const Result& result = finding.result;
  if (finding.executions == 0 && finding.within.empty())
    return report::answer_text(candidate.model, result);
  const std::string count = report::counted(finding.executions, "execution");
  const std::string steps = report::counted(result.schedule.size(), "step");
  switch (result.verdict) {
  case Verdict::holds:
    return fmt::format("holds within {}: {}", finding.within, count);
  case Verdict::incomplete:
    return fmt::format("incomplete ({}): {}", result.reason, count);
  case Verdict::violated:
    return fmt::format("{} is violated after {}: {} so far",
                       candidate.model.properties[static_cast<std::size_t>(result.property)].name,
                       steps,
                       count);
  default:
    return fmt::format("{} after {}: {} so far", word(result.verdict), steps, count);
  }
}

std::string verdict_line(const Candidate& candidate, const Finding& finding) {
  return candidate.name() + ": " + answer_text(candidate, finding);
}

Finding find(const Candidate& candidate, const Limits& limits, const Reductions& reductions) {
  ProgressLine line(candidate.name());
  return find(candidate, limits, reductions, line);
}

Finding find(const Candidate& candidate,
             const Limits& limits,
             const Reductions& reductions,
             Observer& observer) {
  if (kernel::lockless::is_for_relacy(candidate.scenario)) return run_protocol(candidate, limits);
  const auto start = std::chrono::steady_clock::now();
  Finding finding;
  finding.is_sought = !candidate.reach.empty();
  // Expected counts are those of all states, unless somebody asked for fewer.
  const kernel::Expectation& expect = candidate.scenario.expect;
  const bool is_counted = expect.states || expect.transitions || expect.depth;
  const Reductions used = is_counted && reductions.after > 0 ? Reductions() : reductions;
  finding.result = finding.is_sought ? reached(candidate, limits, used, observer)
                                     : search(candidate, limits, used, observer);
  finding.time = since(start);
  finding.is_reduced_unasked = finding.result.is_reduced && used.after > 0;
  finding.is_question = !candidate.scenario.expect.stated;
  if (has_counterexample(finding.result.verdict))
    finding.trace = explained(candidate, finding.result);
  blame_own_model(candidate, finding);
  if (is_mere_warning(candidate.scenario, finding.result)) set_warning_apart(finding);
  finding.surprises = surprises(candidate.scenario, candidate.model, finding.result, finding.trace);
  finding.hints = hints(candidate.scenario, candidate.model, finding.result);
  return finding;
}

Status Finding::status() const {
  if (result.verdict == Verdict::model_error) return is_own_model ? bad_input : broken;
  if (result.verdict == Verdict::incomplete) return not_complete;
  if (is_sought) return result.verdict == Verdict::violated ? as_expected : not_as_expected;
  const bool is_good = is_question ? result.verdict == Verdict::holds : surprises.empty();
  return is_good ? as_expected : not_as_expected;
}

Status gravest(Status a, Status b) {
  constexpr std::array order{as_expected, not_complete, not_as_expected, bad_input, broken};
  return std::ranges::find(order, a) < std::ranges::find(order, b) ? b : a;
}

} // namespace stalemate::cli
