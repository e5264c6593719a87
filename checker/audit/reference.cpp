// Level by level, states in an ordinary map, expressions evaluated as defined. No option, no packed
// state, no bytecode, no batch: if this and explore() disagree, explore() is wrong.

#include "checker/audit/reference.hpp"

#include "checker/program/definition.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace stalemate {

namespace {

/// How a state was first reached.
struct Origin {
  const ir::Valuation* parent = nullptr; ///< Null for the initial state.
  Decision decision;
};

using Seen = std::map<ir::Valuation, Origin>;

Schedule schedule_to(const Seen& seen, const ir::Valuation& state) {
  Schedule schedule;
  for (const Origin* at = &seen.at(state); at->parent != nullptr; at = &seen.at(*at->parent))
    schedule.push_back(at->decision);
  std::ranges::reverse(schedule);
  return schedule;
}

int index_of(const ir::Model& model, ir::PropertyKind kind) {
  const auto found = std::ranges::find(model.properties, kind, &ir::Property::kind);
  return found == model.properties.end() ? ir::none
                                         : static_cast<int>(found - model.properties.begin());
}

/// Calls `each` for every enabled alternative of every process, in order, until it returns false.
template <typename Each>
void for_each_enabled(const ir::Model& model, const ir::Valuation& state, Each each) {
  for (std::size_t p = 0; p < model.processes.size(); ++p) {
    const ir::Process& process = model.processes[p];
    const int at = location(process, state);
    if (at == process.finished()) continue;
    const auto& alternatives = process.steps[static_cast<std::size_t>(at)].alternatives;
    for (std::size_t a = 0; a < alternatives.size(); ++a)
      if (is_enabled(alternatives[a], state) &&
          !each(Decision{static_cast<int>(p), static_cast<int>(a)}))
        return;
  }
}

bool is_deadlock(const ir::Model& model, const ir::Valuation& state) {
  bool moves = false;
  for_each_enabled(model, state, [&](Decision) { return !(moves = true); });
  return !moves && !std::ranges::all_of(model.processes, [&](const ir::Process& process) {
    return is_at_rest(process, state);
  });
}

} // namespace

Result explore_plainly(const ir::Model& model, std::uint64_t states_max) {
  Result result;
  result.coverage = no_coverage(model);
  const int deadlock = index_of(model, ir::PropertyKind::no_deadlock);

  Seen seen;
  std::vector<const ir::Valuation*> level;
  std::vector<const ir::Valuation*> next;
  bool over = false;
  const auto end = [&](Verdict verdict, Schedule schedule) {
    result.verdict = verdict;
    result.schedule = std::move(schedule);
    over = true;
  };
  const auto add = [&](const ir::Valuation& state, Origin origin) {
    const auto [found, fresh] = seen.emplace(state, origin);
    if (!fresh) return;
    result.counts.states = seen.size();
    next.push_back(&found->first);
    if (const auto broken = broken_part(model, state)) {
      result.property = broken->property;
      result.part = broken->part;
      end(Verdict::violated, schedule_to(seen, state));
    } else if (seen.size() > states_max) {
      end(Verdict::incomplete, {});
    }
  };
  const auto take = [&](const ir::Valuation& state, Decision decision) {
    const ir::Process& process = model.processes[static_cast<std::size_t>(decision.process)];
    const int at = location(process, state);
    const auto& alternatives = process.steps[static_cast<std::size_t>(at)].alternatives;
    const auto a = static_cast<std::size_t>(decision.alternative);
    const Firing firing = fire(model, process, alternatives[a], state);
    ++result.counts.transitions;
    ++result.coverage
          .fired[static_cast<std::size_t>(decision.process)][static_cast<std::size_t>(at)][a];
    if (firing.broken == nullptr && firing.error.empty())
      return add(firing.target, {&state, decision});

    Schedule schedule = schedule_to(seen, state);
    schedule.push_back(decision);
    const bool is_claim = firing.broken != nullptr && firing.broken->property != ir::none;
    if (is_claim) result.property = firing.broken->property;
    if (!is_claim)
      result.reason = at_step(
          model, process, at, firing.broken != nullptr ? firing.broken->text : firing.error);
    end(is_claim ? Verdict::violated : Verdict::model_error, std::move(schedule));
  };

  add(ir::initial(model), {});
  while (!over && !next.empty()) {
    level.swap(next);
    next.clear();
    // A deadlock in this level is shorter than anything that happens on the way to the next.
    for (const ir::Valuation* state : level) {
      if (over || deadlock == ir::none || !is_deadlock(model, *state)) continue;
      result.property = deadlock;
      end(Verdict::deadlock, schedule_to(seen, *state));
    }
    for (const ir::Valuation* state : level)
      for_each_enabled(model, *state, [&](Decision decision) {
        if (!over) take(*state, decision);
        return !over;
      });
    if (!next.empty()) ++result.counts.depth;
  }
  if (!over) result.verdict = Verdict::holds;
  return result;
}

} // namespace stalemate
