#pragma once

#include "checker/program/program.hpp"
#include "checker/result/verdict.hpp"
#include "checker/search/limits.hpp"
#include "checker/search/observer.hpp"

namespace stalemate {

/// explore(), with states that memory does not hold on the disk: the result is the same. What fits
/// in memory is searched there alone.
///
/// What takes the graph of all states, claims about runs and finding out who can never move again,
/// is left to a search in memory, once all else holds.
[[nodiscard]] Result
explore_on_disk(const Program& program, const Limits& limits, Observer& observer);

} // namespace stalemate
