#pragma once

#include "checker/program/program.hpp"
#include "checker/result/verdict.hpp"
#include "checker/search/limits.hpp"
#include "checker/search/observer.hpp"

namespace stalemate {

/// explore(), by all ranks of the limits together: each of them calls this with the same program,
/// and each gets the same result, which is that of one process alone. Limits are those of each
/// rank, but for states and depth.
///
/// What takes the graph of all states, claims about runs and finding out who can never move again,
/// is left to the first rank alone, once all else holds.
[[nodiscard]] Result
explore_together(const Program& program, const Limits& limits, Observer& observer);

} // namespace stalemate
