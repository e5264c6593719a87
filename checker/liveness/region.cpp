#include "checker/liveness/region.hpp"

#include "checker/liveness/loop.hpp"
#include "checker/program/interpret.hpp"
#include "checker/search/counterexample.hpp"

#include <algorithm>

namespace stalemate {

Region::Region(const StateGraph& graph,
               const ClaimCode& claim,
               const std::vector<std::uint64_t>& level_ends)
    : graph_(graph), claim_(claim), level_ends_(level_ends), origins_(graph.size(), outside),
      state_(static_cast<std::size_t>(graph.program().layout.words())) {}

bool Region::is_true(Entry claim, StateId id) {
  graph_.read(id, state_.data());
  return ask(graph_.program(), claim, state_.data()) == 1;
}

void Region::add(StateId id, StateId origin) {
  if (origins_[id] != outside || is_true(claim_.goal, id)) return;
  origins_[id] = origin;
  states_.push_back(id);
}

void Region::add_causes(std::uint64_t begin, std::uint64_t end) {
  for (std::uint64_t i = begin; i < end; ++i) {
    const auto id = static_cast<StateId>(i);
    if (origins_[id] == outside && is_true(claim_.cause, id)) add(id, id);
  }
}

/// Level by level: what is first reached with the same number of steps, by the way or as a cause.
bool Region::explore(Pause& pause) {
  const bool has_cause = claim_.cause != graph_.program().nothing;
  if (!has_cause) add(0, 0);
  std::size_t begin = 0;
  std::uint64_t first = 0;
  for (std::size_t depth = 0; depth < level_ends_.size() || begin < states_.size(); ++depth) {
    const std::size_t end = states_.size();
    for (; begin < end; ++begin) {
      if (!pause.goes_on()) return false;
      const StateId from = states_[begin];
      for (const StateId target : graph_.targets(from))
        add(target, from);
    }
    // Those that were just added are one step further than `depth - 1`.
    if (depth >= level_ends_.size()) continue;
    if (has_cause) add_causes(first, level_ends_[depth]);
    first = level_ends_[depth];
  }
  return true;
}

Schedule Region::schedule_to(StateId id, const StateSet& seen) const {
  std::vector<StateId> way{id};
  while (origins_[way.back()] != way.back())
    way.push_back(origins_[way.back()]);
  std::ranges::reverse(way);
  Schedule schedule = stalemate::schedule_to(graph_.program(), seen, way.front());
  for (std::size_t i = 1; i < way.size(); ++i)
    schedule.push_back(decision_between(graph_, way[i - 1], way[i]));
  return schedule;
}

} // namespace stalemate
