#include "cli/mutated.hpp"

#include "checker/ir/identity.hpp"
#include "checker/result/coverage.hpp"
#include "checker/search/observer.hpp"
#include "cli/all_claims.hpp"
#include "cli/finding.hpp"
#include "model/lockless/lockless.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace stalemate::cli {

namespace {

using kernel::inquiry::Mutant;

constexpr std::uint64_t compared_states_max = 20'000;
constexpr std::size_t comparison_max = 2'000'000;

bool runs(const Held& held, const Mutant& mutant) {
  const auto& fired = held.result.coverage.fired;
  return std::ranges::any_of(mutant.places, [&](const std::pair<int, int>& place) {
    const auto& ways =
        fired[static_cast<std::size_t>(place.first)][static_cast<std::size_t>(place.second)];
    return std::ranges::any_of(ways, [](std::uint64_t times) { return times > 0; });
  });
}

Candidate mutated(const Candidate& original, const std::vector<const Mutant*>& mutants) {
  kernel::Scenario scenario = original.scenario;
  scenario.expect = {};
  for (const Mutant* mutant : mutants)
    for (const kernel::own::Edit& edit : mutant->edits)
      scenario.own.patch.push_back(edit);
  ir::Model model = build_with_claims(scenario);
  return {original.file, std::move(scenario), std::move(model), {}};
}

/// Calls `answer`; what cannot be edited or built so is refused.
template <typename F>
Answer unless_refused(F answer) {
  try {
    return answer();
  } catch (const kernel::ScenarioError& error) {
    return {.consequence = Consequence::refused, .reason = error.what()};
  } catch (const kernel::InputError& error) {
    return {.consequence = Consequence::refused, .reason = error.what()};
  } catch (const ir::InvalidModel& error) {
    return {.consequence = Consequence::refused, .reason = error.what()};
  }
}

/// A way that a process takes which is not changed, and never any more. What holds is expected to
/// take all ways, see Expectation::never_taken; empty: it does.
std::string lost_way(const Held& held, const Mutant& mutant, const Coverage& coverage) {
  const ir::Model& model = held.candidate.model;
  for (std::size_t p = 0; p < model.processes.size(); ++p) {
    const auto is_changed = [&](const std::pair<int, int>& place) {
      return place.first == static_cast<int>(p);
    };
    if (std::ranges::any_of(mutant.places, is_changed)) continue;
    const auto& before = held.result.coverage.fired[p];
    const auto& after = coverage.fired[p];
    for (std::size_t s = 0; s < std::min(before.size(), after.size()); ++s)
      for (std::size_t a = 0; a < std::min(before[s].size(), after[s].size()); ++a)
        if (before[s][a] > 0 && after[s][a] == 0)
          return fmt::format(
              "{}: {}", model.processes[p].name, ir::step_name(model, model.processes[p].steps[s]));
  }
  return "";
}

/// Caught, undecided, or nothing as far as claims go. `holds`: who looks at what holds.
template <typename F>
Answer judged(const Candidate& candidate, const Limits& limits, F holds) {
  Observer nobody;
  const Finding finding = find(candidate, limits, {}, nobody);
  const Result& result = finding.shown();
  if (result.verdict == Verdict::holds) return holds(result);
  if (result.verdict == Verdict::incomplete)
    return {.consequence = Consequence::undecided, .reason = result.reason};
  const bool is_rule = result.verdict == Verdict::model_error;
  std::string claim =
      is_rule ? "a rule of the model"
              : candidate.model.properties[static_cast<std::size_t>(result.property)].name;
  if (finding.warning) claim += ", which only warns,";
  return {.consequence = Consequence::caught,
          .claim = std::move(claim),
          .steps = result.schedule.size()};
}

/// What others see of a way: nothing of what a changed process does, if it is the only one. Where
/// several run the path, they see each other's tests, but for the one that is changed.
Visible seen_by_others(const ir::Model& model, const Behaviour& behaviour, const Mutant& mutant) {
  std::vector<int> changed;
  for (const auto& [process, step] : mutant.places)
    if (std::ranges::find(changed, process) == changed.end()) changed.push_back(process);
  Visible seen;
  for (const AlternativeName& name : behaviour.ways()) {
    const ir::Process& process = model.processes[static_cast<std::size_t>(name.process)];
    const ir::Step& step = process.steps[static_cast<std::size_t>(name.step)];
    const bool is_test = step.alternatives.size() > 1;
    const bool is_changed = std::ranges::find(changed, name.process) != changed.end();
    const std::string step_name = ir::step_name(model, step);
    if (is_changed && (changed.size() == 1 || !is_test || step_name == mutant.step)) {
      seen.emplace_back();
      continue;
    }
    const ir::Alternative& way = step.alternatives[static_cast<std::size_t>(name.alternative)];
    seen.push_back(
        fmt::format("{}: {}{}",
                    process.name,
                    step_name,
                    is_test ? " / " + alternative_name(model, process, way) : std::string()));
  }
  return seen;
}

Answer compared(const Held& held, const Mutant& mutant, const ir::Model& changed) {
  if (!held.behaviour) return {.consequence = Consequence::not_compared};
  const auto behaviour = behaviour_of(changed, compared_states_max);
  if (!behaviour) return {.consequence = Consequence::not_compared};
  const Visible before = seen_by_others(held.candidate.model, *held.behaviour, mutant);
  const Visible after = seen_by_others(changed, *behaviour, mutant);
  const Divergence more = divergence(*behaviour, after, *held.behaviour, before, comparison_max);
  using Comes = Divergence::Kind;
  if (more.kind == Comes::too_large) return {.consequence = Consequence::not_compared};
  if (more.kind == Comes::step)
    return {.consequence = Consequence::told, .reason = more.seen.back()};
  if (more.kind == Comes::end)
    return {.consequence = Consequence::told,
            .reason = more.seen.empty() ? "nothing of the others happens"
                                        : "nothing happens behind " + more.seen.back()};
  const Divergence less = divergence(*held.behaviour, before, *behaviour, after, comparison_max);
  if (less.kind == Comes::too_large) return {.consequence = Consequence::not_compared};
  return {.consequence = less.kind == Comes::none ? Consequence::nothing : Consequence::less};
}

} // namespace

