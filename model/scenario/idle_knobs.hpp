#pragma once

#include "checker/ir/model.hpp"
#include "model/scenario/scenario.hpp"

#include <string>
#include <vector>

namespace stalemate::kernel {

/// The knobs that the scenario sets to something else than their default although its model is the
/// same without: a proof says nothing about those. `model` is the scenario's.
[[nodiscard]] std::vector<std::string> idle_knobs(const Scenario& scenario, const ir::Model& model);

} // namespace stalemate::kernel
