#pragma once

#include "checker/liveness/standing.hpp"
#include "checker/store/state_set.hpp"

#include <span>

namespace stalemate {

/// Could some process, which neither ended nor rests, be unable to move ever again in some state
/// while others go on? If this says no, that is so. Yes means that it takes the whole graph to see
/// where first.
///
/// `stalled` are the states, in rising order, that lead to none with a higher number. Where a
/// process is lost, it is lost in all that can follow, and so in the one of them with the highest
/// number, which is stalled. From there only few states are looked at until the process moves, or
/// until one with a higher number is found, from which it is known that nobody is lost.
[[nodiscard]] bool may_be_stranded(const Program& program,
                                   const Standings& standings,
                                   StateSet& seen,
                                   std::span<const StateId> stalled);

} // namespace stalemate
