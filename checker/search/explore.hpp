#pragma once

#include "checker/program/program.hpp"
#include "checker/result/verdict.hpp"
#include "checker/search/limits.hpp"
#include "checker/search/observer.hpp"

namespace stalemate {

/// Visits every reachable state, breadth first, and stops at the first claim that is broken, so the
/// counterexample is a shortest one. The same model and limits give the same result, to the bit,
/// except where time or an interrupt ends the search.
///
/// Where limits say that states are known by hashes only, `holds` comes with the probability that
/// some state was not visited.
///
/// `violated`, `deadlock` and `model_error` come with a schedule; `holds` is only ever the result
/// of a complete search; limits, interrupts and lack of memory end in `incomplete`.
[[nodiscard]] Result explore(const Program& program, const Limits& limits, Observer& observer);

/// The same without limits and observer.
[[nodiscard]] Result explore(const Program& program);

} // namespace stalemate
