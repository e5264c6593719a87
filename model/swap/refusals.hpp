#pragma once

#include "model/scenario/cast.hpp"
#include "model/swap/layout/setup.hpp"

#include <vector>

namespace stalemate::kernel::swap {

/// Throws ScenarioError for memory, kernels and processes that cannot be together. `cast` is what
/// the scenario lists.
void refuse_scenario(const Scenario& scenario, const Setup& setup, const std::vector<Cast>& cast);

} // namespace stalemate::kernel::swap
