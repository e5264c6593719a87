// Among runs of one length the one that a reader follows most easily: whoever runs goes on as long
// as it can.
#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/verdict.hpp"

#include <cstddef>
#include <optional>

namespace stalemate {

/// How often somebody else runs than the step before.
[[nodiscard]] std::size_t switches(const Schedule& schedule);

/// Of the runs that are as long as the result's schedule and break the same claim in the same way,
/// or else end in the same state, one with the fewest switches; of those the first in the order of
/// processes and alternatives. Nothing if that takes more than `states_max` states, each counted
/// once for everybody who may have run last, or if the schedule is not a shortest one.
[[nodiscard]] std::optional<Schedule>
fewest_switches(const ir::Model& model, const Result& result, std::size_t states_max);

/// Of runs from `start` to a state in which `goal` is true one that is shortest, and of those one
/// with the fewest switches. Nothing if there is none, or it takes more than `states_max` states.
[[nodiscard]] std::optional<Schedule> shortest_run(const ir::Model& model,
                                                   const ir::Valuation& start,
                                                   const ir::ExpressionPtr& goal,
                                                   std::size_t states_max);

} // namespace stalemate
