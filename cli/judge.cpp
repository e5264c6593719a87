#include "cli/judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace stalemate::cli {

namespace {

using kernel::Expectation;
using Outcome = Expectation::Outcome;
using Words = std::vector<std::string>;

std::string text(const Expectation& expect) {
  switch (expect.outcome) {
  case Outcome::holds:
    return "holds";
  case Outcome::violated:
    return "violated " + expect.property;
  case Outcome::latent:
    return "latent " + expect.property;
  case Outcome::deadlock:
    return "deadlock";
  case Outcome::livelock:
    return "livelock " + expect.property;
  case Outcome::starvation:
    return "starvation " + expect.property;
  case Outcome::unreachable:
    return "unreachable " + expect.property;
  case Outcome::stuck:
    break;
  }
  return "stuck " + expect.property;
}

std::string text(const ir::Model& model, const Result& result) {
  if (!names_property(result.verdict)) return word(result.verdict);
  return word(result.verdict) + " " +
         model.properties[static_cast<std::size_t>(result.property)].name;
}

void compare(const std::string& noun,
             const std::optional<std::uint64_t>& expected,
             std::uint64_t found,
             Words& surprises) {
  if (expected && *expected != found)
    surprises.push_back(fmt::format("expected {} {}, found {}", *expected, noun, found));
}

void compare_deadlock(const Expectation& expect,
                      const ir::Model& model,
                      const Trace& trace,
                      Words& surprises) {
  const Words found = deadlocked(model, trace);
  if (found != expect.cycle)
    surprises.push_back(fmt::format("expected a deadlock of {}, found one of {}",
                                    fmt::join(expect.cycle, ", "),
                                    fmt::join(found, ", ")));
}

// Who waits for ever.
void compare_process(const Expectation& expect,
                     const ir::Model& model,
                     const Result& result,
                     Words& surprises) {
  const std::string found = result.process < 0
                                ? "nobody"
                                : model.processes[static_cast<std::size_t>(result.process)].name;
  if (!expect.process.empty() && expect.process != found)
    surprises.push_back(
        fmt::format("expected {} to wait for ever, found {}", expect.process, found));
}

// The first step of the list that the trace does not pass after the ones before it.
void compare_steps(const Expectation& expect,
                   const ir::Model& model,
                   const Trace& trace,
                   Words& surprises) {
  auto at = trace.steps.begin();
  std::string before;
  for (const std::string& wanted : expect.through) {
    at = std::find_if(at, trace.steps.end(), [&](const TraceStep& step) {
      const ir::Process& process = model.processes[static_cast<std::size_t>(step.process)];
      return ir::step_name(model, process.steps[static_cast<std::size_t>(step.step)]) == wanted;
    });
    if (at == trace.steps.end()) {
      surprises.push_back(fmt::format("the trace does not pass \"{}\"{}",
                                      wanted,
                                      before.empty() ? "" : " after \"" + before + "\""));
      return;
    }
    ++at;
    before = wanted;
  }
}

// One of the goals that are never reached is expected to be; the others are not.
void compare_unreached(const ir::Model& model, const Result& result, Words& surprises) {
  for (const int one : result.unreached)
    if (one != result.property)
      surprises.push_back(fmt::format("{} is never reached either",
                                      model.properties[static_cast<std::size_t>(one)].name));
}

// A proof says little about steps that it never took, so each must be known.
void compare_coverage(const Expectation& expect,
                      const ir::Model& model,
                      const Coverage& coverage,
                      Words& surprises) {
  const std::set<std::string> expected(expect.never_taken.begin(), expect.never_taken.end());
  std::set<std::string> found;
  for (const NeverTaken& one : never_taken(model, coverage))
    if (found.insert(one.text()).second && !expected.contains(one.text()))
      surprises.push_back("never taken: " + one.text());
  for (const std::string& one : expect.never_taken)
    if (!found.contains(one)) surprises.push_back("taken, but expected never to be: " + one);
}

} // namespace

Words deadlocked(const ir::Model& model, const Trace& trace) {
  Words names;
  for (const int process : trace.cycle)
    names.push_back(model.processes[static_cast<std::size_t>(process)].name);
  if (names.empty())
    for (const Blocked& blocked : trace.blocked)
      names.push_back(model.processes[static_cast<std::size_t>(blocked.process)].name);
  std::ranges::sort(names);
  return names;
}

Words surprises(const kernel::Scenario& scenario,
                const ir::Model& model,
                const Result& result,
                const std::optional<Trace>& trace,
                std::uint64_t executions) {
  const Expectation& expect = scenario.expect;
  if (!expect.stated || result.verdict == Verdict::incomplete) return {};
  if (text(expect) != text(model, result))
    return {fmt::format("expected {}, found {}", text(expect), text(model, result))};

  Words surprises;
  if (!result.is_reduced) {
    compare("states", expect.states, result.counts.states, surprises);
    compare("transitions", expect.transitions, result.counts.transitions, surprises);
    compare("depth", expect.depth, result.counts.depth, surprises);
  }
  compare("executions", expect.executions, executions, surprises);
  compare("steps", expect.length, result.schedule.size(), surprises);
  compare("steps in the loop", expect.loop, result.loop.size(), surprises);
  compare_process(expect, model, result, surprises);
  if (expect.outcome == Outcome::deadlock) compare_deadlock(expect, model, *trace, surprises);
  compare_unreached(model, result, surprises);
  if (trace) compare_steps(expect, model, *trace, surprises);
  if (expect.outcome == Outcome::holds) compare_coverage(expect, model, result.coverage, surprises);
  return surprises;
}

bool is_mere_warning(const kernel::Scenario& scenario, const Result& result) {
  return result.verdict == Verdict::latent && !scenario.expect.stated &&
         scenario.properties.empty();
}

Words hints(const kernel::Scenario& scenario, const ir::Model& model, const Result& result) {
  Words hints;
  if (result.verdict != Verdict::holds || scenario.expect.outcome == Outcome::holds) return hints;
  compare_coverage({}, model, result.coverage, hints);
  return hints;
}

} // namespace stalemate::cli
