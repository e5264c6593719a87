#pragma once

#include "checker/ir/model.hpp"
#include "model/scenario/scenario.hpp"

#include <optional>
#include <string>

namespace stalemate::kernel::own {

/// A way through a step of a process.
struct Taken {
  int process = 0;
  int step = 0;
  int way = 0;
};

/// Where the scenario itself says what went wrong when this way was taken, a model error: at the
/// step of its own path, or at the edit that made or changed the step. Nothing if it says nothing
/// of that step. `reason` is that of the result: "x becomes 3, its range is 0..2".
[[nodiscard]] std::optional<ScenarioError> mistake_in(const Scenario& scenario,
                                                      const ir::Model& model,
                                                      const Taken& taken,
                                                      const std::string& reason);

} // namespace stalemate::kernel::own