std::optional<Held> held(const Candidate& candidate, const Limits& limits, std::string& left_out) {
  if (kernel::lockless::is_for_relacy(candidate.scenario)) return std::nullopt;
  Observer nobody;
  Finding finding = find(candidate, limits, {}, nobody);
  if (finding.result.verdict == Verdict::incomplete)
    left_out = fmt::format("{}: {}", candidate.name(), finding.result.reason);
  // What breaks already says nothing about what breaks by a change.
  if (finding.result.verdict != Verdict::holds || finding.warning) return std::nullopt;
  auto [whole, holds] = with_all_claims(candidate, std::move(finding), limits);
  const bool is_small = holds.result.counts.states <= compared_states_max;
  auto behaviour = is_small ? behaviour_of(whole.model, compared_states_max) : std::nullopt;
  const std::uint64_t identity = ir::identity(whole.model);
  return Held{std::move(whole), identity, std::move(holds.result), std::move(behaviour)};
}

Answer answer_in(const Held& held, const Mutant& mutant, const Limits& limits, bool is_compared) {
  if (!runs(held, mutant)) return {.consequence = Consequence::never_run};
  return unless_refused([&]() -> Answer {
    const Candidate candidate = mutated(held.candidate, {&mutant});
    if (ir::identity(candidate.model) == held.identity) return {.consequence = Consequence::same};
    const Answer answer = judged(candidate, limits, [&](const Result& result) -> Answer {
      const std::string lost = lost_way(held, mutant, result.coverage);
      if (lost.empty()) return {.consequence = Consequence::nothing};
      return {.consequence = Consequence::caught, .claim = "no_way_lost", .reason = lost};
    });
    if (answer.consequence != Consequence::nothing) return answer;
    return is_compared ? compared(held, mutant, candidate.model)
                       : Answer{.consequence = Consequence::told};
  });
}

Answer
answer_to_both(const Held& held, const Mutant& one, const Mutant& other, const Limits& limits) {
  if (!runs(held, one) || !runs(held, other)) return {.consequence = Consequence::never_run};
  return unless_refused([&] {
    return judged(mutated(held.candidate, {&one, &other}), limits, [](const Result&) {
      return Answer{.consequence = Consequence::nothing};
    });
  });
}

} // namespace stalemate::cli
