#pragma once

#include "checker/program/program.hpp"
#include "checker/result/schedule.hpp"
#include "checker/store/state_set.hpp"

namespace stalemate {

/// The decisions that lead to a state. Only parents are stored, so the alternatives are found by
/// going there once more: it is the first whose target is the child, as in the search.
[[nodiscard]] Schedule schedule_to(const Program& program, const StateSet& seen, StateId id);

/// The decision that fires a transition.
[[nodiscard]] Decision decision_of(const Program& program, std::uint32_t transition);

} // namespace stalemate
