#pragma once

#include "checker/ir/step.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace stalemate::ir {

/// What the scheduler owes a process in liveness properties.
enum class Fairness : std::uint8_t { unfair, weak, strong };

/// One thread of control. It starts at step 0.
struct Process {
  std::string name; ///< As ps would call it: writer0, kswapd.
  std::string path; ///< The path that it runs; processes of one path have the same steps.
  VariableId location = none;
  Fairness fairness = Fairness::weak;
  std::vector<Step> steps;

  /// The value of `location` when the process has ended.
  [[nodiscard]] int finished() const { return static_cast<int>(steps.size()); }
};

} // namespace stalemate::ir
