#pragma once

#include "checker/result/trace.hpp"

#include <vector>

namespace stalemate {

/// Throws ReplayError unless the run, the result's schedule and then its loop for ever, is fair and
/// breaks the property in the way that the verdict says. `states` are those that it passes, once
/// round the loop: one more than there are steps.
void check_run(const ir::Model& model,
               const Result& result,
               const ir::Property& property,
               const std::vector<ir::Valuation>& states);

} // namespace stalemate
