#pragma once

#include "checker/program/program.hpp"
#include "checker/result/schedule.hpp"
#include "checker/store/state_set.hpp"

#include <vector>

namespace stalemate {

/// How a state is reached. Only parents are stored, so the alternatives are found by going there
/// once more: it is the first whose target is the child, as in the search. Where states stand for
/// others, it is a way of the model all the same, to a state for which the one asked for stands.
struct Way {
  Schedule schedule;
  std::vector<Word> state; ///< Where it leads.
};
[[nodiscard]] Way way_to(const Program& program, const StateSet& seen, StateId id);

/// The decisions alone.
[[nodiscard]] Schedule schedule_to(const Program& program, const StateSet& seen, StateId id);

/// The first alternative that fails in the state, with nothing left out. One must.
[[nodiscard]] AlternativeName first_to_fail(const Program& program, const std::vector<Word>& state);

/// The decision that fires a transition.
[[nodiscard]] Decision decision_of(const Program& program, std::uint32_t transition);

} // namespace stalemate
