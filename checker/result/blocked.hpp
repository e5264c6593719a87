#pragma once

#include "checker/result/trace.hpp"

#include <vector>

namespace stalemate {

/// Explains the deadlock at the end of a trace: fills in `blocked` and `cycle`. `states` are those
/// that the trace passes, one more than it has steps.
void explain_deadlock(const ir::Model& model,
                      const std::vector<ir::Valuation>& states,
                      Trace& trace);

} // namespace stalemate
