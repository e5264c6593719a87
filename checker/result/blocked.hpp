#pragma once

#include "checker/result/trace.hpp"

#include <vector>

namespace stalemate {

/// Explains why these processes cannot move at the end of a trace: fills in `blocked` and `cycle`.
/// `states` are those that the trace passes, one more than it has steps.
void explain_blocked(const ir::Model& model,
                     const std::vector<ir::Valuation>& states,
                     const std::vector<int>& processes,
                     Trace& trace);

} // namespace stalemate
