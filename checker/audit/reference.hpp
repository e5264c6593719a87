#pragma once

#include "checker/ir/model.hpp"
#include "checker/result/verdict.hpp"

namespace stalemate {

/// The same question as explore(), answered in the plainest way: read this first, compare with this
/// always. For small models; at most `states_max` states, then `incomplete`.
///
/// Verdict and length of the schedule equal those of explore(); when the model holds, so do counts
/// and coverage.
[[nodiscard]] Result explore_plainly(const ir::Model& model, std::uint64_t states_max = 1'000'000);

} // namespace stalemate
