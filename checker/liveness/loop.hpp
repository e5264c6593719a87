#pragma once

#include "checker/liveness/fair_components.hpp"
#include "checker/result/schedule.hpp"

namespace stalemate {

/// A way from a state of a fair component back to it on which nobody is treated unfairly: repeated
/// for ever, it is a fair run. The shortest one there is, unless that takes too long to find.
[[nodiscard]] Schedule fair_loop(const StateGraph& graph,
                                 const Standings& standings,
                                 const FairComponents& fair,
                                 StateId start);

/// The decision that fires a transition from one state to another; the first one with the label.
[[nodiscard]] Decision
decision_between(const StateGraph& graph, StateId source, StateId target, Label label);

/// The first one at all.
[[nodiscard]] Decision decision_between(const StateGraph& graph, StateId source, StateId target);

} // namespace stalemate
