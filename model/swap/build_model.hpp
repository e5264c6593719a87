#pragma once

#include "checker/ir/model.hpp"
#include "model/scenario/scenario.hpp"

namespace stalemate::kernel::swap {

/// Builds the model of a scenario about memory. Throws as kernel::build_model does.
[[nodiscard]] ir::Model build_model(const Scenario& scenario);

} // namespace stalemate::kernel::swap
